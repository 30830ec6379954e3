package dev.stillhouse.datasets.quality;

import dev.stillhouse.udfs.Link;
import java.util.Arrays;

/**
 * Figures of classification, as scikit-learn defines them (a label's F1 is 0 where it has neither right nor wrong predictions), of one label or of any number of labels a document. Labels are indices; gold labels that a model does not know have indices
 * of their own beyond the model's, so that they count as missed.
 *
 * @param gold {@code int[documents][]}, of each document the indices of its labels, ascending
 * @param predicted the same
 * @param labels number of labels, unknown ones included
 */
public record Classification(int[][] gold, int[][] predicted, int labels) {

    public Classification {
        if (gold.length != predicted.length) {
            throw new IllegalArgumentException("Invalid predictions: " + predicted.length
                    + " (must be as many as gold labels, " + gold.length + ")");
        }
    }

    /** Figures of one label a document, {@code int[documents]} each. */
    public Classification(int[] gold, int[] predicted, int labels) {
        this(sets(gold), sets(predicted), labels);
    }

    /** Sets of one label each. */
    public static int[][] sets(int[] labels) {
        return Arrays.stream(labels).mapToObj(label -> new int[] {label}).toArray(int[][]::new);
    }

    /** The most probable label of each row, the first of equals. */
    public static int[] argmax(float[][] probabilities) {
        return Arrays.stream(probabilities).mapToInt(Link::first).toArray();
    }

    /** Share of documents whose labels are equal in two arrays; 0 for none. */
    public static double agreement(int[] left, int[] right) {
        int equal = 0;
        for (int i = 0; i < left.length; i++) {
            equal += left[i] == right[i] ? 1 : 0;
        }
        return left.length == 0 ? 0 : (double) equal / left.length;
    }

    /** Share of documents whose labels are the same in two arrays of sets; 0 for none. */
    public static double agreement(int[][] left, int[][] right) {
        int equal = 0;
        for (int i = 0; i < left.length; i++) {
            equal += Arrays.equals(left[i], right[i]) ? 1 : 0;
        }
        return left.length == 0 ? 0 : (double) equal / left.length;
    }

    /** Share of documents whose labels are all right, and none is missing. */
    public double accuracy() {
        return agreement(gold, predicted);
    }

    /** F1 over all decisions about labels; of one label a document it is {@link #accuracy}. */
    public double f1Micro() {
        return f1Micro(null);
    }

    /** F1 of each label, weighted by the label's gold documents. */
    public double f1Weighted() {
        return f1Weighted(null);
    }

    /** Mean F1 of the labels that gold or predictions have. */
    public double f1Macro() {
        Tally tally = tally(null);
        double sum = 0;
        int present = 0;
        for (int label = 0; label < labels; label++) {
            if (tally.support[label] + tally.predicted[label] > 0) {
                sum += tally.f1(label);
                present++;
            }
        }
        return present == 0 ? 0 : sum / present;
    }

    /** F1 of each label, {@code double[labels]}. */
    public double[] f1ByLabel() {
        Tally tally = tally(null);
        double[] f1 = new double[labels];
        for (int label = 0; label < labels; label++) {
            f1[label] = tally.f1(label);
        }
        return f1;
    }

    /** Gold documents of each label, {@code int[labels]}. */
    public int[] support() {
        return tally(null).support;
    }

    /** Weighted F1 of a resample: {@code sample} holds indices of documents, null for each once. */
    double f1Weighted(int @org.jspecify.annotations.Nullable [] sample) {
        Tally tally = tally(sample);
        double sum = 0;
        long support = 0;
        for (int label = 0; label < labels; label++) {
            sum += tally.support[label] * tally.f1(label);
            support += tally.support[label];
        }
        return support == 0 ? 0 : sum / support;
    }

    /** Micro F1 of a resample: {@code sample} holds indices of documents, null for each once. */
    double f1Micro(int @org.jspecify.annotations.Nullable [] sample) {
        Tally tally = tally(sample);
        long right = Arrays.stream(tally.right).asLongStream().sum();
        long both = Arrays.stream(tally.support).asLongStream().sum()
                + Arrays.stream(tally.predicted).asLongStream().sum();
        return both == 0 ? 0 : 2.0 * right / both;
    }

    private Tally tally(int @org.jspecify.annotations.Nullable [] sample) {
        Tally tally = new Tally(new int[labels], new int[labels], new int[labels]);
        int size = sample == null ? gold.length : sample.length;
        for (int i = 0; i < size; i++) {
            int document = sample == null ? i : sample[i];
            for (int label : gold[document]) {
                tally.support[label]++;
                tally.right[label] += Arrays.binarySearch(predicted[document], label) >= 0 ? 1 : 0;
            }
            for (int label : predicted[document]) {
                tally.predicted[label]++;
            }
        }
        return tally;
    }

    private record Tally(int[] right, int[] support, int[] predicted) {
        double f1(int label) {
            int both = support[label] + predicted[label];
            return both == 0 ? 0 : 2.0 * right[label] / both;
        }
    }
}
