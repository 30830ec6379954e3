package dev.stillhouse.student;

import dev.stillhouse.udfs.student.FeatureExtractor;
import dev.stillhouse.udfs.student.FeatureSpec;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The n-grams a student knows: words in rows 0 to {@code words.length - 1} of the joint vocabulary, characters after them. Both sorted by key, so equal documents give an equal vocabulary. Immutable by agreement,
 * serialisable.
 *
 * @param features how a text becomes n-grams
 * @param words word n-grams
 * @param characters character n-grams
 */
record Vocabulary(FeatureSpec features, String[] words, String[] characters) implements Serializable {
    private static final long serialVersionUID = 1L;

    int size() {
        return words.length + characters.length;
    }

    /**
     * Chooses the n-grams that stand in enough documents, the most frequent where there are too many, equals by key.
     *
     * @param features which n-grams to take of those that were counted
     */
    static Vocabulary of(FeatureSpec features, DocumentFrequencies frequencies, StudentConfig config) {
        Comparator<Candidate> frequent = Comparator.comparingInt(Candidate::documents)
                .reversed()
                .thenComparing(Candidate::key)
                .thenComparing(Candidate::word);
        List<Candidate> candidates = new ArrayList<>();
        frequencies.words().forEach((key, documents) -> candidates.add(new Candidate(key, documents, true)));
        if (features.hasCharacters()) {
            frequencies.characters().forEach((key, documents) -> candidates.add(new Candidate(key, documents, false)));
        }
        List<Candidate> kept = candidates.stream()
                .filter(candidate -> candidate.documents() >= config.minDocuments())
                .sorted(frequent)
                .limit(config.maxFeatures())
                .toList();
        return new Vocabulary(features, keys(kept, true), keys(kept, false));
    }

    private static String[] keys(List<Candidate> kept, boolean word) {
        return kept.stream()
                .filter(candidate -> candidate.word() == word)
                .map(Candidate::key)
                .sorted()
                .toArray(String[]::new);
    }

    /** Something that turns texts into features; holds an index, so make one for many texts. */
    Encoder encoder() {
        return new Encoder(this);
    }

    private record Candidate(String key, int documents, boolean word) {}

    /** Turns texts into rows of the joint vocabulary with values. Not safe for use by several threads. */
    static final class Encoder {
        private final FeatureExtractor extractor;
        private final Map<String, Integer> wordRows = new HashMap<>();
        private final Map<String, Integer> characterRows = new HashMap<>();

        private Encoder(Vocabulary vocabulary) {
            this.extractor = new FeatureExtractor(vocabulary.features());
            for (int i = 0; i < vocabulary.words().length; i++) {
                wordRows.put(vocabulary.words()[i], i);
            }
            for (int i = 0; i < vocabulary.characters().length; i++) {
                characterRows.put(vocabulary.characters()[i], vocabulary.words().length + i);
            }
        }

        /** Values by row of the joint vocabulary: count over the square root of the hits of the row's family. */
        Map<Integer, Float> encode(String text) {
            Map<Integer, Float> values = new TreeMap<>();
            if (!wordRows.isEmpty()) {
                values.putAll(family(wordRows, hit -> extractor.words(text, hit)));
            }
            if (!characterRows.isEmpty()) {
                values.putAll(family(characterRows, hit -> extractor.characters(text, hit)));
            }
            return values;
        }

        private static Map<Integer, Float> family(Map<String, Integer> rows, Consumer<Consumer<String>> ngrams) {
            Map<Integer, Float> values = new HashMap<>();
            ngrams.accept(ngram -> {
                Integer row = rows.get(ngram);
                if (row != null) {
                    values.merge(row, 1f, Float::sum);
                }
            });
            double hits =
                    values.values().stream().mapToDouble(Float::doubleValue).sum();
            float scale = (float) (1 / Math.sqrt(Math.max(hits, 1)));
            values.replaceAll((row, count) -> count * scale);
            return values;
        }
    }
}
