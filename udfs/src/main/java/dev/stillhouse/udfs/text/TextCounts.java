package dev.stillhouse.udfs.text;

import java.util.Arrays;

/** Counts of a text's code points by what they are. Reusable; not safe for use by several threads. */
public final class TextCounts {
    private static final int ASCII = 128;
    private static final int ELLIPSIS = 0x2026;

    private final int[] ascii = new int[ASCII];
    private final int[] kinds = new int[256];
    private int bytes;
    private int beyondAscii;
    private int replacements;
    private int dots;
    private int lastDot;
    private int ellipses;
    private int lineBreaks;
    private boolean composable;

    void clear(int length) {
        Arrays.fill(ascii, 0);
        Arrays.fill(kinds, 0);
        bytes = length;
        beyondAscii = 0;
        replacements = 0;
        dots = 0;
        lastDot = -1;
        ellipses = 0;
        lineBreaks = 0;
        composable = false;
    }

    void add(int codePoint, int kind, int at) {
        if (codePoint < ASCII) {
            ascii[codePoint]++;
            if (codePoint == '.') {
                dot(at);
            }
            return;
        }
        beyondAscii++;
        kinds[kind]++;
        composable |= (kind & CodePoints.MARK) != 0 || Composition.isSingleton(codePoint);
        if (codePoint == ELLIPSIS) {
            ellipses++;
        } else if (codePoint == Utf8Decoder.REPLACEMENT) {
            replacements++;
        }
    }

    /** Three dots in a row are an ellipsis, each dot in one at most. */
    private void dot(int at) {
        dots = at == lastDot + 1 ? dots + 1 : 1;
        lastDot = at;
        if (dots == 3) {
            ellipses++;
            dots = 0;
        }
    }

    void lineBreak() {
        lineBreaks++;
    }

    /** UTF-8 bytes. */
    public int bytes() {
        return bytes;
    }

    /** Code points, line breaks included. */
    public int chars() {
        int sum = beyondAscii;
        for (int count : ascii) {
            sum += count;
        }
        return sum;
    }

    /** How often an ASCII character occurs. */
    public int ascii(char character) {
        return ascii[character];
    }

    public int beyondAscii() {
        return beyondAscii;
    }

    /** U+FFFD, and bytes that are not UTF-8. */
    public int replacements() {
        return replacements;
    }

    /** Ellipses, as one character or as three dots. */
    public int ellipses() {
        return ellipses;
    }

    /** Line breaks, CR LF being one. */
    public int lineBreaks() {
        return lineBreaks;
    }

    public int letters() {
        return of(CodePoints.LETTER);
    }

    public int digits() {
        return of(CodePoints.DIGIT);
    }

    /** Upper-case letters. */
    public int uppers() {
        return of(CodePoints.UPPER);
    }

    /** White space, line breaks included. */
    public int spaces() {
        return of(CodePoints.SPACE);
    }

    /** Control characters that are not white space. */
    public int controls() {
        return of(CodePoints.CONTROL);
    }

    /** Whether Unicode's form NFC of the text may differ from it. */
    public boolean composable() {
        return composable;
    }

    private int of(int bit) {
        int sum = 0;
        for (int i = 0; i < ASCII; i++) {
            sum += (CodePoints.kind(i) & bit) != 0 ? ascii[i] : 0;
        }
        for (int i = 0; i < kinds.length; i++) {
            sum += (i & bit) != 0 ? kinds[i] : 0;
        }
        return sum;
    }
}
