package dev.stillhouse.datasets.quality;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.StringTokenizer;

/** Random texts of few words, so that they have much in common. Describes itself by its seed. */
final class Texts {
    private static final List<String> WORDS = List.of(
            "the", "of", "copper", "still", "cask", "casks", "mash", "rye", "heated", "heating", "slowly", "1999", "é");

    private final long seed;
    private final SplittableRandom random;

    Texts(long seed) {
        this.seed = seed;
        this.random = new SplittableRandom(seed);
    }

    /** Sentences, a line each; one of them at least. */
    List<String> sentences(int most) {
        List<String> sentences = new ArrayList<>();
        for (int i = random.nextInt(1, most + 1); i > 0; i--) {
            sentences.add(sentence());
        }
        return sentences;
    }

    String passage(int most) {
        return String.join("\n", sentences(most));
    }

    /** No word to 11 words. */
    String sentence() {
        List<String> words = new ArrayList<>();
        for (int i = random.nextInt(12); i > 0; i--) {
            words.add(WORDS.get(random.nextInt(WORDS.size())));
        }
        return String.join(" ", words) + ".";
    }

    int number(int below) {
        return random.nextInt(below);
    }

    /** A text up to the end of one of its words, as they stand between spaces and line feeds. */
    static String lead(String text, int words) {
        int end = 0;
        int left = words;
        while (left > 0 && end < text.length()) {
            boolean blank = isBlank(text.charAt(end++));
            boolean last = end == text.length() || isBlank(text.charAt(end));
            left -= !blank && last ? 1 : 0;
        }
        return text.substring(0, end);
    }

    /** Words between spaces and line feeds. */
    static int words(String text) {
        return new StringTokenizer(text, " \n").countTokens();
    }

    private static boolean isBlank(char character) {
        return character == ' ' || character == '\n';
    }

    @Override
    public String toString() {
        return "seed " + seed + ": ";
    }
}
