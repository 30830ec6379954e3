package dev.stillhouse.student.export;

import dev.stillhouse.datasets.schema.StudentWeights;
import dev.stillhouse.udfs.student.StudentModel;
import dev.stillhouse.udfs.student.StudentModel.Block;
import dev.stillhouse.udfs.student.StudentReader;
import java.util.Iterator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/** A published student as rows of {@link StudentWeights}. */
public final class WeightTable {
    private WeightTable() {}

    /**
     * The rows, lazily, in one partition: words, characters, vectors, projection and bias, each in the order of the model. The file travels once; the rows are made where they are written.
     *
     * @param file content of a student.onnx that takes text
     */
    public static Dataset<Row> of(SparkSession spark, byte[] file) {
        Broadcast<byte[]> shipped =
                JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(file);
        return spark.range(0, 1, 1, 1)
                .flatMap(
                        (FlatMapFunction<Long, Row>) one -> rows(StudentReader.read(shipped.value(), "student.onnx")),
                        Encoders.row(StudentWeights.SCHEMA));
    }

    private static Iterator<Row> rows(StudentModel model) {
        float[] projection = model.vectors().projection();
        int labels = model.labels().size();
        return Stream.of(
                        rows(StudentWeights.WORDS, model.words()),
                        rows(StudentWeights.CHARACTERS, model.characters()),
                        rows(StudentWeights.VECTORS, model.vectors().entries()),
                        rows(StudentWeights.PROJECTION, matrix(projection, labels)),
                        rows(
                                StudentWeights.BIAS,
                                new Block(new String[] {""}, new StudentModel.Float32(model.bias(), labels))))
                .flatMap(rows -> rows)
                .iterator();
    }

    private static Block matrix(float[] values, int columns) {
        String[] numbers = IntStream.range(0, values.length / columns)
                .mapToObj(Integer::toString)
                .toArray(String[]::new);
        return new Block(numbers, new StudentModel.Float32(values, columns));
    }

    private static Stream<Row> rows(String part, Block block) {
        return IntStream.range(0, block.keys().length)
                .mapToObj(row -> RowFactory.create(part, block.keys()[row], weights(block, row)));
    }

    private static float[] weights(Block block, int row) {
        float[] weights = new float[block.weights().columns()];
        for (int column = 0; column < weights.length; column++) {
            weights[column] = block.weights().at(row, column);
        }
        return weights;
    }
}
