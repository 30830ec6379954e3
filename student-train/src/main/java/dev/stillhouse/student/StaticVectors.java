package dev.stillhouse.student;

import dev.stillhouse.udfs.student.Vocabularies;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/**
 * Static vectors of words before training: a sentence encoder's vectors of the single words, less their mean, on their first principal components, each times a weight by smooth inverse frequency. Mean and components weigh words by how frequent they are.
 *
 * <p>See S. Arora, Y. Liang, T. Ma, A Simple but Tough-to-Beat Baseline for Sentence Embeddings, ICLR 2017 (weights {@code a / (a + p)}), and model2vec, which makes static models of encoders in this way.
 *
 * @param words sorted
 * @param vectors {@code float[words * dimensions]}, row-major
 * @param dimensions length of a vector
 */
record StaticVectors(String[] words, float[] vectors, int dimensions) {
    private static final double SMOOTHING = 1e-3;
    /** Documents that a word of the encoder's vocabulary is taken to stand in, where it is not in enough of them. */
    private static final double UNSEEN_DOCUMENTS = 0.5;

    /** No vectors. */
    static StaticVectors none() {
        return new StaticVectors(new String[0], new float[0], 1);
    }

    /** The vectors as they begin training; a copy. */
    Table start() {
        return Table.ofRows(vectors.clone(), dimensions);
    }

    /**
     * Makes vectors for the words of documents and those that the source knows.
     *
     * @param documents in how many documents n-grams stand; the single words among them are used
     * @param config which dimensions to keep, if the source has more, and how many words
     */
    static StaticVectors of(VectorSource source, Map<String, Integer> documents, StudentConfig config) {
        Map<String, Double> frequencies = frequencies(documents, source.words(), config.maxVectors());
        List<String> words = List.copyOf(frequencies.keySet());
        double total =
                frequencies.values().stream().mapToDouble(Double::doubleValue).sum();
        double[] shares = words.stream()
                .mapToDouble(word -> frequencies.get(word) / total)
                .toArray();
        float[][] vectors = source.vectors(words);
        center(vectors, shares);
        float[][] components = components(vectors, shares, Math.min(config.vectorDimensions(), vectors[0].length));
        float[] reduced = new float[Math.multiplyExact(vectors.length, components.length)];
        for (int word = 0; word < vectors.length; word++) {
            float weight = (float) (SMOOTHING / (SMOOTHING + shares[word]));
            for (int component = 0; component < components.length; component++) {
                reduced[word * components.length + component] = weight * dot(vectors[word], components[component]);
            }
        }
        return new StaticVectors(words.toArray(String[]::new), reduced, components.length);
    }

    /** Documents by word, the most frequent words first to be kept, then the source's own. */
    private static Map<String, Double> frequencies(Map<String, Integer> documents, List<String> known, int most) {
        Map<String, Double> frequencies = new TreeMap<>();
        documents.entrySet().stream()
                .filter(entry -> entry.getKey().indexOf(' ') < 0)
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(most)
                .forEach(entry -> frequencies.put(entry.getKey(), (double) entry.getValue()));
        for (String word : new TreeSet<>(known)) {
            if (frequencies.size() < most && Vocabularies.isWord(word)) {
                frequencies.putIfAbsent(word, UNSEEN_DOCUMENTS);
            }
        }
        return frequencies;
    }

    private static void center(float[][] vectors, double[] shares) {
        double[] mean = new double[vectors[0].length];
        for (int word = 0; word < vectors.length; word++) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += shares[word] * vectors[word][i];
            }
        }
        for (float[] vector : vectors) {
            for (int i = 0; i < mean.length; i++) {
                vector[i] -= (float) mean[i];
            }
        }
    }

    /** The first principal components, {@code float[components][dimensions]}, each with its largest value positive, so that they do not depend on the solver's signs. */
    private static float[][] components(float[][] vectors, double[] shares, int count) {
        EigenDecomposition solved =
                new EigenDecomposition(new Array2DRowRealMatrix(covariance(vectors, shares), false));
        List<float[]> components = new ArrayList<>();
        for (int component = 0; component < count; component++) {
            double[] direction = solved.getEigenvector(component).toArray();
            double largest = 0;
            for (double value : direction) {
                largest = Math.abs(value) > Math.abs(largest) ? value : largest;
            }
            float[] signed = new float[direction.length];
            for (int i = 0; i < signed.length; i++) {
                signed[i] = (float) (direction[i] * Math.signum(largest));
            }
            components.add(signed);
        }
        return components.toArray(float[][]::new);
    }

    private static double[][] covariance(float[][] vectors, double[] shares) {
        int dimensions = vectors[0].length;
        double[][] covariance = new double[dimensions][dimensions];
        for (int word = 0; word < vectors.length; word++) {
            float[] vector = vectors[word];
            for (int i = 0; i < dimensions; i++) {
                double scaled = shares[word] * vector[i];
                double[] row = covariance[i];
                for (int j = 0; j <= i; j++) {
                    row[j] += scaled * vector[j];
                }
            }
        }
        for (int i = 0; i < dimensions; i++) {
            for (int j = 0; j < i; j++) {
                covariance[j][i] = covariance[i][j];
            }
        }
        return covariance;
    }

    private static float dot(float[] one, float[] other) {
        float sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }
}
