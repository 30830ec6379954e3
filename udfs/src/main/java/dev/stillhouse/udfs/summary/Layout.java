package dev.stillhouse.udfs.summary;

import dev.stillhouse.udfs.summary.Lines.Shape;

/**
 * Whether the lines of a text are hard-wrapped, so that a line break is a space, or ends of sentences. It is decided once for a text, by the pairs of lines of running text that follow each other:
 *
 * <ul>
 *   <li>the width is the shortest that 95 % of the lines keep to, and at most {@value #LONGEST_WIDTH};
 *   <li>a line is open if it has no mark of a sentence's end at its end; full if the first word of the next line would have made it longer than {@value #FULL_PERCENT} % of the width, as in lines that a program has wrapped;
 *   <li>lines are wrapped if {@value #CARRIED_PERCENT} % are open and full and go on in lower case or, where case says nothing, if {@value #OPEN_PERCENT} % are open and {@value #CASELESS_FULL_PERCENT} % full.
 * </ul>
 *
 * Immutable but for the lines and the text, which others must not change.
 */
final class Layout {
    private static final int LONGEST_WIDTH = 160;
    private static final int SHORTEST_WIDTH = 20;
    /** Of text whose case says nothing: lists of names and verse are narrower. */
    private static final int SHORTEST_CASELESS_WIDTH = 30;

    private static final int CARRIED_PERCENT = 25;
    private static final int OPEN_PERCENT = 30;
    private static final int FULL_PERCENT = 90;
    private static final int CASELESS_FULL_PERCENT = 80;
    /** A line that leaves room for the next word and this much of the width has ended where its writer wanted. */
    private static final int SHORT_PERCENT = 75;

    private final char[] text;
    private final Lines lines;
    private final int width;
    private final boolean wrapped;

    Layout(char[] text, Lines lines) {
        this.text = text;
        this.lines = lines;
        this.width = findWidth();
        this.wrapped = width >= SHORTEST_WIDTH && width <= LONGEST_WIDTH && findWrapped();
    }

    boolean isWrapped() {
        return wrapped;
    }

    /** Whether a line goes on in the next. */
    boolean continues(int line) {
        return wrapped && isPair(line) && !(isShort(line) && (shape(line).endsInMark() || !beginsSmall(line + 1)));
    }

    /** Whether the next line's first word would have had room at the end of a line, and more. */
    boolean isShort(int line) {
        return needed(line) * 100L <= (long) width * SHORT_PERCENT;
    }

    /** A line as it can be looked at. */
    LineShape shape(int line) {
        return new LineShape(text, lines.begin(line), lines.end(line));
    }

    private boolean isPair(int line) {
        return line + 1 < lines.size()
                && !lines.gapBefore(line + 1)
                && (lines.is(line, Shape.TEXT) || lines.is(line, Shape.ITEM))
                && lines.is(line + 1, Shape.TEXT);
    }

    private boolean beginsSmall(int line) {
        return shape(line).firstClass() == CharacterClass.LOWER;
    }

    private int findWidth() {
        int[] histogram = new int[LONGEST_WIDTH + 2];
        int pairs = 0;
        for (int line = 0; line < lines.size(); line++) {
            if (isPair(line)) {
                histogram[Math.min(lines.length(line), LONGEST_WIDTH + 1)]++;
                pairs++;
            }
        }
        int longer = 0;
        for (int length = LONGEST_WIDTH + 1; length > 0; length--) {
            longer += histogram[length];
            if (longer * 20L > pairs) {
                return length;
            }
        }
        return 0;
    }

    private boolean findWrapped() {
        int pairs = 0;
        int open = 0;
        int full = 0;
        int carried = 0;
        int caseless = 0;
        for (int line = 0; line < lines.size(); line++) {
            if (!isPair(line)) {
                continue;
            }
            pairs++;
            boolean isFull = needed(line) * 100L > (long) width * FULL_PERCENT;
            full += isFull ? 1 : 0;
            if (!shape(line).endsInMark()) {
                open++;
                int next = shape(line + 1).firstClass();
                carried += isFull && next == CharacterClass.LOWER ? 1 : 0;
                caseless += next == CharacterClass.LETTER || next == CharacterClass.IDEOGRAPH ? 1 : 0;
            }
        }
        if (lines.casing() == Casing.MIXED && caseless * 2L <= open) {
            return carried * 100L >= pairs * (long) CARRIED_PERCENT;
        }
        int shortest = caseless * 2L > open ? SHORTEST_WIDTH : SHORTEST_CASELESS_WIDTH;
        return width >= shortest
                && open * 100L >= pairs * (long) OPEN_PERCENT
                && full * 100L >= pairs * (long) CASELESS_FULL_PERCENT;
    }

    /** The length of a line with the next one's first word behind it; Han and kana break anywhere. */
    private int needed(int line) {
        int begin = lines.begin(line + 1);
        int i = begin;
        while (i < lines.end(line + 1) && !CharacterClass.isSpace(CharacterClass.of(text[i]))) {
            i++;
            if (CharacterClass.of(text[i - 1]) == CharacterClass.IDEOGRAPH) {
                break;
            }
        }
        return lines.length(line) + 1 + i - begin;
    }
}
