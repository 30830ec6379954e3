package dev.stillhouse.udfs.text;

/**
 * Decodes UTF-8 where it lies, without objects. What is not UTF-8 (RFC 3629: stray or missing continuation bytes, overlong forms, surrogates, values beyond U+10FFFF) is U+FFFD, a byte at a time, so that any bytes can be read to their end. Without state.
 */
public final class Utf8Decoder {
    /** What stands for bytes that are not UTF-8. */
    static final int REPLACEMENT = 0xFFFD;

    private static final int LONGEST = 4;
    private static final int WIDTH_SHIFT = 24;
    private static final int CODE_POINT = (1 << WIDTH_SHIFT) - 1;

    private Utf8Decoder() {}

    /**
     * The code point that begins at a place and its width, packed.
     *
     * @param end first byte that must not be read
     */
    static int decode(byte[] text, int at, int end) {
        int first = text[at];
        if (first >= 0) {
            return packed(first, 1);
        }
        if (first < (byte) 0xE0) {
            return first >= (byte) 0xC2 && continues(text, at + 1, end)
                    ? packed((first & 0x1F) << 6 | (text[at + 1] & 0x3F), 2)
                    : packed(REPLACEMENT, 1);
        }
        if (first < (byte) 0xF0) {
            return three(text, at, end);
        }
        return four(text, at, end);
    }

    /** The code point that ends at a place; U+FFFD where the byte before it ends none, -1 where {@code begin} is not before it. Nothing before {@code begin} is read. */
    public static int before(byte[] text, int begin, int end) {
        if (end <= begin) {
            return -1;
        }
        int at = end - 1;
        while (at > begin && end - at < LONGEST && (text[at] & 0xC0) == 0x80) {
            at--;
        }
        int decoded = decode(text, at, end);
        return width(decoded) == end - at ? codePoint(decoded) : REPLACEMENT;
    }

    static int codePoint(int decoded) {
        return decoded & CODE_POINT;
    }

    static int width(int decoded) {
        return decoded >>> WIDTH_SHIFT;
    }

    private static int three(byte[] text, int at, int end) {
        if (!continues(text, at + 1, end) || !continues(text, at + 2, end)) {
            return packed(REPLACEMENT, 1);
        }
        int codePoint = (text[at] & 0x0F) << 12 | (text[at + 1] & 0x3F) << 6 | (text[at + 2] & 0x3F);
        boolean valid = codePoint >= 0x800 && (codePoint < 0xD800 || codePoint > 0xDFFF);
        return valid ? packed(codePoint, 3) : packed(REPLACEMENT, 1);
    }

    private static int four(byte[] text, int at, int end) {
        if (text[at] > (byte) 0xF4
                || !continues(text, at + 1, end)
                || !continues(text, at + 2, end)
                || !continues(text, at + 3, end)) {
            return packed(REPLACEMENT, 1);
        }
        int codePoint = (text[at] & 0x07) << 18
                | (text[at + 1] & 0x3F) << 12
                | (text[at + 2] & 0x3F) << 6
                | (text[at + 3] & 0x3F);
        return codePoint >= 0x10000 && codePoint <= 0x10FFFF ? packed(codePoint, 4) : packed(REPLACEMENT, 1);
    }

    private static boolean continues(byte[] text, int at, int end) {
        return at < end && (text[at] & 0xC0) == 0x80;
    }

    private static int packed(int codePoint, int width) {
        return (width << WIDTH_SHIFT) | codePoint;
    }
}
