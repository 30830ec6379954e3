package dev.stillhouse.reports;

/** Parts of texts that are too long to show, cut between code points, and between words where that costs little. */
final class Excerpt {
    private static final String CUT = " … ";

    private Excerpt() {}

    /** The first so many code points; the whole text where it is no longer. */
    static String beginning(String text, int most) {
        int points = text.codePointCount(0, text.length());
        return points <= most ? text : text.substring(0, text.offsetByCodePoints(0, most)) + CUT.stripTrailing();
    }

    /** The first and the last of so many code points; the whole text where it is no longer. */
    static String ends(String text, int most) {
        int points = text.codePointCount(0, text.length());
        if (points <= most) {
            return text;
        }
        int half = most / 2;
        String head = text.substring(0, text.offsetByCodePoints(0, half));
        String tail = text.substring(text.offsetByCodePoints(text.length(), -half));
        return head.replaceFirst("\\s\\S{0,19}$", "") + CUT + tail.replaceFirst("^\\S{0,19}\\s", "");
    }
}
