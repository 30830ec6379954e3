package dev.stillhouse.udfs.summary;

import dev.stillhouse.udfs.student.NgramTable;
import dev.stillhouse.udfs.student.StudentModel;

/** The vectors of a model's words as they are looked up. Immutable and safe for use by several threads. */
final class WordVectors {
    /** None. */
    static final WordVectors NONE = new WordVectors(StudentModel.Vectors.none());

    private final NgramTable table;
    private final float[] values;
    private final float[] projection;
    private final int dimensions;

    WordVectors(StudentModel.Vectors vectors) {
        table = new NgramTable(vectors.entries().keys());
        projection = vectors.projection();
        dimensions = vectors.isEmpty() ? 0 : vectors.dimensions();
        values = new float[vectors.entries().keys().length * dimensions];
        for (int i = 0; i < values.length; i++) {
            values[i] = vectors.entries().weights().at(i / dimensions, i % dimensions);
        }
    }

    boolean isNone() {
        return dimensions == 0;
    }

    /** Length of a vector, 0 where there are none. */
    int dimensions() {
        return dimensions;
    }

    /** The row of the word {@code bytes[start, end)}, or {@link NgramTable#ABSENT}. */
    int find(byte[] bytes, int start, int end, long hash) {
        return end - start > table.longest() ? NgramTable.ABSENT : table.find(bytes, start, end, hash);
    }

    /** Adds the vector of a row to a sum. */
    void add(int row, double[] sum) {
        int at = row * dimensions;
        for (int i = 0; i < dimensions; i++) {
            sum[i] += values[at + i];
        }
    }

    /** What the model makes of a pooled vector. */
    double projected(double[] pooled) {
        double sum = 0;
        for (int i = 0; i < dimensions; i++) {
            sum += pooled[i] * projection[i];
        }
        return sum;
    }
}
