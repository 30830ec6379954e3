package dev.stillhouse.udfs.summary;

import dev.stillhouse.udfs.summary.Lines.Shape;

/** Tells the items of lists from running text that happens to begin a line as they do. */
final class Items {
    private Items() {}

    /**
     * Reshapes items into text: the only line of a text, which may begin with the dash of speech or the day of a date; a line with the only en dash; and a line to whose beginning wrapping has brought a number or a dash.
     */
    static void settle(Lines lines, Layout layout) {
        boolean speech = dashes(lines, layout) == 1;
        for (int line = 0; line < lines.size(); line++) {
            if (!lines.is(line, Shape.ITEM)) {
                continue;
            }
            char first = first(layout, line);
            boolean isSpeech = lines.size() == 1 || (first == '–' && speech);
            if (isSpeech || isWrapped(lines, layout, line)) {
                lines.reshape(line, Shape.TEXT);
            }
        }
    }

    private static int dashes(Lines lines, Layout layout) {
        int dashes = 0;
        for (int line = 0; line < lines.size(); line++) {
            dashes += lines.is(line, Shape.ITEM) && first(layout, line) == '–' ? 1 : 0;
        }
        return dashes;
    }

    private static boolean isWrapped(Lines lines, Layout layout, int line) {
        if (!layout.isWrapped()
                || lines.gapBefore(line)
                || !lines.is(line - 1, Shape.TEXT)
                || layout.isShort(line - 1)) {
            return false;
        }
        LineShape previous = layout.shape(line - 1);
        int last = CharacterClass.of(previous.text()[previous.end() - 1]);
        return CharacterClass.isLetterOrDigit(last) || previous.endsInPause();
    }

    private static char first(Layout layout, int line) {
        LineShape shape = layout.shape(line);
        return shape.text()[shape.begin()];
    }
}
