package dev.stillhouse.datasets.plan;

import static org.apache.spark.sql.functions.broadcast;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Joins whole documents with tables that are mostly small: a small one is sent to every executor, so that no text is shuffled for it. */
public final class SmallTables {
    private static final long SMALL_BYTES = 100L << 20;

    private SmallTables() {}

    /** The documents with the columns of the table's row whose key agrees, null where none does; the table's key column is dropped. Computes the table. */
    public static Dataset<Row> leftJoin(Dataset<Row> documents, Dataset<Row> table, String column, String key) {
        Dataset<Row> kept = Checkpoint.of(table);
        Dataset<Row> right = Checkpoint.bytes(kept) <= SMALL_BYTES ? broadcast(kept) : kept;
        return documents
                .join(right, documents.col(column).equalTo(right.col(key)), "left")
                .drop(right.col(key));
    }
}
