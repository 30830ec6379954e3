package dev.stillhouse.curation;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;

import dev.stillhouse.datasets.schema.Documents;
import dev.stillhouse.datasets.schema.Removed;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Makes every removed duplicate name a document that stays: where the one that it was removed for was removed later, the one that stays for that. */
final class Survivors {
    private static final String NAMED = "named_key";
    private static final String GONE = "gone_key";
    private static final String INSTEAD = "instead";

    private Survivors() {}

    /**
     * Follows the documents that duplicates name, one step.
     *
     * @param judged documents with reason, kept_source and kept_id
     * @param reason the reason of those that may have gone after others were removed for them
     */
    static Dataset<Row> follow(Dataset<Row> judged, String reason) {
        Column kept = struct(
                col(Removed.KEPT_SOURCE).as(Documents.SOURCE),
                col(Removed.KEPT_ID).as(Documents.ID));
        Dataset<Row> gone = judged.where(col(Removed.REASON).equalTo(reason))
                .select(struct(col(Documents.SOURCE), col(Documents.ID)).as(GONE), kept.as(INSTEAD));
        Dataset<Row> followed = SmallTables.leftJoin(judged.withColumn(NAMED, kept), gone, NAMED, GONE);
        Column instead = col(INSTEAD);
        return followed.withColumn(
                        Removed.KEPT_SOURCE, coalesce(instead.getField(Documents.SOURCE), col(Removed.KEPT_SOURCE)))
                .withColumn(Removed.KEPT_ID, coalesce(instead.getField(Documents.ID), col(Removed.KEPT_ID)))
                .drop(NAMED, INSTEAD);
    }
}
