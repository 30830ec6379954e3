package dev.stillhouse.student;

import dev.stillhouse.udfs.student.FeatureSpec;
import dev.stillhouse.udfs.student.NgramScan;
import dev.stillhouse.udfs.student.NgramTable;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * What a student knows: word n-grams in rows 0 to {@code words.length - 1} of the joint vocabulary, character n-grams after them, and apart from these the single words that have a vector. All sorted by key, so equal documents give an equal vocabulary. Immutable by agreement,
 * serialisable.
 *
 * @param features how a text becomes n-grams
 * @param words word n-grams
 * @param characters character n-grams
 * @param vectorWords single words with a vector
 * @param scales what values of each row of the joint vocabulary are multiplied by while weights are learned, and weights afterwards; empty where by 1
 */
record Vocabulary(FeatureSpec features, String[] words, String[] characters, String[] vectorWords, float[] scales)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Without scales. */
    Vocabulary(FeatureSpec features, String[] words, String[] characters, String[] vectorWords) {
        this(features, words, characters, vectorWords, new float[0]);
    }

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

    /** The same without scales: what a finished student sees, whose weights have them. */
    Vocabulary unscaled() {
        return new Vocabulary(features, words, characters, vectorWords);
    }

    /** The same n-grams, and words with vectors. */
    Vocabulary withVectors(String[] newVectorWords) {
        return new Vocabulary(features, words, characters, newVectorWords, scales);
    }

    /**
     * Chooses the n-grams that stand in enough documents, the most frequent where there are too many, equals by key. With {@code d} of {@code n} documents a row's scale is {@code 1 + log((1 + n) / (1 + d))}, its inverse document frequency, over the mean of that for all hits: rare n-grams learn faster than frequent ones, which say little.
     *
     * @param features which n-grams to take of those that were counted
     * @param documents how many were counted
     */
    static Vocabulary of(FeatureSpec features, DocumentFrequencies frequencies, StudentConfig config, long documents) {
        Comparator<Candidate> frequent = Comparator.comparingInt(Candidate::documents)
                .reversed()
                .thenComparing(Candidate::key)
                .thenComparing(Candidate::word);
        List<Candidate> candidates = new ArrayList<>();
        frequencies.words().forEach((key, count) -> candidates.add(new Candidate(key, count, true)));
        if (features.hasCharacters()) {
            frequencies.characters().forEach((key, count) -> candidates.add(new Candidate(key, count, false)));
        }
        List<Candidate> kept = candidates.stream()
                .filter(candidate -> candidate.documents() >= config.minDocuments())
                .sorted(frequent)
                .limit(config.maxFeatures())
                .toList();
        return new Vocabulary(features, keys(kept, true), keys(kept, false), new String[0], scales(kept, documents));
    }

    /** In the order of the rows. */
    private static float[] scales(List<Candidate> kept, long documents) {
        double[] frequencies = kept.stream()
                .sorted(Comparator.comparing((Candidate one) -> !one.word()).thenComparing(Candidate::key))
                .mapToDouble(Candidate::documents)
                .toArray();
        double hits = 0;
        double sum = 0;
        for (double frequency : frequencies) {
            hits += frequency;
            sum += frequency * inverse(frequency, documents);
        }
        float[] scales = new float[frequencies.length];
        for (int row = 0; row < scales.length; row++) {
            scales[row] = (float) (inverse(frequencies[row], documents) * hits / sum);
        }
        return scales;
    }

    private static double inverse(double frequency, long documents) {
        return 1 + Math.log((1.0 + documents) / (1 + frequency));
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
     * @param ngrams values by row of the joint vocabulary: count over the square root of the hits of the row's family, times the row's scale
     * @param words counts by row of the words with vectors
     */
    record Encoded(Sparse.Document ngrams, Sparse.Document words) {}

    /** Turns texts into rows. Not safe for use by several threads. */
    static final class Encoder {
        private final NgramScan scan;
        private final NgramTable words;
        private final NgramTable characters;
        private final NgramTable vectors;
        private final int firstCharacters;
        private final float[] scales;

        private Encoder(Vocabulary vocabulary) {
            this.scan = new NgramScan(vocabulary.features());
            this.words = new NgramTable(vocabulary.words());
            this.characters = new NgramTable(vocabulary.characters());
            this.vectors = new NgramTable(vocabulary.vectorWords());
            this.firstCharacters = vocabulary.words().length;
            this.scales = vocabulary.scales();
        }

        Encoded encode(String text) {
            scan.read(text);
            Hits ofWords = new Hits();
            Hits ofVectors = new Hits();
            scan.words((start, end, hash, size) -> {
                ofWords.add(words.find(scan.bytes(), start, end, hash), 0);
                if (size == 1) {
                    ofVectors.add(vectors.find(scan.bytes(), start, end, hash), 0);
                }
            });
            Hits ofCharacters = new Hits();
            scan.characters((start, end, hash, size) ->
                    ofCharacters.add(characters.find(scan.bytes(), start, end, hash), firstCharacters));
            // Rows of characters come after those of words, so the two stand in their order.
            return new Encoded(scaled(ofWords.normalized().and(ofCharacters.normalized())), ofVectors.scaled(1));
        }

        private Sparse.Document scaled(Sparse.Document document) {
            for (int i = 0; i < document.rows().length && scales.length > 0; i++) {
                document.values()[i] *= scales[document.rows()[i]];
            }
            return document;
        }
    }

    /** Rows that a text hits, in the order of the text. */
    private static final class Hits {
        private int[] rows = new int[32];
        private int count;

        void add(int row, int first) {
            if (row == NgramTable.ABSENT) {
                return;
            }
            if (count == rows.length) {
                rows = Arrays.copyOf(rows, 2 * count);
            }
            rows[count++] = first + row;
        }

        Sparse.Document normalized() {
            return scaled(1 / Math.sqrt(Math.max(count, 1)));
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
