package dev.stillhouse.datasets.source;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What was read: every selected row once, in one of the two. Both are plans: nothing is read before an action, and each action reads again.
 *
 * @param documents rows that are documents, in the shape of {@link dev.stillhouse.datasets.schema.Documents#SCHEMA}
 * @param rejects rows that are none, in the shape of {@link dev.stillhouse.datasets.schema.Rejects#SCHEMA}
 */
public record SourceRows(Dataset<Row> documents, Dataset<Row> rejects) {

    /** All rows of both. */
    SourceRows union(SourceRows other) {
        return new SourceRows(documents.union(other.documents), rejects.union(other.rejects));
    }
}
