package dev.stillhouse.student;

import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.SoftLabels;
import dev.stillhouse.student.export.OnnxStudentWriter;
import dev.stillhouse.udfs.student.StudentKernel;
import dev.stillhouse.udfs.student.StudentModel;
import dev.stillhouse.udfs.student.StudentReader;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * A student as a coach: the probabilities of documents become {@code weight * coach + (1 - weight) * teacher}. The coach has learned from the same documents, as in born-again networks.
 *
 * <p>See T. Furlanello and others, Born-Again Neural Networks, ICML 2018.
 */
final class Relabelling {
    private Relabelling() {}

    /**
     * The same rows with other probabilities, lazily.
     *
     * @param rowsDF with text and probabilities
     * @param coach calibrated
     * @param weight 0 to 1
     */
    static Dataset<Row> relabelled(Dataset<Row> rowsDF, StudentModel coach, double weight) {
        StructType schema = rowsDF.schema();
        Broadcast<byte[]> file = JavaSparkContext.fromSparkContext(
                        rowsDF.sparkSession().sparkContext())
                .broadcast(OnnxStudentWriter.write(coach));
        int text = schema.fieldIndex(Curated.TEXT);
        int probabilities = schema.fieldIndex(SoftLabels.PROBABILITIES);
        return rowsDF.mapPartitions(new Coach(file, (float) weight, text, probabilities), Encoders.row(schema));
    }

    /** Asks the coach about the rows of a partition; {@code text} and {@code probabilities} are places in a row. */
    private record Coach(Broadcast<byte[]> file, float weight, int text, int probabilities)
            implements MapPartitionsFunction<Row, Row> {
        private static final long serialVersionUID = 1L;

        @Override
        public Iterator<Row> call(Iterator<Row> rows) {
            StudentKernel kernel = new StudentKernel(StudentReader.read(file.value(), "of the coach"));
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return rows.hasNext();
                }

                @Override
                public Row next() {
                    return taught(kernel, rows.next());
                }
            };
        }

        private Row taught(StudentKernel kernel, Row row) {
            List<Float> teacher = row.getList(probabilities);
            float[] mixed = kernel.probabilities(row.getString(text));
            for (int label = 0; label < mixed.length; label++) {
                mixed[label] = weight * mixed[label] + (1 - weight) * teacher.get(label);
            }
            Object[] values = new Object[row.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = i == probabilities ? mixed : row.get(i);
            }
            return RowFactory.create(values);
        }
    }
}
