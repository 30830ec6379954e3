package dev.stillhouse.teacher.outputs;

import dev.stillhouse.datasets.schema.ModelOutputs;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A source that runs texts, which costs, so that what it returned is kept in an {@link OutputCache}. */
public interface Inference extends OutputSource {

    /** Characters of a text that it reads at most. */
    int maxCharacters();

    /** Reasons for a missing output that may be gone in a later run, which then tries the text again. */
    default Set<String> passingReasons() {
        return Set.of();
    }

    /**
     * The work of a task: rows (text_hash, text) in the order of length to {@link ModelOutputs#SCHEMA}. A text without a row is one that was not run.
     *
     * @param tasks how many tasks share the work
     */
    MapPartitionsFunction<Row, Row> task(SparkSession spark, InferenceMeter meter, int tasks);

    @Override
    default Outputs open(SparkSession spark, Path caches) {
        return new OutputCache(spark, caches, this);
    }
}
