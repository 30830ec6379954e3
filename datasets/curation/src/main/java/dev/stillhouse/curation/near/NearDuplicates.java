package dev.stillhouse.curation.near;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;

import dev.stillhouse.datasets.plan.Checkpoint;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.storage.StorageLevel;

/**
 * Near-duplicates as an action: bands of MinHash signatures propose, documents that share one form clusters, and within a cluster every removal is verified against a document that stays. The same rows for any partitioning.
 *
 * <p>Links go from each document of a bucket to the bucket's smallest key, so that a bucket of n documents has n - 1 links and not n².
 */
public final class NearDuplicates {
    /** Whether a document is always kept. */
    public static final String ALWAYS_KEEP = "always_keep";

    private static final int MOST_ROUNDS = 50;
    private static final String BUCKET = "bucket";
    private static final String CENTER = "center";
    private static final String SIZE = "size";

    private final NearDuplicatesConfig config;

    public NearDuplicates(NearDuplicatesConfig config) {
        this.config = config;
    }

    /**
     * Finds near-duplicates; an action that runs a dozen jobs.
     *
     * @param documents source, id, text, always_keep, and what order names; read several times, so what it took to make them should be cheap
     * @param order the order of survivors, total: what is always kept first, (source, id) last
     * @return shape of {@link dev.stillhouse.datasets.schema.Proposals}: every document that shares a band with another
     */
    public Dataset<Row> find(Dataset<Row> documents, Column[] order) {
        Dataset<Row> keyed = Keys.add(documents);
        Dataset<Row> shared = shared(bucketsOf(keyed)).persist(StorageLevel.MEMORY_AND_DISK());
        Dataset<Row> links = shared.where(col(Keys.DOCUMENT).notEqual(col(CENTER)))
                .select(Keys.DOCUMENT, CENTER)
                .distinct();
        Dataset<Row> components = new ConnectedComponents(MOST_ROUNDS).of(links);
        Dataset<Row> buckets = shared.groupBy(Keys.DOCUMENT)
                .agg(array_sort(collect_list(col(BUCKET))).as(Signatures.BUCKETS));
        Dataset<Row> members = buckets.join(
                        components, col(Keys.DOCUMENT).equalTo(col(ConnectedComponents.VERTEX)), "left")
                .withColumn(
                        ConnectedComponents.COMPONENT, coalesce(col(ConnectedComponents.COMPONENT), col(Keys.DOCUMENT)))
                .drop(ConnectedComponents.VERTEX)
                .join(keyed, Keys.DOCUMENT);
        try {
            return Checkpoint.of(Verification.of(members, order, VerificationRule.of(config)));
        } finally {
            shared.unpersist();
            Checkpoint.release(components);
        }
    }

    private Dataset<Row> bucketsOf(Dataset<Row> keyed) {
        Dataset<Row> signatures = config.family() == NearDuplicatesConfig.Family.AFFINE
                ? Signatures.of(keyed, config)
                : SqlSignatures.of(keyed, config);
        return signatures.select(
                col(Keys.DOCUMENT), explode(col(Signatures.BUCKETS)).as(BUCKET));
    }

    /** Buckets of two documents and more, with the smallest key in each. */
    private static Dataset<Row> shared(Dataset<Row> buckets) {
        WindowSpec bucket = Window.partitionBy(BUCKET);
        return buckets.withColumn(CENTER, min(col(Keys.DOCUMENT)).over(bucket))
                .withColumn(SIZE, count(lit(1)).over(bucket))
                .where(col(SIZE).gt(1))
                .drop(SIZE);
    }
}
