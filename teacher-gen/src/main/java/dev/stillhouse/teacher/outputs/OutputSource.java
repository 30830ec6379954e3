package dev.stillhouse.teacher.outputs;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import dev.stillhouse.datasets.schema.ModelOutputs;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;

/** What gives texts their outputs: a model, an endpoint, or a column that has them already. Immutable. */
public interface OutputSource {

    /** What people call it: the model's name or folder, or the column's name. */
    String name();

    /** All that its outputs depend on, short enough for a folder: equal identities give equal outputs. */
    String identity();

    /**
     * Refuses what cannot give outputs here, before a text is run.
     *
     * @throws dev.stillhouse.udfs.errors.ConfigurationException if what it needs is not there
     */
    default void check() {}

    /** Whether each text costs so much that some may have to be left, and the most urgent come first. */
    default boolean isPaid() {
        return false;
    }

    /** Reasons for a missing output that may be gone in a later run, which then tries the text again. */
    default Set<String> passingReasons() {
        return Set.of();
    }

    /** Whether a row of {@link ModelOutputs} is a text's for good: has an output, or none for a reason that does not pass. */
    default Column isSettled() {
        return not(coalesce(col(ModelOutputs.REASON).isin(passingReasons().toArray()), lit(false)));
    }

    /**
     * What running texts is going to cost; may run the sample.
     *
     * @param nanoTime nanoseconds that never run backwards, such as {@code System::nanoTime}
     */
    default Cost cost(SparkSession spark, Outputs.Need need, LongSupplier nanoTime) {
        return Cost.UNKNOWN;
    }

    /**
     * Its outputs.
     *
     * @param caches folder of all caches, each in a folder of its own in there
     */
    Outputs open(SparkSession spark, Path caches);
}
