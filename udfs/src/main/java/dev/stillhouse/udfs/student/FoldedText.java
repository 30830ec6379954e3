package dev.stillhouse.udfs.student;

/**
 * A text as {@link FeatureSpec} sees it: the UTF-8 bytes of its folded words with one space between them and none at either end. One buffer that is filled again and
 * again; for one thread at a time.
 */
public final class FoldedText {
    /** For each ASCII character its folded byte, 0 for those that separate words. */
    private static final byte[] ASCII = asciiTable();

    private static final int INITIAL_BYTES = 1024;
    /** Larger buffers are not kept, so that one huge text does not cost memory for good. */
    private static final int LARGEST_KEPT_BYTES = 1 << 20;

    private byte[] bytes = new byte[INITIAL_BYTES];
    private int length;
    private boolean gap;

    /** The bytes; only the first {@link #length()} count. */
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }

    /** Takes in a text. Surrogates separate words, paired or not. */
    void load(String text) {
        load(text, 0, text.length());
    }

    /** Takes in the part of a text from {@code begin} to {@code end}, in UTF-16 units. */
    public void load(String text, int begin, int end) {
        start(3L * (end - begin));
        for (int i = begin; i < end; i++) {
            char unit = text.charAt(i);
            if (unit < 0x80) {
                ascii(unit);
            } else if (Character.isSurrogate(unit)) {
                gap = true;
            } else {
                multiByte(unit);
            }
        }
    }

    /** Takes in a UTF-8 text. Bytes that are no part of the UTF-8 form of a code point up to U+FFFF separate words. */
    void load(byte[] utf8, int offset, int count) {
        start(count);
        int end = offset + count;
        for (int i = offset; i < end; ) {
            int lead = utf8[i] & 0xFF;
            if (lead < 0x80) {
                ascii(lead);
                i++;
                continue;
            }
            int size = sequenceLength(utf8, i, end);
            if (size == 0) {
                gap = true;
                i++;
                continue;
            }
            closeGap();
            for (int k = 0; k < size; k++) {
                bytes[length++] = utf8[i++];
            }
        }
    }

    /** A written space stands for at least one separator that was read, so the input's size in UTF-8 is enough: at most three bytes for a UTF-16 unit. */
    private void start(long most) {
        length = 0;
        gap = false;
        long needed = most + 1;
        if (needed > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("Invalid text length: " + most + " bytes (must be below 2 GiB)");
        }
        if (bytes.length < needed) {
            bytes = new byte[(int) needed];
        } else if (bytes.length > LARGEST_KEPT_BYTES && needed <= LARGEST_KEPT_BYTES) {
            bytes = new byte[INITIAL_BYTES + (int) needed];
        }
    }

    private void ascii(int unit) {
        byte folded = ASCII[unit];
        if (folded == 0) {
            gap = true;
        } else {
            closeGap();
            bytes[length++] = folded;
        }
    }

    private void multiByte(char unit) {
        closeGap();
        if (unit < 0x800) {
            bytes[length++] = (byte) (0xC0 | unit >> 6);
        } else {
            bytes[length++] = (byte) (0xE0 | unit >> 12);
            bytes[length++] = (byte) (0x80 | (unit >> 6 & 0x3F));
        }
        bytes[length++] = (byte) (0x80 | (unit & 0x3F));
    }

    private void closeGap() {
        if (gap && length > 0) {
            bytes[length++] = ' ';
        }
        gap = false;
    }

    /** 2 or 3 for a well-formed sequence of a code point U+0080 to U+FFFF that is no surrogate, else 0. */
    private static int sequenceLength(byte[] utf8, int at, int end) {
        int lead = utf8[at] & 0xFF;
        if (lead >= 0xC2 && lead <= 0xDF) {
            return at + 1 < end && isContinuation(utf8[at + 1]) ? 2 : 0;
        }
        if (lead < 0xE0
                || lead > 0xEF
                || at + 2 >= end
                || !isContinuation(utf8[at + 1])
                || !isContinuation(utf8[at + 2])) {
            return 0;
        }
        int second = utf8[at + 1] & 0xFF;
        boolean overlong = lead == 0xE0 && second < 0xA0;
        boolean surrogate = lead == 0xED && second >= 0xA0;
        return overlong || surrogate ? 0 : 3;
    }

    /** Whether a byte continues a code point that an earlier byte began. */
    static boolean isContinuation(byte value) {
        return (value & 0xC0) == 0x80;
    }

    private static byte[] asciiTable() {
        byte[] table = new byte[0x80];
        for (char c = '0'; c <= '9'; c++) {
            table[c] = (byte) c;
        }
        for (char c = 'a'; c <= 'z'; c++) {
            table[c] = (byte) c;
            table[c - 'a' + 'A'] = (byte) c;
        }
        return table;
    }
}
