package dev.stillhouse.udfs.summary;

import dev.stillhouse.udfs.student.NgramTable;
import dev.stillhouse.udfs.student.StudentModel;

/** The n-grams of a model as they are looked up: words and pairs of words. Immutable and safe for use by several threads. */
final class Cues {
    /** None. */
    static final Cues NONE = new Cues(new NgramTable(new String[0]), new float[0]);

    private final NgramTable table;
    private final float[] weights;

    private Cues(NgramTable table, float[] weights) {
        this.table = table;
        this.weights = weights;
    }

    static Cues of(StudentModel model) {
        float[] weights = new float[model.words().keys().length];
        for (int row = 0; row < weights.length; row++) {
            weights[row] = model.words().weights().at(row, 0);
        }
        return new Cues(new NgramTable(model.words().keys()), weights);
    }

    /** The row of the n-gram {@code bytes[start, end)}, or {@link NgramTable#ABSENT}. */
    int find(byte[] bytes, int start, int end, long hash) {
        return end - start > table.longest() ? NgramTable.ABSENT : table.find(bytes, start, end, hash);
    }

    float weight(int row) {
        return weights[row];
    }
}
