package dev.stillhouse.udfs.student;

import java.io.Serializable;

/**
 * How a text becomes n-grams, by operations that Java, ONNX Runtime and Spark SQL share bit for bit.
 *
 * <p>Folding: ASCII letters A-Z become a-z; nothing else changes. A word is a maximal run of characters that are ASCII letters or digits or code points U+0080 to U+FFFF (other scripts stay whole; code points beyond U+FFFF,
 * which ONNX Runtime's Java binding cannot pass on, separate words as ASCII punctuation and control characters do). A word n-gram is n consecutive words joined by one space. A character n-gram is n consecutive code points of one word, without boundary marks.
 *
 * @param maxWordNgram the longest word n-gram, 1 to 3; all shorter ones count too
 * @param minCharacterNgram the shortest character n-gram, 0 for none, else 1 to maxCharacterNgram
 * @param maxCharacterNgram the longest character n-gram, 0 for none, else up to 6
 */
public record FeatureSpec(int maxWordNgram, int minCharacterNgram, int maxCharacterNgram) implements Serializable {
    public FeatureSpec {
        require(maxWordNgram >= 1 && maxWordNgram <= 3, "maxWordNgram", maxWordNgram, "1 to 3");
        boolean none = minCharacterNgram == 0 && maxCharacterNgram == 0;
        require(
                none || (minCharacterNgram >= 1 && minCharacterNgram <= maxCharacterNgram),
                "minCharacterNgram",
                minCharacterNgram,
                "1 to maxCharacterNgram, or both 0");
        require(maxCharacterNgram <= 6, "maxCharacterNgram", maxCharacterNgram, "at most 6");
    }

    /** Words up to {@code maxWordNgram} and no characters. */
    public static FeatureSpec words(int maxWordNgram) {
        return new FeatureSpec(maxWordNgram, 0, 0);
    }

    public boolean hasCharacters() {
        return maxCharacterNgram > 0;
    }

    private static void require(boolean condition, String noun, int value, String rule) {
        if (!condition) {
            throw new IllegalArgumentException("Invalid " + noun + ": " + value + " (must be " + rule + ")");
        }
    }
}
