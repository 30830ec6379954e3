package dev.stillhouse.udfs.text;

/** Texts whose words stand apart: around each letter of a script that puts no spaces between words (Han, kana, Thai, Lao, Khmer, Myanmar, Tibetan) there is a space. Without state. */
public final class SpacedText {
    /** Below it no script is without spaces. */
    private static final char FIRST_UNSPACED = 0x0E00;

    /** A bit that no kind of code point has: that there is one. */
    private static final int PART = 1 << 8;

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
     * Words of a part of a text: maximal runs of what is no white space, in which each letter of such a script is a word of its own. What stands beside such a letter without a space between is a word only where it has a letter or a digit: marks belong to the letters around them, as in scripts with spaces.
     *
     * @param begin first UTF-16 unit
     * @param end unit after the last
     */
    public static int words(String text, int begin, int end) {
        int words = 0;
        int run = 0;
        boolean besideLetter = false;
        for (int i = begin; i < end; ) {
            int codePoint = text.codePointAt(i);
            i += Character.charCount(codePoint);
            int kind = CodePoints.kind(codePoint);
            boolean isAlone = (kind & CodePoints.ALONE) != 0;
            if (!isAlone && (kind & CodePoints.SPACE) == 0) {
                run |= kind | PART;
                continue;
            }
            words += isWord(run, besideLetter || isAlone) ? 1 : 0;
            words += isAlone ? 1 : 0;
            run = 0;
            besideLetter = isAlone;
        }
        return words + (isWord(run, besideLetter) ? 1 : 0);
    }

    /**
     * Whether a run is a word.
     *
     * @param run the bits of all that is in it, and {@link #PART} where there is something
     * @param besideLetter whether a letter of a script without spaces stands before or after it
     */
    private static boolean isWord(int run, boolean besideLetter) {
        return besideLetter ? (run & (CodePoints.LETTER | CodePoints.DIGIT)) != 0 : run != 0;
    }

    /** Whether a UTF-16 unit is white space, as words are counted: Unicode's property White_Space and U+001C to U+001F. */
    public static boolean isSpace(char unit) {
        return (CodePoints.kind(unit) & CodePoints.SPACE) != 0;
    }

    private static boolean isAlone(int codePoint) {
        return (CodePoints.kind(codePoint) & CodePoints.ALONE) != 0;
    }
}
