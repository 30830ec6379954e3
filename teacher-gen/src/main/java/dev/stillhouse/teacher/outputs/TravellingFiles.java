package dev.stillhouse.teacher.outputs;

import dev.stillhouse.udfs.onnx.EncoderSpec;
import dev.stillhouse.udfs.onnx.ModelFiles;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;

/** Files of the driver that executors get by broadcast: once each, whichever number of tasks they run. */
record TravellingFiles(Broadcast<byte[]> modelBytes, Broadcast<byte[]> tokenizerBytes) implements ModelFiles {
    private static final long serialVersionUID = 1L;

    /** The encoder with files that executors can read. */
    static EncoderSpec of(EncoderSpec spec, SparkSession spark) {
        ModelFiles files = spec.files();
        if (files.isOnClassPath() || files instanceof TravellingFiles) {
            return spec;
        }
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        return spec.withFiles(
                new TravellingFiles(context.broadcast(files.model()), context.broadcast(files.tokenizer())));
    }

    @Override
    public byte[] model() {
        return modelBytes.value();
    }

    @Override
    public byte[] tokenizer() {
        return tokenizerBytes.value();
    }
}
