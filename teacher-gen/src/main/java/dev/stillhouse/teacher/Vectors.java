package dev.stillhouse.teacher;

import java.util.List;
import org.apache.spark.sql.Row;

/** Float arrays out of Spark rows. */
final class Vectors {
    private Vectors() {}

    /** The array in a column. */
    static float[] floats(Row row, int column) {
        List<Float> boxed = row.getList(column);
        float[] values = new float[boxed.size()];
        int i = 0;
        for (Float value : boxed) {
            values[i++] = value;
        }
        return values;
    }
}
