package dev.stillhouse.udfs.text;

/** Texts whose words stand apart: around each letter of a script that puts no spaces between words (Han, kana, Thai, Lao, Khmer, Myanmar, Tibetan) there is a space. Without state. */
public final class SpacedText {
    /** Below it no script is without spaces. */
    private static final char FIRST_UNSPACED = 0x0E00;

    private SpacedText() {}

    /** The text with a space before and after each letter of such a script; the text itself where it has none. */
    public static String of(String text) {
        return isUnspaced(text, 0, text.length()) ? spaced(text) : text;
    }

    /** Whether a part of a text may have letters of such a script; where it has not, {@link #of} gives it as it is. */
    public static boolean isUnspaced(String text, int begin, int end) {
        for (int i = begin; i < end; i++) {
            if (text.charAt(i) >= FIRST_UNSPACED) {
                return true;
            }
        }
        return false;
    }

    private static String spaced(String text) {
        StringBuilder spaced = new StringBuilder(2 * text.length());
        text.codePoints().forEach(codePoint -> {
            if (isAlone(codePoint)) {
                spaced.append(' ').appendCodePoint(codePoint).append(' ');
            } else {
                spaced.appendCodePoint(codePoint);
            }
        });
        return spaced.toString();
    }

    /**
     * Words of a part of a text: maximal runs of what is no white space, in which each letter of such a script is a word of its own.
     *
     * @param begin first UTF-16 unit
     * @param end unit after the last
     */
    public static int words(String text, int begin, int end) {
        int words = 0;
        boolean inside = false;
        for (int i = begin; i < end; ) {
            int codePoint = text.codePointAt(i);
            i += Character.charCount(codePoint);
            int kind = CodePoints.kind(codePoint);
            boolean alone = (kind & CodePoints.ALONE) != 0;
            boolean part = !alone && (kind & CodePoints.SPACE) == 0;
            words += alone || (part && !inside) ? 1 : 0;
            inside = part;
        }
        return words;
    }

    /** Whether a UTF-16 unit is white space, as words are counted: Unicode's property White_Space and U+001C to U+001F. */
    public static boolean isSpace(char unit) {
        return (CodePoints.kind(unit) & CodePoints.SPACE) != 0;
    }

    private static boolean isAlone(int codePoint) {
        return (CodePoints.kind(codePoint) & CodePoints.ALONE) != 0;
    }
}
