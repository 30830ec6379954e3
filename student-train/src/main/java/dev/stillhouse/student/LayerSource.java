package dev.stillhouse.student;

import dev.stillhouse.udfs.onnx.EncoderSpec;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The encoder that students are cut from, and what runs it over documents. */
public interface LayerSource {
    /** The encoder in float32. */
    EncoderSpec spec();

    /** The same encoder with integer weights, where there is one. */
    Optional<EncoderSpec> compressed();

    /**
     * Runs a graph inside the executors; lazily.
     *
     * @param graph what to run
     * @param textsDF rows of text_hash and text, in partitions whose texts stand in the order of their length
     * @return {@link dev.stillhouse.datasets.schema.ModelOutputs#SCHEMA}, a row for each text
     */
    Dataset<Row> outputs(EncoderSpec graph, Dataset<Row> textsDF);
}
