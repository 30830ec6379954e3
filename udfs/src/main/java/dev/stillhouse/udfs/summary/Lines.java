package dev.stillhouse.udfs.summary;

import java.util.Arrays;

/** The lines of a text that are not blank, as parallel arrays, and counts of its words and letters. Offsets are UTF-16 units, without the white space at either end of a line. For one thread. */
final class Lines {
    /** What a line looks like by itself. */
    enum Shape {
        TEXT,
        /** Begins with a bullet or a number. */
        ITEM,
        HEADING,
        /** A row of a table, code, or without letters. */
        OTHER,
        /** A line of dashes or equals signs. */
        RULE,
        /** Begins or ends a block of code. */
        FENCE
    }

    private static final int FIRST_LINES = 16;

    private int size;
    private int[] begin = new int[FIRST_LINES];
    private int[] end = new int[FIRST_LINES];
    private int[] words = new int[FIRST_LINES];
    private Shape[] shape = new Shape[FIRST_LINES];
    private boolean[] gap = new boolean[FIRST_LINES];
    private Casing casing = Casing.MIXED;

    int size() {
        return size;
    }

    int begin(int line) {
        return begin[line];
    }

    int end(int line) {
        return end[line];
    }

    int length(int line) {
        return end[line] - begin[line];
    }

    /** Words of a line; two Han or kana characters count as one. */
    int words(int line) {
        return words[line];
    }

    Shape shape(int line) {
        return shape[line];
    }

    boolean is(int line, Shape wanted) {
        return line >= 0 && line < size && shape[line] == wanted;
    }

    /** Whether a blank line, or the beginning of the text, stands before a line. Also true past the last. */
    boolean gapBefore(int line) {
        return line == 0 || line >= size || gap[line];
    }

    Casing casing() {
        return casing;
    }

    void casing(Casing found) {
        casing = found;
    }

    void reshape(int line, Shape found) {
        shape[line] = found;
    }

    /** Adds a line, of {@link Shape#TEXT} until it is told otherwise. */
    void add(int from, int to, int wordCount, boolean afterGap) {
        if (size == begin.length) {
            begin = Arrays.copyOf(begin, 2 * size);
            end = Arrays.copyOf(end, 2 * size);
            words = Arrays.copyOf(words, 2 * size);
            shape = Arrays.copyOf(shape, 2 * size);
            gap = Arrays.copyOf(gap, 2 * size);
        }
        begin[size] = from;
        end[size] = to;
        words[size] = wordCount;
        shape[size] = Shape.TEXT;
        gap[size] = afterGap;
        size++;
    }
}
