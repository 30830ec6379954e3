package dev.stillhouse.curation;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import dev.stillhouse.datasets.plan.SmallTables;
import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.Documents;
import dev.stillhouse.datasets.schema.Removed;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Makes every duplicate name a document that stays: where the one that it was removed for, or is annotated with, was removed later, the one that stays for that. */
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
        Dataset<Row> gone = judged.where(col(Removed.REASON).equalTo(reason))
                .select(document().as(GONE), kept().as(INSTEAD));
        // Documents to evaluate on are of other sources, which may have the same names.
        Column named = when(not(col(Removed.REASON).equalTo(Removed.CONTAMINATED)), kept());
        Dataset<Row> followed = SmallTables.leftJoin(judged.withColumn(NAMED, named), gone, NAMED, GONE);
        Column instead = col(INSTEAD);
        return followed.withColumn(
                        Removed.KEPT_SOURCE, coalesce(instead.getField(Documents.SOURCE), col(Removed.KEPT_SOURCE)))
                .withColumn(Removed.KEPT_ID, coalesce(instead.getField(Documents.ID), col(Removed.KEPT_ID)))
                .drop(NAMED, INSTEAD);
    }

    /**
     * Follows the documents that annotations name, one step; an annotation is taken back where nothing stays for the one that it names, or the document itself does.
     *
     * @param judged documents with all reasons and annotations
     */
    static Dataset<Row> followAnnotations(Dataset<Row> judged) {
        Dataset<Row> gone =
                judged.where(col(Removed.REASON).isNotNull()).select(document().as(GONE), kept().as(INSTEAD));
        Column named = struct(
                col(Curated.DUPLICATE_SOURCE).as(Documents.SOURCE),
                col(Curated.DUPLICATE_ID).as(Documents.ID));
        Dataset<Row> followed = SmallTables.leftJoin(judged.withColumn(NAMED, named), gone, NAMED, GONE);
        Column instead = col(INSTEAD);
        Column stays = instead.isNull();
        Column nothing = instead.getField(Documents.ID).isNull().or(instead.equalTo(document()));
        return followed.withColumn(
                        Curated.DUPLICATE_REASON, when(stays.or(not(nothing)), col(Curated.DUPLICATE_REASON)))
                .withColumn(
                        Curated.DUPLICATE_SOURCE,
                        when(stays, col(Curated.DUPLICATE_SOURCE))
                                .when(not(nothing), instead.getField(Documents.SOURCE)))
                .withColumn(
                        Curated.DUPLICATE_ID,
                        when(stays, col(Curated.DUPLICATE_ID)).when(not(nothing), instead.getField(Documents.ID)))
                .drop(NAMED, INSTEAD);
    }

    private static Column document() {
        return struct(col(Documents.SOURCE), col(Documents.ID));
    }

    private static Column kept() {
        return struct(
                col(Removed.KEPT_SOURCE).as(Documents.SOURCE),
                col(Removed.KEPT_ID).as(Documents.ID));
    }
}
