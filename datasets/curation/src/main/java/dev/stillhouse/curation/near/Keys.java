package dev.stillhouse.curation.near;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import dev.stillhouse.datasets.schema.Documents;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Keys of 64 bits for documents, so that bands and links are small: a hash of source and id, with the first salt by which no two documents share one. */
final class Keys {
    static final String DOCUMENT = "document";
    static final String TEXT = Documents.TEXT;

    /** Among a billion documents one salt fails with a chance of 3 %. */
    private static final int SALTS = 20;

    private Keys() {}

    /** The documents with the column {@link #DOCUMENT}. */
    static Dataset<Row> add(Dataset<Row> documents) {
        for (int salt = 0; salt < SALTS; salt++) {
            Column key = xxhash64(lit(salt), col(Documents.SOURCE), col(Documents.ID));
            boolean shared = !documents
                    .groupBy(key.as(DOCUMENT))
                    .agg(count(lit(1)).as("documents"))
                    .where(col("documents").gt(1))
                    .isEmpty();
            if (!shared) {
                return documents.withColumn(DOCUMENT, key);
            }
        }
        throw new IllegalStateException("Cannot find keys for documents: some share source and id");
    }
}
