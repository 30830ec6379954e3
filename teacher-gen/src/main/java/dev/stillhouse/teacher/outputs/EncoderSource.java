package dev.stillhouse.teacher.outputs;

import dev.stillhouse.udfs.onnx.EncoderSpec;
import dev.stillhouse.udfs.onnx.TextEncoder;
import java.util.function.LongSupplier;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Vectors or logits by an ONNX model inside the executors.
 *
 * @param spec the model
 */
public record EncoderSource(EncoderSpec spec) implements Inference {
    private static final int WARM_UP = 8;

    @Override
    public String name() {
        return spec.name();
    }

    @Override
    public String identity() {
        return spec.identity();
    }

    @Override
    public void check() {
        spec.device().check();
    }

    @Override
    public int maxCharacters() {
        return spec.maxCharacters();
    }

    /** By the time that the sample takes on this machine; the processors of executors are taken to be as fast. */
    @Override
    public Cost cost(SparkSession spark, Outputs.Need need, LongSupplier nanoTime) {
        if (need.sample().isEmpty() || !spec.device().isCpu()) {
            return Cost.UNKNOWN;
        }
        try (TextEncoder encoder = TextEncoder.open(spec)) {
            encoder.encode(
                    need.sample().subList(0, Math.min(WARM_UP, need.sample().size())));
            long start = nanoTime.getAsLong();
            encoder.encode(need.sample());
            double seconds = (nanoTime.getAsLong() - start) / 1e9;
            long characters = need.sample().stream().mapToLong(String::length).sum();
            double processors = (double) Runtime.getRuntime().availableProcessors()
                    / spark.sparkContext().defaultParallelism();
            return Cost.ofSeconds(seconds * need.characters() / Math.max(1, characters) * processors);
        }
    }

    @Override
    public MapPartitionsFunction<Row, Row> task(SparkSession spark, InferenceMeter meter, int tasks) {
        return new InferPartition(TravellingFiles.of(spec, spark), meter);
    }
}
