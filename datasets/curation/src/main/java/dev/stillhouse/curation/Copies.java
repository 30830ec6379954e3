package dev.stillhouse.curation;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
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

/**
 * Documents that agree in one column: the survivor is the one with the smallest (source, id), those that are always kept first. Only that column and the ids are shuffled, never the texts.
 *
 * @param column what must agree; documents where it is null have no copies
 * @param reason reason of the removal, or of the annotation
 * @param rule the rule in words
 * @param drop whether copies are dropped, else annotated
 */
record Copies(String column, String reason, String rule, boolean drop) {
    private static final String SURVIVOR = "survivor";
    private static final String COPIES = "copies";
    private static final String GROUP = "copies_of";

    /** Adds the reason to the copies among the documents that have none yet. */
    Dataset<Row> find(Dataset<Row> documents) {
        Column source = col(SURVIVOR).getField(Documents.SOURCE);
        Column id = col(SURVIVOR).getField(Documents.ID);
        Column copy = col(Removed.REASON)
                .isNull()
                .and(source.isNotNull())
                .and(col(OwnColumns.ALWAYS_KEEP).equalTo(false))
                .and(not(source.equalTo(col(Documents.SOURCE)).and(id.equalTo(col(Documents.ID)))));
        Dataset<Row> joined = SmallTables.leftJoin(documents, survivors(documents), column, GROUP);
        return verdict(joined, coalesce(copy, lit(false)), source, id).drop(SURVIVOR);
    }

    /** Who stays of the documents that have copies, by what agrees. */
    Dataset<Row> survivors(Dataset<Row> documents) {
        return documents
                .where(col(Removed.REASON).isNull().and(col(column).isNotNull()))
                .groupBy(col(column).as(GROUP))
                .agg(
                        min(struct(not(col(OwnColumns.ALWAYS_KEEP)), col(Documents.SOURCE), col(Documents.ID)))
                                .as(SURVIVOR),
                        count(lit(1)).as(COPIES))
                .where(col(COPIES).gt(1))
                .drop(COPIES);
    }

    private Dataset<Row> verdict(Dataset<Row> joined, Column copy, Column source, Column id) {
        String isCopy = "is_copy";
        Dataset<Row> marked = joined.withColumn(isCopy, copy);
        Column hit = col(isCopy);
        Dataset<Row> told = drop
                ? marked.withColumn(Removed.REASON, when(hit, reason).otherwise(col(Removed.REASON)))
                        .withColumn(Removed.RULE, when(hit, rule).otherwise(col(Removed.RULE)))
                        .withColumn(Removed.KEPT_SOURCE, when(hit, source).otherwise(col(Removed.KEPT_SOURCE)))
                        .withColumn(Removed.KEPT_ID, when(hit, id).otherwise(col(Removed.KEPT_ID)))
                : marked.withColumn(
                                Curated.DUPLICATE_REASON, when(hit, reason).otherwise(col(Curated.DUPLICATE_REASON)))
                        .withColumn(
                                Curated.DUPLICATE_SOURCE, when(hit, source).otherwise(col(Curated.DUPLICATE_SOURCE)))
                        .withColumn(Curated.DUPLICATE_ID, when(hit, id).otherwise(col(Curated.DUPLICATE_ID)));
        return told.drop(isCopy);
    }
}
