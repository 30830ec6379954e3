package dev.stillhouse.datasets.plan;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.RuntimeConfig;

/**
 * Rows computed now and kept by the executors, with a plan that says no more of how they came about.
 *
 * <p>Spark 4.0's {@code localCheckpoint} carries the plan's constraints along, by names that a union or self-join of the rows no longer knows ({@code NoSuchElementException: key not found} in {@code UnionBase.rewriteConstraints}); so they are not derived here.
 */
public final class Checkpoint {
    private static final String CONSTRAINTS = "spark.sql.constraintPropagation.enabled";

    private Checkpoint() {}

    /** Computes the rows; to be given back by {@code unpersist}. */
    public static <T> Dataset<T> of(Dataset<T> rows) {
        RuntimeConfig conf = rows.sparkSession().conf();
        String before = conf.get(CONSTRAINTS);
        conf.set(CONSTRAINTS, false);
        try {
            return rows.localCheckpoint();
        } finally {
            conf.set(CONSTRAINTS, before);
        }
    }
}
