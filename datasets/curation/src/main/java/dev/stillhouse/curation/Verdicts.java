package dev.stillhouse.curation;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.Documents;
import dev.stillhouse.datasets.schema.Removed;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataTypes;

/**
 * The verdict on every document: null reason where it stays, else the first that applies of length bounds, contamination and exact duplicate. Pure transforms, the same rows for any partitioning.
 */
final class Verdicts {
    private static final String ORDER = "duplicate_order";
    private static final String SURVIVOR = "survivor";
    private static final String EVALUATED = "evaluated";

    private Verdicts() {}

    /**
     * Judges documents.
     *
     * @param signals shape of {@link SignalsFunction#SCHEMA}
     * @param evaluation evaluation documents of the same shape; may be empty
     * @return the signals and the columns reason, rule, value, kept_source and kept_id
     */
    static Dataset<Row> judge(Dataset<Row> signals, Dataset<Row> evaluation, CurateConfig config) {
        Dataset<Row> evaluatedDF = evaluation
                .groupBy(col(Curated.TEXT_HASH))
                .agg(min(struct(col(Documents.SOURCE), col(Documents.ID))).as(EVALUATED));
        Dataset<Row> boundedDF = signals.join(
                        evaluatedDF, signals.col(Curated.TEXT_HASH).equalTo(evaluatedDF.col(Curated.TEXT_HASH)), "left")
                .drop(evaluatedDF.col(Curated.TEXT_HASH))
                .withColumn(Removed.REASON, firstReason(config));
        return duplicates(boundedDF, config)
                .withColumn(Removed.RULE, rule(config))
                .withColumn(Removed.VALUE, value())
                .withColumn(Removed.KEPT_SOURCE, kept(Documents.SOURCE))
                .withColumn(Removed.KEPT_ID, kept(Documents.ID))
                .drop(ORDER, SURVIVOR, EVALUATED);
    }

    private static Column firstReason(CurateConfig config) {
        return when(col(Curated.CHARACTERS).lt(config.minCharacters()), Removed.TOO_SHORT)
                .when(col(Curated.CHARACTERS).gt(config.maxCharacters()), Removed.TOO_LONG)
                .when(col(EVALUATED).isNotNull(), Removed.CONTAMINATED);
    }

    /** Equal texts get equal reasons so far, so the window's survivor is a document that stays. */
    private static Dataset<Row> duplicates(Dataset<Row> boundedDF, CurateConfig config) {
        WindowSpec copies =
                Window.partitionBy(col(Curated.TEXT_HASH)).orderBy(col(Documents.SOURCE), col(Documents.ID));
        return boundedDF
                .withColumn(ORDER, row_number().over(copies))
                .withColumn(
                        SURVIVOR,
                        first(struct(col(Documents.SOURCE), col(Documents.ID))).over(copies))
                .withColumn(
                        Removed.REASON,
                        coalesce(
                                col(Removed.REASON),
                                when(
                                        lit(config.exactDuplicates())
                                                .and(col(ORDER).gt(1)),
                                        Removed.EXACT_DUPLICATE)));
    }

    private static Column rule(CurateConfig config) {
        return when(col(Removed.REASON).equalTo(Removed.TOO_SHORT), "characters >= " + config.minCharacters())
                .when(col(Removed.REASON).equalTo(Removed.TOO_LONG), "characters <= " + config.maxCharacters())
                .when(col(Removed.REASON).equalTo(Removed.CONTAMINATED), "normalised text not in evaluate")
                .when(
                        col(Removed.REASON).equalTo(Removed.EXACT_DUPLICATE),
                        "normalised text once, smallest (source, id)");
    }

    private static Column value() {
        return when(col(Removed.REASON).isin(Removed.TOO_SHORT, Removed.TOO_LONG), col(Curated.CHARACTERS))
                .cast(DataTypes.DoubleType);
    }

    private static Column kept(String field) {
        return when(
                        col(Removed.REASON).equalTo(Removed.EXACT_DUPLICATE),
                        col(SURVIVOR).getField(field))
                .when(
                        col(Removed.REASON).equalTo(Removed.CONTAMINATED),
                        col(EVALUATED).getField(field));
    }
}
