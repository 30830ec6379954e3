package dev.stillhouse.datasets.plan;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import java.util.function.LongSupplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Counts rows on their way to be written, to be compared with those that are read back. For one write. */
public final class RowsWritten {
    private static final String RAPIDS = "com.nvidia.spark.SQLPlugin";
    private static final String ROWS = "rows";

    private final Observation observation;
    private final boolean counts;

    /**
     * @param name of the write, in Spark's plans
     */
    public RowsWritten(SparkSession spark, String name) {
        this.observation = new Observation(name);
        this.counts = areCounted(spark);
    }

    /** Whether rows can be counted: RAPIDS fails on a plan that observes what passes through it. */
    public static boolean areCounted(SparkSession spark) {
        return !spark.sparkContext().getConf().get("spark.plugins", "").contains(RAPIDS);
    }

    /** The same rows, which are counted when they are written. */
    public Dataset<Row> of(Dataset<Row> rowsDF) {
        return counts ? rowsDF.observe(observation, count(lit(1)).as(ROWS)) : rowsDF;
    }

    /**
     * How many were written; waits until they are.
     *
     * @param otherwise what is given where they cannot be counted
     */
    public long orElse(LongSupplier otherwise) {
        if (!counts) {
            return otherwise.getAsLong();
        }
        try {
            return (Long) observation.getAsJava().get(ROWS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Cannot publish: the run was interrupted", e);
        }
    }
}
