package dev.stillhouse.curation;

import static org.apache.spark.sql.functions.broadcast;

import dev.stillhouse.datasets.plan.Checkpoint;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Joins whole documents with tables that are mostly small: a small one is sent to every executor, so that no text is shuffled for it. */
final class SmallTables {
    /** Rows of some 100 bytes: some 50 MB in each executor. */
    private static final long SMALL = 500_000;

    private SmallTables() {}

    /** The documents with the columns of the table's row whose key agrees, null where none does; the table's key column is dropped. Counts the table. */
    static Dataset<Row> leftJoin(Dataset<Row> documents, Dataset<Row> table, String column, String key) {
        Dataset<Row> kept = Checkpoint.of(table);
        Dataset<Row> right = kept.count() <= SMALL ? broadcast(kept) : kept;
        return documents
                .join(right, documents.col(column).equalTo(right.col(key)), "left")
                .drop(right.col(key));
    }
}
