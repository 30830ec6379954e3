package dev.stillhouse.udfs.student;

import java.util.Arrays;

/**
 * The sums of one vocabulary's weight rows over the hits of one text, in double: a text of thousands of hits divides its sum by their square root only, so the digits that
 * float loses would show in the probabilities. For one thread at a time.
 */
final class BlockSums {
    private final StudentModel.Weights weights;
    private final double[] sums;
    private int hits;

    BlockSums(StudentModel.Weights weights) {
        this.weights = weights;
        this.sums = new double[weights.columns()];
    }

    void clear() {
        hits = 0;
        Arrays.fill(sums, 0);
    }

    /** Counts one hit of the n-gram in {@code row}. */
    void add(int row) {
        if (weights instanceof StudentModel.Float32 full) {
            add(full.values(), row * sums.length, sums);
        } else if (weights instanceof StudentModel.Int8 small) {
            add(small.values(), row * sums.length, small.scales()[row], sums);
        }
        hits++;
    }

    /** Adds {@code sums / sqrt(max(hits, 1))} to the logits. */
    void addTo(double[] logits) {
        double norm = Math.sqrt(Math.max(hits, 1));
        for (int label = 0; label < logits.length; label++) {
            logits[label] += sums[label] / norm;
        }
    }

    /**
     * Adds the pooled sums times a matrix to the logits: {@code p * projection} with {@code p = sums / sqrt(|sums|^2 + POOLING_FLOOR^2)}.
     *
     * @param projection {@code float[sums * logits]}, row-major
     */
    void addProjected(float[] projection, double[] logits) {
        if (hits == 0) {
            return;
        }
        double square = StudentModel.POOLING_FLOOR * StudentModel.POOLING_FLOOR;
        for (double sum : sums) {
            square += sum * sum;
        }
        double norm = Math.sqrt(square);
        int at = 0;
        for (double sum : sums) {
            double pooled = sum / norm;
            for (int label = 0; label < logits.length; label++) {
                logits[label] += pooled * projection[at++];
            }
        }
    }

    private static void add(float[] values, int from, double[] sums) {
        for (int label = 0; label < sums.length; label++) {
            sums[label] += values[from + label];
        }
    }

    private static void add(byte[] values, int from, float scale, double[] sums) {
        for (int label = 0; label < sums.length; label++) {
            sums[label] += scale * values[from + label];
        }
    }
}
