package dev.stillhouse.udfs.student;

import java.util.Arrays;

/**
 * The sums of one vocabulary's weight rows over the hits of one text. Floats are summed in runs of {@value #RUN} hits and the runs in double, so that a long text loses
 * no digits. For one thread at a time.
 */
final class BlockSums {
    private static final int RUN = 16;

    private final StudentModel.Weights weights;
    private final float[] run;
    private final double[] sums;
    private int hits;

    BlockSums(StudentModel.Weights weights) {
        this.weights = weights;
        this.run = new float[weights.columns()];
        this.sums = new double[weights.columns()];
    }

    void clear() {
        hits = 0;
        Arrays.fill(run, 0);
        Arrays.fill(sums, 0);
    }

    /** Counts one hit of the n-gram in {@code row}. */
    void add(int row) {
        if (weights instanceof StudentModel.Float32 full) {
            add(full.values(), row * run.length, run);
        } else if (weights instanceof StudentModel.Int8 small) {
            add(small.values(), row * run.length, small.scales()[row], run);
        }
        hits++;
        if (hits % RUN == 0) {
            flush();
        }
    }

    /** Adds {@code sums / sqrt(max(hits, 1))} to the logits. */
    void addTo(double[] logits) {
        flush();
        double norm = Math.sqrt(Math.max(hits, 1));
        for (int label = 0; label < logits.length; label++) {
            logits[label] += sums[label] / norm;
        }
    }

    private void flush() {
        for (int label = 0; label < run.length; label++) {
            sums[label] += run[label];
            run[label] = 0;
        }
    }

    private static void add(float[] values, int from, float[] run) {
        for (int label = 0; label < run.length; label++) {
            run[label] += values[from + label];
        }
    }

    private static void add(byte[] values, int from, float scale, float[] run) {
        for (int label = 0; label < run.length; label++) {
            run[label] += scale * values[from + label];
        }
    }
}
