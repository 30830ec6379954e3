package dev.stillhouse.udfs.student;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What must hold of a student's vocabularies and numbers beyond shapes, so that all engines agree: an entry that no text can produce would be a hit in one engine and not
 * in another. Messages name positions and never n-grams, which are parts of documents.
 */
public final class Vocabularies {
    private Vocabularies() {}

    /**
     * Checks vocabularies, weights, bias and labels.
     *
     * @throws IllegalArgumentException where an entry stands twice or is no n-gram of the model's specification, a number is not finite, or a label stands twice
     */
    public static void check(StudentModel model) {
        FeatureSpec spec = model.features();
        require(
                new HashSet<>(model.labels()).size() == model.labels().size(),
                "labels",
                "one stands twice",
                "distinct");
        checkKeys("words", model.words().keys(), key -> isWords(key, spec));
        checkKeys("characters", model.characters().keys(), key -> isCharacters(key, spec));
        checkKeys("vectors", model.vectors().entries().keys(), Vocabularies::isWord);
        checkNumbers("words", model.words().weights());
        checkNumbers("characters", model.characters().weights());
        checkNumbers("vectors", model.vectors().entries().weights());
        checkFinite("projection of vectors", model.vectors().projection());
        checkFinite("bias", model.bias());
    }

    private static void checkKeys(String noun, String[] keys, Predicate<String> rule) {
        Set<String> seen = new HashSet<>(2 * keys.length);
        for (int row = 0; row < keys.length; row++) {
            String entry = "entry " + row + " of the vocabulary of " + noun;
            require(
                    rule.test(keys[row]),
                    entry,
                    keys[row].length() + " characters",
                    "a folded n-gram of the model's feature specification");
            require(seen.add(keys[row]), entry, "stands in it twice", "distinct");
        }
    }

    private static void checkNumbers(String noun, StudentModel.Weights weights) {
        if (weights instanceof StudentModel.Float32 full) {
            checkFinite("weights of " + noun, full.values());
        } else if (weights instanceof StudentModel.Int8 small) {
            checkFinite("scales of " + noun, small.scales());
        }
    }

    private static void checkFinite(String noun, float[] values) {
        for (int i = 0; i < values.length; i++) {
            require(Float.isFinite(values[i]), noun, values[i] + " at " + i, "finite");
        }
    }

    private static boolean isWords(String key, FeatureSpec spec) {
        String[] words = key.split(" ", -1);
        return words.length <= spec.maxWordNgram() && Arrays.stream(words).allMatch(Vocabularies::isWord);
    }

    private static boolean isCharacters(String key, FeatureSpec spec) {
        return spec.hasCharacters()
                && key.length() >= spec.minCharacterNgram()
                && key.length() <= spec.maxCharacterNgram()
                && isWord(key);
    }

    /** Whether a text is one folded word, such as a text is cut into. */
    public static boolean isWord(String word) {
        return !word.isEmpty() && word.chars().allMatch(unit -> FeatureExtractor.isWord((char) unit));
    }

    private static void require(boolean condition, String noun, String value, String rule) {
        if (!condition) {
            throw new IllegalArgumentException("Invalid " + noun + ": " + value + " (must be " + rule + ")");
        }
    }
}
