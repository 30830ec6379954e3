package dev.stillhouse.udfs.text;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;

/**
 * The normalised copy of a text, on which equality of texts, signals and sampling order are defined; the text itself is published as it came.
 *
 * <p>Normalising is: Unicode NFC; every run of white space, control and format characters (Unicode categories Z, Cc, Cf) becomes one space; no space at either end. Case and punctuation
 * stay. It is idempotent.
 */
public final class TextNormalizer {
    private TextNormalizer() {}

    /** The normalised copy; empty for a text of nothing but white space and control characters. */
    public static String normalize(String text) {
        String composed = Normalizer.isNormalized(text, Normalizer.Form.NFC)
                ? text
                : Normalizer.normalize(text, Normalizer.Form.NFC);
        StringBuilder normalized = new StringBuilder(composed.length());
        boolean gap = false;
        for (int i = 0; i < composed.length(); ) {
            int codePoint = composed.codePointAt(i);
            i += Character.charCount(codePoint);
            if (isGap(codePoint)) {
                gap = true;
                continue;
            }
            if (gap && !normalized.isEmpty()) {
                normalized.append(' ');
            }
            gap = false;
            normalized.appendCodePoint(codePoint);
        }
        return normalized.toString();
    }

    /** The identity of a text's content: MD5 of the UTF-8 bytes of its normalised copy, 32 lower-case hexadecimal digits. */
    public static String hash(String text) {
        return md5(normalize(text));
    }

    /** MD5 of the UTF-8 bytes, 32 lower-case hexadecimal digits; the same as Spark SQL's {@code md5}. An unpaired surrogate counts as '?'. */
    public static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Cannot hash: every Java platform has MD5", e);
        }
    }

    private static boolean isGap(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
