package dev.stillhouse.teacher.outputs;

import java.nio.ByteBuffer;
import java.util.List;
import org.apache.spark.sql.Row;
import scala.jdk.javaapi.CollectionConverters;

/** Float arrays out of Spark rows. */
public final class Vectors {
    private Vectors() {}

    /** The array in a column. */
    public static float[] floats(Row row, int column) {
        return floats(row.getList(column));
    }

    /** The array of arrays in a column. */
    public static float[][] rows(Row row, int column) {
        List<scala.collection.Seq<Float>> nested = row.getList(column);
        float[][] rows = new float[nested.size()][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = floats(CollectionConverters.asJava(nested.get(i)));
        }
        return rows;
    }

    /** The floats as bytes, big-endian, which Spark neither boxes nor takes apart. */
    public static byte[] toBytes(List<Float> values) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.size());
        values.forEach(bytes::putFloat);
        return bytes.array();
    }

    /** What {@link #toBytes} gave. */
    public static float[] fromBytes(byte[] bytes) {
        float[] values = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
        return values;
    }

    private static float[] floats(List<Float> boxed) {
        float[] values = new float[boxed.size()];
        int i = 0;
        for (Float value : boxed) {
            values[i++] = value;
        }
        return values;
    }
}
