package dev.stillhouse.student;

import java.io.Serializable;

/**
 * Rows of weights while they are trained, with AdaGrad's sums of squared slopes. Mutable; each pass has its own copy.
 *
 * @param values {@code float[rows * columns]}, row-major
 * @param squares {@code float[rows * squareColumns]}: a sum for each weight, or one for each row that is stepped as a whole
 * @param columns weights of a row, at least 1
 * @param squareColumns sums of a row, at least 1
 */
record Table(float[] values, float[] squares, int columns, int squareColumns) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Rows of zeros with a sum for each weight. */
    static Table zero(int rows, int columns) {
        int size = Math.multiplyExact(rows, columns);
        return new Table(new float[size], new float[size], columns, columns);
    }

    /** Rows that begin at {@code values} and are stepped as a whole. */
    static Table ofRows(float[] values, int columns) {
        return new Table(values, new float[values.length / columns], columns, 1);
    }

    int rows() {
        return values.length / columns;
    }

    Table copy() {
        return new Table(values.clone(), squares.clone(), columns, squareColumns);
    }
}
