package dev.stillhouse.udfs.student;

/** Rows of numbers that are added up. Safe for use by several threads. */
interface SummedRows {
    int columns();

    /** Adds a row to sums, {@code double[columns]}. */
    void addTo(double[] sums, int row);

    /** Adds a row to sums of few rows, {@code float[columns]}. */
    void addTo(float[] sums, int row);
}
