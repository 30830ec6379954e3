package dev.stillhouse.udfs.summary;

import dev.stillhouse.udfs.summary.Lines.Shape;

/** Finds the headings among the lines of a text, and the items that are none. For one text and one thread. */
final class Headings {
    private static final int MOST_WORDS = 10;
    /** "Results:" is a heading, "The agenda is as follows:" is none. */
    private static final int MOST_WORDS_BEFORE_COLON = 3;

    private static final int LONGEST = 120;

    private final Lines lines;
    private final Layout layout;

    private Headings(Lines lines, Layout layout) {
        this.lines = lines;
        this.layout = layout;
    }

    /** Reshapes the lines that are headings. */
    static void mark(Lines lines, Layout layout) {
        Headings headings = new Headings(lines, layout);
        // From the last line up, since a title may stand above a heading.
        for (int line = lines.size() - 1; line >= 0; line--) {
            if (headings.isHeading(line)) {
                lines.reshape(line, Shape.HEADING);
            }
        }
    }

    private boolean isHeading(int line) {
        boolean numbered = lines.is(line, Shape.ITEM);
        if (!(numbered || lines.is(line, Shape.TEXT))
                || lines.words(line) > MOST_WORDS
                || lines.length(line) > LONGEST) {
            return false;
        }
        LineShape shape = layout.shape(line);
        boolean isLeadIn = shape.text()[shape.end() - 1] == ':' && lines.words(line) > MOST_WORDS_BEFORE_COLON;
        if (shape.endsInPause() || isLeadIn || isContinuation(line)) {
            return false;
        }
        if (numbered) {
            return isNumberedHeading(line, shape);
        }
        if (shape.endsInMark()) {
            return false;
        }
        boolean isUnderlined = lines.is(line + 1, Shape.RULE) && !lines.gapBefore(line + 1);
        boolean isCapitals = lines.casing() != Casing.CAPITALS && shape.isCapitals();
        return isUnderlined || isCapitals || shape.isNumberedSection() || (isAlone(line) && standsBefore(line, shape));
    }

    private boolean isContinuation(int line) {
        return layout.isWrapped()
                && !lines.gapBefore(line)
                && (lines.is(line - 1, Shape.TEXT) || lines.is(line - 1, Shape.ITEM))
                && !layout.isShort(line - 1)
                && !layout.shape(line - 1).endsInMark();
    }

    /** One number among no others, as "1. Introduction"; with a full stop at its end, between blank lines. */
    private boolean isNumberedHeading(int line, LineShape shape) {
        boolean isSet = !shape.endsInMark() || (lines.gapBefore(line) && lines.gapBefore(line + 1));
        return isSet
                && CharacterClass.of(shape.text()[shape.begin()]) == CharacterClass.DIGIT
                && !lines.is(line - 1, Shape.ITEM)
                && !lines.is(line + 1, Shape.ITEM)
                && isAlone(line)
                && standsBefore(line, shape);
    }

    /** Whether nothing before a line goes on in it. */
    private boolean isAlone(int line) {
        return lines.gapBefore(line)
                || !(lines.is(line - 1, Shape.TEXT) || lines.is(line - 1, Shape.ITEM))
                || layout.shape(line - 1).endsInMark();
    }

    /** Whether a line may stand above what follows it: a heading, a list, or a longer line that is more surely a sentence. */
    private boolean standsBefore(int line, LineShape shape) {
        int next = line + 1;
        if (next >= lines.size() || (lines.casing() == Casing.MIXED && shape.firstClass() == CharacterClass.LOWER)) {
            return false;
        }
        if (lines.is(next, Shape.HEADING) || lines.is(next, Shape.ITEM)) {
            return true;
        }
        boolean isLonger = lines.is(next, Shape.TEXT) && lines.words(next) > lines.words(line);
        if (!isLonger || lines.gapBefore(next)) {
            return isLonger;
        }
        return layout.isWrapped()
                ? layout.isShort(line)
                : lines.words(next) > MOST_WORDS || layout.shape(next).endsInMark();
    }
}
