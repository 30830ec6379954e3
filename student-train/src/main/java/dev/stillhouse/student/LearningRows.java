package dev.stillhouse.student;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.md5;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.xxhash64;

import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.SoftLabels;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** How learning rows are cut into fit and select parts and into shards: by hashes of content and key, so the same for any partitioning. */
final class LearningRows {
    static final String SHARD = "shard";

    private static final int ROWS_PER_SHARD = 65_536;
    /** Characters and soft labels of a shard, so that it fits an array and its task's memory. */
    private static final long CHARACTERS_PER_SHARD = 64L << 20;

    private static final long LABELS_PER_SHARD = 32L << 20;
    private static final double SELECT_SHARE = 0.1;
    private static final int LEAST_SELECT = 200;
    private static final int MOST_SELECT = 5_000;

    private LearningRows() {}

    /** Number of shards of the fit part: by its size and the number of labels alone. */
    static int shards(long rows, long characters, int labels) {
        long byRows = (rows + ROWS_PER_SHARD - 1) / ROWS_PER_SHARD;
        long byCharacters = (characters + CHARACTERS_PER_SHARD - 1) / CHARACTERS_PER_SHARD;
        long byLabels = (rows * labels + LABELS_PER_SHARD - 1) / LABELS_PER_SHARD;
        return Math.toIntExact(Math.max(1, Math.max(byRows, Math.max(byCharacters, byLabels))));
    }

    /**
     * Whether a row is in the select part: of those that are representative the first by a hash of their text, as many as a tenth of all rows, but 200 at least (never more than a third of the representative ones) and 5,000 at most. Rows of one text go together. One job.
     *
     * @param rowsDF all rows to learn from
     * @param rows how many
     * @param representative how many of them are representative, at least 2
     */
    static Column isSelect(Dataset<Row> rowsDF, long rows, long representative) {
        double enough = Math.min(MOST_SELECT, Math.max(SELECT_SHARE * rows, LEAST_SELECT));
        double wanted = Math.min(enough, representative / 3.0);
        Column place = md5(concat(lit("select:"), col(Curated.TEXT_HASH)).cast("binary"));
        String last = rowsDF.where(col(SoftLabels.REPRESENTATIVE))
                .select(place.as("place"))
                .orderBy("place")
                .limit(Math.max(1, (int) wanted))
                .agg(max("place"))
                .head()
                .getString(0);
        return col(SoftLabels.REPRESENTATIVE).and(place.leq(last));
    }

    /** The rows of each shard together and in order, with the columns text, label, gold and probabilities after the shard's number. */
    static Dataset<Row> sharded(Dataset<Row> rows, int shards) {
        return rows.withColumn(
                        SHARD,
                        pmod(xxhash64(col(Curated.SOURCE), col(Curated.ID)), lit(shards))
                                .cast("int"))
                .repartition(shards, col(SHARD))
                .sortWithinPartitions(col(SHARD), length(col(Curated.TEXT)), col(Curated.SOURCE), col(Curated.ID))
                .select(
                        col(SHARD),
                        col(Curated.TEXT),
                        col(Curated.LABEL),
                        col(SoftLabels.GOLD),
                        col(SoftLabels.PROBABILITIES));
    }
}
