package dev.stillhouse.teacher.outputs;

import dev.stillhouse.udfs.onnx.EncoderSpec;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Vectors or logits by an ONNX model inside the executors.
 *
 * @param spec the model
 */
public record EncoderSource(EncoderSpec spec) implements Inference {

    @Override
    public String name() {
        return spec.name();
    }

    @Override
    public String identity() {
        return spec.identity();
    }

    @Override
    public int maxCharacters() {
        return spec.maxCharacters();
    }

    @Override
    public MapPartitionsFunction<Row, Row> task(SparkSession spark, InferenceMeter meter, int tasks) {
        return new InferPartition(TravellingFiles.of(spec, spark), meter);
    }
}
