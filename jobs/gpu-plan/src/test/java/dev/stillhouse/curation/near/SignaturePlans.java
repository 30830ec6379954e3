package dev.stillhouse.curation.near;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import dev.stillhouse.datasets.schema.Documents;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Signatures of near-duplicates in Spark's own expressions. */
public final class SignaturePlans {
    /** Of the plan. */
    public static final String NAME = "signatures";

    private SignaturePlans() {}

    /** The plan. */
    public static Dataset<Row> of(Dataset<Row> documentsDF, NearDuplicatesConfig config) {
        Dataset<Row> keyedDF = documentsDF.select(
                xxhash64(lit(0), col(Documents.SOURCE), col(Documents.ID)).as(Keys.DOCUMENT), col(Keys.TEXT));
        return SqlSignatures.of(keyedDF, config);
    }
}
