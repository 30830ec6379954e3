package dev.stillhouse.teacher.sentences;

import dev.stillhouse.udfs.summary.Budget;
import dev.stillhouse.udfs.summary.SentenceChooser;
import dev.stillhouse.udfs.summary.Sentences;
import java.util.Arrays;

/**
 * How much sentences say of their document, by their vectors: the nearer a sentence is to all others the more. With {@code c_i} the cosine of a sentence's vector with the mean of all, {@code r_i} the share of sentences with a smaller one, and {@code i / n} its place, the salience is {@code (1 - w) r_i + w (1 - i / n)}: ranks, since cosines of one document are hardly comparable with those of another, and a prior for what comes first.
 * Chosen is by salience, less repetition of words.
 *
 * <p>Centroids: D. Radev, H. Jing, M. Budzikowska, Centroid-based Summarization of Multiple Documents, 2000; with sentence vectors and position, H. Zheng, M. Lapata, Sentence Centrality Revisited for Unsupervised Summarization, ACL 2019.
 *
 * @param budget of a summary
 */
record Centrality(Budget budget) {
    private static final double POSITION = 0.15;
    /** What a sentence loses of its worth if all that it says is said already. */
    static final double REDUNDANCY = 0.5;

    private static final SentenceChooser CHOOSER = new SentenceChooser();

    /**
     * Labels a document.
     *
     * @param vectors {@code float[sentences][dimensions]}; empty where a sentence has none
     */
    Labelled label(String text, Sentences sentences, float[][] vectors) {
        double[] central = central(vectors);
        double[] sorted = central.clone();
        Arrays.sort(sorted);
        int size = central.length;
        float[] saliences = new float[size];
        double[] worth = new double[size];
        for (int i = 0; i < size; i++) {
            double rank = size == 1 ? 1 : (double) lower(sorted, central[i]) / (size - 1);
            worth[i] = (1 - POSITION) * rank + POSITION * (1 - (double) i / size);
            saliences[i] = (float) worth[i];
        }
        int[] chosen = CHOOSER.choose(text, sentences, worth, new SentenceChooser.Settings(budget, REDUNDANCY));
        return new Labelled(text, sentences, saliences, chosen);
    }

    /** How many are smaller. */
    static int lower(double[] sorted, double value) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static double[] central(float[][] vectors) {
        double[] mean = new double
                [Arrays.stream(vectors).mapToInt(vector -> vector.length).max().orElse(0)];
        double[] lengths = new double[vectors.length];
        for (int i = 0; i < vectors.length; i++) {
            double square = 0;
            for (float value : vectors[i]) {
                square += (double) value * value;
            }
            lengths[i] = Math.sqrt(square);
            for (int d = 0; d < mean.length && lengths[i] > 0; d++) {
                mean[d] += vectors[i][d] / lengths[i];
            }
        }
        double[] central = new double[vectors.length];
        for (int i = 0; i < central.length; i++) {
            double dot = 0;
            for (int d = 0; d < vectors[i].length; d++) {
                dot += mean[d] * vectors[i][d];
            }
            central[i] = lengths[i] > 0 ? dot / lengths[i] : Double.NEGATIVE_INFINITY;
        }
        return central;
    }
}
