package dev.stillhouse.udfs.text;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/** Unicode's canonical composition, form NFC (Unicode Standard Annex 15), paid for only by texts that may need it. */
public final class Composition {
    /** Code points below this are their own form NFC, whatever stands beside them, combining marks excepted. */
    private static final int FIRST = 0x340;

    /** Blocks that hold code points whose form NFC is another: Hangul jamo (which compose without being marks), Greek and compatibility blocks. */
    private static final int[][] BLOCKS = {
        {0x340, 0x37F},
        {0x387, 0x387},
        {0x958, 0x95F},
        {0x9DC, 0x9DF},
        {0xA33, 0xA5E},
        {0xB5C, 0xB5D},
        {0xF43, 0xFBC},
        {0x1100, 0x11FF},
        {0x1F70, 0x1FFF},
        {0x2000, 0x2001},
        {0x2126, 0x212B},
        {0x2329, 0x232A},
        {0x2ADC, 0x2ADC},
        {0xF900, 0xFAFF},
        {0xFB1D, 0xFB4F},
        {0x1D15E, 0x1D1C0},
        {0x2F800, 0x2FA1F},
    };

    private Composition() {}

    static boolean isSingleton(int codePoint) {
        if (codePoint < FIRST) {
            return false;
        }
        for (int[] block : BLOCKS) {
            if (codePoint <= block[1]) {
                return codePoint >= block[0];
            }
        }
        return false;
    }

    /** The form NFC of UTF-8 bytes; each byte that is not UTF-8 becomes U+FFFD, as {@link TextScan} reads it. */
    public static byte[] compose(byte[] utf8, int offset, int length) {
        StringBuilder text = new StringBuilder(length);
        int end = offset + length;
        for (int at = offset; at < end; ) {
            int decoded = Utf8Decoder.decode(utf8, at, end);
            text.appendCodePoint(Utf8Decoder.codePoint(decoded));
            at += Utf8Decoder.width(decoded);
        }
        return Normalizer.normalize(text, Normalizer.Form.NFC).getBytes(StandardCharsets.UTF_8);
    }
}
