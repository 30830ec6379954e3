package dev.stillhouse.udfs.text;

/**
 * What a code point is to the word scanner, as a set of bits; one table look-up for the Basic Multilingual Plane. Without state.
 *
 * <p>White space is Unicode's property White_Space and the four separators U+001C to U+001F; line breaks are those of Unicode Standard Annex 14 (BK, CR, LF, NL) and U+001C to U+001E: together what
 * Python's {@code str.split} and {@code str.splitlines} take for them.
 */
final class CodePoints {
    static final int SPACE = 1;
    static final int BREAK = 1 << 1;
    static final int LETTER = 1 << 2;
    static final int DIGIT = 1 << 3;
    static final int UPPER = 1 << 4;
    static final int MARK = 1 << 5;

    /** A letter of a script that puts no spaces between words: a word of its own. */
    static final int ALONE = 1 << 6;

    static final int CONTROL = 1 << 7;

    private static final byte[] BASIC = new byte[1 << 16];

    /** Scripts without spaces: Thai, Lao, Tibetan, Myanmar, Khmer, Han radicals and numerals, kana, Han, Myanmar's and kana's extensions, half-width kana, Han of the higher planes. */
    private static final int[][] UNSPACED = {
        {0x0E00, 0x0EFF},
        {0x0F00, 0x0FFF},
        {0x1000, 0x109F},
        {0x1780, 0x17FF},
        {0x2E80, 0x2FDF},
        {0x3005, 0x3007},
        {0x3021, 0x3029},
        {0x3038, 0x303B},
        {0x3040, 0x30FF},
        {0x31F0, 0x31FF},
        {0x3400, 0x4DBF},
        {0x4E00, 0x9FFF},
        {0xA9E0, 0xA9FF},
        {0xAA60, 0xAA7F},
        {0xF900, 0xFAFF},
        {0xFF66, 0xFF9F},
        {0x1AFF0, 0x1B16F},
        {0x20000, 0x323AF},
    };

    static {
        for (int codePoint = 0; codePoint < BASIC.length; codePoint++) {
            BASIC[codePoint] = (byte) classify(codePoint);
        }
    }

    private CodePoints() {}

    /** The bits of a code point. */
    static int kind(int codePoint) {
        return codePoint < BASIC.length ? BASIC[codePoint] & 0xFF : classify(codePoint);
    }

    private static int classify(int codePoint) {
        int kind = isSpace(codePoint) ? SPACE : 0;
        kind |= isBreak(codePoint) ? BREAK : 0;
        int type = Character.getType(codePoint);
        boolean mark = type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
        boolean letter = Character.isLetter(codePoint);
        kind |= mark ? MARK : 0;
        kind |= letter ? LETTER : 0;
        kind |= letter && Character.isUpperCase(codePoint) ? UPPER : 0;
        kind |= Character.isDigit(codePoint) ? DIGIT : 0;
        kind |= type == Character.CONTROL && (kind & SPACE) == 0 ? CONTROL : 0;
        kind |= isUnspaced(codePoint) && (Character.isLetterOrDigit(codePoint) || isHan(codePoint)) ? ALONE : 0;
        return kind;
    }

    private static boolean isSpace(int codePoint) {
        return Character.isSpaceChar(codePoint)
                || (codePoint >= 0x09 && codePoint <= 0x0D)
                || (codePoint >= 0x1C && codePoint <= 0x1F)
                || codePoint == 0x85;
    }

    private static boolean isBreak(int codePoint) {
        return (codePoint >= 0x0A && codePoint <= 0x0D)
                || (codePoint >= 0x1C && codePoint <= 0x1E)
                || codePoint == 0x85
                || codePoint == 0x2028
                || codePoint == 0x2029;
    }

    /** Han's numerals and radicals are not letters to Unicode. */
    private static boolean isHan(int codePoint) {
        return Character.UnicodeScript.of(codePoint) == Character.UnicodeScript.HAN;
    }

    private static boolean isUnspaced(int codePoint) {
        for (int[] range : UNSPACED) {
            if (codePoint >= range[0] && codePoint <= range[1]) {
                return true;
            }
        }
        return false;
    }
}
