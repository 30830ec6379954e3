package dev.stillhouse.udfs.student;

/** A student's matrix from pooled vectors to logits, laid out for the kernel: for few labels a row a label, for more eight dimensions at a time, which processors do several labels at once. Immutable, safe for use by several threads. */
final class Projection {
    /** Labels that are few. */
    private static final int NARROW = 8;

    private static final int BLOCK = 8;

    private final int labels;
    private final int dimensions;
    /** Of few labels a row a label; else a row a dimension, the last block filled up with zeros. */
    private final double[] values;

    /**
     * @param projection {@code float[dimensions * labels]}, row-major
     * @param labels at least 1
     */
    Projection(float[] projection, int labels) {
        this.labels = labels;
        this.dimensions = projection.length / labels;
        if (labels > NARROW) {
            values = new double[(dimensions + BLOCK - 1) / BLOCK * BLOCK * labels];
            for (int i = 0; i < projection.length; i++) {
                values[i] = projection[i];
            }
        } else {
            values = new double[projection.length];
            for (int i = 0; i < projection.length; i++) {
                values[i % labels * dimensions + i / labels] = projection[i];
            }
        }
    }

    /** Length of a pooled vector, with what fills it up. */
    int length() {
        return labels > NARROW ? values.length / labels : dimensions;
    }

    /**
     * Adds a pooled vector times the matrix to the logits.
     *
     * @param pooled {@code double[length()]}
     */
    void addTo(double[] logits, double[] pooled) {
        if (labels > NARROW) {
            for (int dimension = 0; dimension < pooled.length; dimension += BLOCK) {
                addBlock(values, dimension, pooled, logits);
            }
        } else {
            for (int label = 0; label < labels; label++) {
                logits[label] += dot(values, label * dimensions, pooled);
            }
        }
    }

    /** Eight dimensions' products in one go, so that sums are read and written an eighth as often. */
    private static void addBlock(double[] values, int dimension, double[] pooled, double[] sums) {
        int labels = sums.length;
        double p0 = pooled[dimension];
        double p1 = pooled[dimension + 1];
        double p2 = pooled[dimension + 2];
        double p3 = pooled[dimension + 3];
        double p4 = pooled[dimension + 4];
        double p5 = pooled[dimension + 5];
        double p6 = pooled[dimension + 6];
        double p7 = pooled[dimension + 7];
        int r0 = dimension * labels;
        int r1 = r0 + labels;
        int r2 = r1 + labels;
        int r3 = r2 + labels;
        int r4 = r3 + labels;
        int r5 = r4 + labels;
        int r6 = r5 + labels;
        int r7 = r6 + labels;
        for (int i = 0; i < labels; i++) {
            sums[i] += (p0 * values[r0 + i] + p1 * values[r1 + i])
                    + (p2 * values[r2 + i] + p3 * values[r3 + i])
                    + ((p4 * values[r4 + i] + p5 * values[r5 + i]) + (p6 * values[r6 + i] + p7 * values[r7 + i]));
        }
    }

    /** Four sums, so that an addition need not wait for the one before. */
    private static double dot(double[] values, int from, double[] pooled) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = 0;
        for (; i + 3 < pooled.length; i += 4) {
            a += pooled[i] * values[from + i];
            b += pooled[i + 1] * values[from + i + 1];
            c += pooled[i + 2] * values[from + i + 2];
            d += pooled[i + 3] * values[from + i + 3];
        }
        for (; i < pooled.length; i++) {
            a += pooled[i] * values[from + i];
        }
        return a + b + (c + d);
    }
}
