package dev.stillhouse.udfs.student;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** The rows of a vocabulary's vectors times the matrix to logits, each computed when it is first wanted: a short text adds up a few of them in less time than its pooled vector takes to be multiplied. Safe for use by several threads, which may compute a row twice. */
final class ProjectedRows implements SummedRows {
    private static final VarHandle READY = MethodHandles.arrayElementVarHandle(int[].class);

    private final StudentModel.Weights vectors;
    private final float[] projection;
    private final int labels;
    private final float[] values;
    private final int[] ready;

    /**
     * @param projection {@code float[columns of vectors * labels]}, row-major
     */
    ProjectedRows(StudentModel.Weights vectors, float[] projection, int labels) {
        this.vectors = vectors;
        this.projection = projection;
        this.labels = labels;
        boolean isSmall = (long) vectors.rows() * labels <= WeightRows.MOST_FLOATS;
        this.values = new float[isSmall ? vectors.rows() * labels : 0];
        this.ready = new int[isSmall ? vectors.rows() : 0];
    }

    /** Whether rows are kept, which too many are not. */
    boolean areKept() {
        return values.length > 0;
    }

    @Override
    public int columns() {
        return labels;
    }

    @Override
    public void addTo(double[] sums, int row) {
        int from = from(row);
        for (int label = 0; label < sums.length; label++) {
            sums[label] += values[from + label];
        }
    }

    @Override
    public void addTo(float[] sums, int row) {
        int from = from(row);
        for (int label = 0; label < sums.length; label++) {
            sums[label] += values[from + label];
        }
    }

    private int from(int row) {
        if ((int) READY.getAcquire(ready, row) == 0) {
            compute(row);
        }
        return row * labels;
    }

    private void compute(int row) {
        double[] products = new double[labels];
        for (int dimension = 0; dimension < vectors.columns(); dimension++) {
            double weight = vectors.at(row, dimension);
            for (int label = 0; label < labels; label++) {
                products[label] += weight * projection[dimension * labels + label];
            }
        }
        for (int label = 0; label < labels; label++) {
            values[row * labels + label] = (float) products[label];
        }
        READY.setRelease(ready, row, 1);
    }
}
