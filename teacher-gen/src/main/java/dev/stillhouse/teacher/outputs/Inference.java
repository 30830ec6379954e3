package dev.stillhouse.teacher.outputs;

import dev.stillhouse.datasets.schema.ModelOutputs;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** A source that runs texts, which costs, so that what it returned is kept in an {@link OutputCache}. */
public interface Inference extends OutputSource {

    /** Characters of a text that it reads at most. */
    int maxCharacters();

    /** Columns of what it returns: {@link ModelOutputs#SCHEMA}, or {@link ModelOutputs#TEXTS} where that is text. */
    default StructType outputs() {
        return ModelOutputs.SCHEMA;
    }

    /**
     * The work of a task: rows (text_hash, text) in the order of length to rows of {@link #outputs}. A text without a row is one that was not run.
     *
     * @param tasks how many tasks share the work
     */
    MapPartitionsFunction<Row, Row> task(SparkSession spark, InferenceMeter meter, int tasks);

    @Override
    default Outputs open(SparkSession spark, Path caches) {
        return new OutputCache(spark, caches, this);
    }
}
