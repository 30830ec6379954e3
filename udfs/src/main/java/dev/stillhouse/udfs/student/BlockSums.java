package dev.stillhouse.udfs.student;

import java.util.Arrays;

/**
 * The sums of one vocabulary's weight rows over the hits of one text, in double: a text of thousands of hits divides its sum by their square root only, so the digits that
 * float loses would show in the probabilities. Wide rows are added up in float a few at a time, which processors do several columns at once. For one thread at a time.
 */
final class BlockSums {
    /** Rows whose sum in float loses no digit that matters. */
    private static final int MOST_PENDING = 4;

    /** Columns up to which it is not worth while. */
    private static final int NARROW = 8;

    private final SummedRows rows;
    private final double[] sums;
    private final float[] pending;
    private int unflushed;
    private int hits;

    BlockSums(SummedRows rows) {
        this.rows = rows;
        this.sums = new double[rows.columns()];
        this.pending = new float[sums.length > NARROW ? sums.length : 0];
    }

    void clear() {
        hits = 0;
        unflushed = 0;
        Arrays.fill(sums, 0);
        Arrays.fill(pending, 0);
    }

    /** Counts one hit of the n-gram in {@code row}. */
    void add(int row) {
        hits++;
        if (pending.length == 0) {
            rows.addTo(sums, row);
            return;
        }
        rows.addTo(pending, row);
        unflushed++;
        if (unflushed == MOST_PENDING) {
            flush();
        }
    }

    private void flush() {
        for (int column = 0; column < pending.length; column++) {
            sums[column] += pending[column];
            pending[column] = 0;
        }
        unflushed = 0;
    }

    /** Adds {@code sums / sqrt(max(hits, 1))} to the logits. */
    void addTo(double[] logits) {
        addDividedTo(logits, Math.sqrt(Math.max(hits, 1)));
    }

    /** Adds the sums over a number to others. */
    void addDividedTo(double[] others, double by) {
        flush();
        for (int column = 0; column < others.length; column++) {
            others[column] += sums[column] / by;
        }
    }

    /** {@code sqrt(|sums|^2 + POOLING_FLOOR^2)}. */
    double length() {
        flush();
        return Math.sqrt(square() + StudentModel.POOLING_FLOOR * StudentModel.POOLING_FLOOR);
    }

    /** Writes the sums over a number to the beginning of an array. */
    void divided(double by, double[] quotients) {
        flush();
        for (int column = 0; column < sums.length; column++) {
            quotients[column] = sums[column] / by;
        }
    }

    /** Four sums, so that an addition need not wait for the one before. */
    private double square() {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = 0;
        for (; i + 3 < sums.length; i += 4) {
            a += sums[i] * sums[i];
            b += sums[i + 1] * sums[i + 1];
            c += sums[i + 2] * sums[i + 2];
            d += sums[i + 3] * sums[i + 3];
        }
        for (; i < sums.length; i++) {
            a += sums[i] * sums[i];
        }
        return a + b + (c + d);
    }
}
