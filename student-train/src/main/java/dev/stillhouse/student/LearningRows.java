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
    private static final String SHARD = "shard";
    private static final String PIECE = "piece";

    private static final int ROWS_PER_SHARD = 65_536;
    /** Characters and soft labels of a shard, in which passes over it stay short. */
    private static final long CHARACTERS_PER_SHARD = 64L << 20;

    private static final long LABELS_PER_SHARD = 32L << 20;

    /** Characters and soft labels of a piece, which a task holds several times over. A character stands for up to 20 bytes of features. */
    private static final long CHARACTERS_PER_PIECE = 4L << 20;

    private static final long LABELS_PER_PIECE = 8L << 20;
    private static final String CHARACTERS = "characters";
    private static final double SELECT_SHARE = 0.1;
    private static final int LEAST_SELECT = 200;
    private static final int MOST_SELECT = 5_000;

    private LearningRows() {}

    /**
     * How rows are dealt: by their number and size and the number of labels alone.
     *
     * @param shards what is passed over at once, and mixed afterwards
     * @param pieces of a shard, one of which is held at a time
     */
    record Deal(int shards, int pieces) {
        static final Deal ONE = new Deal(1, 1);

        static Deal of(long rows, long characters, int labels) {
            int shards = number(rows, characters, labels);
            long byCharacters = parts(characters, shards * CHARACTERS_PER_PIECE);
            return new Deal(
                    shards, Math.toIntExact(Math.max(byCharacters, parts(rows * labels, shards * LABELS_PER_PIECE))));
        }
    }

    private static int number(long rows, long characters, int labels) {
        long bySize = Math.max(parts(rows, ROWS_PER_SHARD), parts(characters, CHARACTERS_PER_SHARD));
        return Math.toIntExact(Math.max(bySize, parts(rows * labels, LABELS_PER_SHARD)));
    }

    /** How many parts of a size make up a whole, one at least. */
    private static long parts(long whole, long size) {
        return Math.max(1, (whole + size - 1) / size);
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

    /** The rows of each shard and piece together and in order, with the columns text, label, gold and probabilities after the numbers of shard and piece. */
    static Dataset<Row> dealt(Dataset<Row> rows, Deal deal) {
        return rows.withColumn(SHARD, place(Curated.SOURCE, Curated.ID, deal.shards()))
                .withColumn(PIECE, place(Curated.ID, Curated.SOURCE, deal.pieces()))
                // A column of its own: an expression to sort by would be computed for every comparison.
                .withColumn(CHARACTERS, length(col(Curated.TEXT)))
                .repartition(deal.shards(), col(SHARD))
                .sortWithinPartitions(SHARD, PIECE, CHARACTERS, Curated.SOURCE, Curated.ID)
                .select(
                        col(SHARD),
                        col(PIECE),
                        col(Curated.TEXT),
                        col(Curated.LABEL),
                        col(SoftLabels.GOLD),
                        col(SoftLabels.PROBABILITIES));
    }

    private static Column place(String first, String second, int places) {
        return pmod(xxhash64(col(first), col(second)), lit(places)).cast("int");
    }
}
