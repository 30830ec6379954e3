package dev.stillhouse.udfs.text;

/** Texts whose words stand apart: around each letter of a script that puts no spaces between words (Han, kana, Thai, Lao, Khmer, Myanmar, Tibetan) there is a space. Without state. */
public final class SpacedText {
    /** Below it no script is without spaces. */
    private static final char FIRST_UNSPACED = 0x0E00;

    private SpacedText() {}

    /** The text with a space before and after each letter of such a script; the text itself where it has none. */
    public static String of(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= FIRST_UNSPACED) {
                return spaced(text);
            }
        }
        return text;
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

    private static boolean isAlone(int codePoint) {
        return (CodePoints.kind(codePoint) & CodePoints.ALONE) != 0;
    }
}
