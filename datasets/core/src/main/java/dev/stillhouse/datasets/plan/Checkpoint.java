package dev.stillhouse.datasets.plan;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.RuntimeConfig;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.LogicalRDD;
import org.apache.spark.storage.RDDInfo;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Rows computed now and kept by the executors, with a plan that says no more of how they came about.
 *
 * <p>Spark 4.0's {@code localCheckpoint} carries the plan's constraints along, by names that a union or self-join of the rows no longer knows ({@code NoSuchElementException: key not found} in {@code UnionBase.rewriteConstraints}); so they are not derived here.
 */
public final class Checkpoint {
    private static final String CONSTRAINTS = "spark.sql.constraintPropagation.enabled";

    private Checkpoint() {}

    /** Computes the rows; to be given back by {@link #release}. */
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

    /** Gives back what the executors keep for all checkpoints that the rows are made of; they cannot be read again. ({@code Dataset.unpersist} does not know of them.) */
    public static void release(Dataset<?> rows) {
        leaves(rows).forEach(rdd -> rdd.unpersist(false));
    }

    /** Bytes that the executors keep for the checkpoints that the rows are made of, in memory and on disk. */
    static long bytes(Dataset<?> rows) {
        RDDInfo[] kept = rows.sparkSession().sparkContext().getRDDStorageInfo();
        return leaves(rows)
                .flatMap(rdd -> Arrays.stream(kept).filter(info -> info.id() == rdd.id()))
                .mapToLong(info -> info.memSize() + info.diskSize())
                .sum();
    }

    private static Stream<RDD<?>> leaves(Dataset<?> rows) {
        return CollectionConverters.asJava(rows.queryExecution().logical().collectLeaves()).stream()
                .map(Checkpoint::checkpointed)
                .flatMap(Optional::stream);
    }

    private static Optional<RDD<?>> checkpointed(LogicalPlan leaf) {
        return leaf instanceof LogicalRDD rdd && rdd.rdd().isCheckpointed() ? Optional.of(rdd.rdd()) : Optional.empty();
    }
}
