package dev.stillhouse.student;

import dev.stillhouse.udfs.student.FeatureExtractor;
import dev.stillhouse.udfs.student.FeatureSpec;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What a student knows: word n-grams in rows 0 to {@code words.length - 1} of the joint vocabulary, character n-grams after them, and apart from these the single words that have a vector. All sorted by key, so equal documents give an equal vocabulary. Immutable by agreement,
 * serialisable.
 *
 * @param features how a text becomes n-grams
 * @param words word n-grams
 * @param characters character n-grams
 * @param vectorWords single words with a vector
 */
record Vocabulary(FeatureSpec features, String[] words, String[] characters, String[] vectorWords)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Rows of the joint vocabulary. */
    int ngrams() {
        return words.length + characters.length;
    }

    /** N-grams and words with a vector. */
    int size() {
        return ngrams() + vectorWords.length;
    }

    /** Words with vectors and no n-grams. */
    static Vocabulary ofVectors(FeatureSpec features, String[] vectorWords) {
        return new Vocabulary(features, new String[0], new String[0], vectorWords);
    }

    /** The same n-grams, and words with vectors. */
    Vocabulary withVectors(String[] newVectorWords) {
        return new Vocabulary(features, words, characters, newVectorWords);
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
        return new Vocabulary(features, keys(kept, true), keys(kept, false), new String[0]);
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

    /**
     * A text as a student sees it.
     *
     * @param ngrams values by row of the joint vocabulary: count over the square root of the hits of the row's family
     * @param words counts by row of the words with vectors
     */
    record Encoded(Sparse.Document ngrams, Sparse.Document words) {}

    /** Turns texts into rows. Not safe for use by several threads. */
    static final class Encoder {
        private final FeatureExtractor extractor;
        private final FeatureExtractor singles;
        private final Map<String, Integer> wordRows;
        private final Map<String, Integer> characterRows;
        private final Map<String, Integer> vectorRows;

        private Encoder(Vocabulary vocabulary) {
            this.extractor = new FeatureExtractor(vocabulary.features());
            this.singles = new FeatureExtractor(FeatureSpec.words(1));
            this.wordRows = rows(vocabulary.words(), 0);
            this.characterRows = rows(vocabulary.characters(), vocabulary.words().length);
            this.vectorRows = rows(vocabulary.vectorWords(), 0);
        }

        private static Map<String, Integer> rows(String[] keys, int first) {
            Map<String, Integer> rows = new HashMap<>(2 * keys.length);
            for (int i = 0; i < keys.length; i++) {
                rows.put(keys[i], first + i);
            }
            return rows;
        }

        Encoded encode(String text) {
            Hits words = hits(wordRows, hit -> extractor.words(text, hit));
            Hits characters = hits(characterRows, hit -> extractor.characters(text, hit));
            // Rows of characters come after those of words, so the two stand in their order.
            return new Encoded(
                    words.scaled(1 / Math.sqrt(Math.max(words.count(), 1)))
                            .and(characters.scaled(1 / Math.sqrt(Math.max(characters.count(), 1)))),
                    hits(vectorRows, hit -> singles.words(text, hit)).scaled(1));
        }

        private static Hits hits(Map<String, Integer> rows, Consumer<Consumer<String>> ngrams) {
            Hits hits = new Hits();
            if (!rows.isEmpty()) {
                ngrams.accept(ngram -> {
                    Integer row = rows.get(ngram);
                    if (row != null) {
                        hits.add(row);
                    }
                });
            }
            return hits;
        }
    }

    /** Rows that a text hits, in the order of the text. */
    private static final class Hits {
        private int[] rows = new int[32];
        private int count;

        void add(int row) {
            if (count == rows.length) {
                rows = Arrays.copyOf(rows, 2 * count);
            }
            rows[count++] = row;
        }

        int count() {
            return count;
        }

        /** Each row once, ascending, with how often it was hit times the scale. */
        Sparse.Document scaled(double scale) {
            Arrays.sort(rows, 0, count);
            int[] distinct = new int[count];
            float[] values = new float[count];
            int size = 0;
            for (int i = 0; i < count; i++) {
                if (size == 0 || rows[i] != distinct[size - 1]) {
                    distinct[size++] = rows[i];
                }
                values[size - 1]++;
            }
            for (int i = 0; i < size; i++) {
                values[i] *= (float) scale;
            }
            return new Sparse.Document(Arrays.copyOf(distinct, size), Arrays.copyOf(values, size));
        }
    }
}
