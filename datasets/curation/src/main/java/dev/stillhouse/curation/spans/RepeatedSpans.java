package dev.stillhouse.curation.spans;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;

import dev.stillhouse.datasets.plan.SmallTables;
import dev.stillhouse.datasets.schema.Documents;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Cuts lines or paragraphs that stand in several documents from all but the first of them, as Dolma and C4 do, but by a rule that does not depend on the order of reading: the copies stay in what is always kept, then in documents that pass what they are judged by as they were read, then in those with the smallest (source, id). Texts of the same spans in the same order are cut alike, as one document. The same rows for any partitioning.
 */
public final class RepeatedSpans {
    private static final String SPAN = "span";
    private static final String PLACE = "place";
    private static final String OWNER = SpanLister.OWNER;
    private static final String RANK = "rank";
    private static final String KEPT = "kept";
    private static final String CUT_HASH = "cut_hash";

    private final RepeatedSpansConfig config;

    public RepeatedSpans(RepeatedSpansConfig config) {
        this.config = config;
    }

    /**
     * Cuts repeated spans.
     *
     * @param documents shape of {@link Documents}, with {@link SpanCutter#PROTECTED} and {@link SpanCutter#PASSES}
     * @return the same documents with {@link SpanCutter#READ_TEXT} and {@link SpanCutter#CUTS}: the text as it was read and what was cut, null where nothing was
     */
    public Dataset<Row> cut(Dataset<Row> documents) {
        Dataset<Row> hashed =
                documents.withColumn(SpanCutter.TEXT_HASH, SpanCutter.hash(col(Documents.TEXT), config.unit()));
        Dataset<Row> spans = hashed.select(col(Documents.TEXT), col(SpanCutter.TEXT_HASH), owner().as(OWNER))
                .mapPartitions(new SpanLister(config.unit(), config.minWords()), Encoders.row(SpanLister.SCHEMA))
                .select(
                        col(SpanCutter.TEXT_HASH),
                        col(OWNER),
                        explode(col(SpanLister.SPANS)).as("listed"))
                .select(
                        col(SpanCutter.TEXT_HASH),
                        col(OWNER),
                        col("listed").getField(SpanLister.PLACE).as(PLACE),
                        col("listed").getField(SpanLister.HASH).as(SPAN))
                .groupBy(SPAN, SpanCutter.TEXT_HASH, PLACE)
                .agg(min(OWNER).as(OWNER));
        return SmallTables.leftJoin(hashed, cuts(spans), SpanCutter.TEXT_HASH, CUT_HASH)
                .drop(SpanCutter.TEXT_HASH)
                .transform(joined -> SpanCutter.apply(joined, config.unit()));
    }

    /** What the documents with a span are ordered by: the first of them keep it. */
    private static Column owner() {
        return struct(
                not(col(SpanCutter.PROTECTED)).as(SpanLister.CUT),
                not(col(SpanCutter.PASSES)).as(SpanLister.GOES),
                col(Documents.SOURCE),
                col(Documents.ID));
    }

    /** By the hash of a text's spans, the places of those to cut, each with the first document that has the span. */
    private Dataset<Row> cuts(Dataset<Row> spans) {
        WindowSpec copies = Window.partitionBy(SPAN);
        WindowSpec inOrder = copies.orderBy(col(OWNER), col(PLACE));
        return spans.withColumn("copies", count(lit(1)).over(copies))
                .where(col("copies").gt(config.copies()))
                .withColumn(RANK, row_number().over(inOrder))
                .withColumn(KEPT, first(col(OWNER)).over(inOrder))
                .where(col(RANK).gt(config.copies()).and(col(OWNER).getField(SpanLister.CUT)))
                .groupBy(col(SpanCutter.TEXT_HASH).as(CUT_HASH))
                .agg(array_sort(collect_list(struct(
                                col(PLACE).as(SpanLister.PLACE),
                                col(KEPT).getField(Documents.SOURCE).as("kept_source"),
                                col(KEPT).getField(Documents.ID).as("kept_id"))))
                        .as(SpanCutter.PLACES));
    }
}
