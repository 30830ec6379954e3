package dev.stillhouse.cli.measures;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.md5;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.substring;

import dev.stillhouse.curation.near.NearDuplicatesConfig;
import dev.stillhouse.datasets.plan.Checkpoint;
import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.Proposals;
import dev.stillhouse.reports.record.NearDuplicateFigures;
import dev.stillhouse.udfs.minhash.LshParameters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** Figures of near-duplicates, from the published proposals. */
public final class NearDuplicateMeasures {
    private static final int TEXT = 20_000;

    private final NearDuplicatesConfig config;
    private final int mostPairs;

    /**
     * @param config how they were looked for
     * @param mostPairs pairs to collect
     */
    public NearDuplicateMeasures(NearDuplicatesConfig config, int mostPairs) {
        this.config = config;
        this.mostPairs = mostPairs;
    }

    /**
     * Measures.
     *
     * @param proposals shape of {@link Proposals}
     * @param texts source, id and text of kept and removed documents
     */
    public NearDuplicateFigures of(Dataset<Row> proposals, Dataset<Row> texts) {
        Map<String, Long> outcomes = new LinkedHashMap<>(Counts.by(proposals, Proposals.OUTCOME));
        outcomes.remove(Proposals.SURVIVOR);
        long verified = outcomes.getOrDefault(Proposals.VERIFIED, 0L);
        long proposed = Counts.total(outcomes);
        outcomes.remove(Proposals.VERIFIED);
        Dataset<Row> found = proposals.where(col(Proposals.OUTCOME).equalTo(Proposals.VERIFIED));
        long clusters = found.select(countDistinct(col(Proposals.KEPT_SOURCE), col(Proposals.KEPT_ID)))
                .head()
                .getLong(0);
        Row largest = proposals
                .groupBy(Proposals.CLUSTER)
                .agg(count(lit(1)).as("documents"))
                .agg(max("documents"))
                .head();
        LshParameters parameters = config.parameters();
        return new NearDuplicateFigures(
                config.rule(),
                config.family().name().toLowerCase(Locale.ROOT),
                config.threshold(),
                config.recall(),
                parameters.bands(),
                parameters.rows(),
                parameters.curve(),
                proposed,
                verified,
                outcomes,
                clusters,
                largest.isNullAt(0) ? 0 : largest.getLong(0),
                pairs(found, texts));
    }

    /** Of each kept document the removed one that is least like it, of different kept documents first those that stand for most. */
    private List<NearDuplicateFigures.Pair> pairs(Dataset<Row> found, Dataset<Row> texts) {
        Column kept = struct(col(Proposals.KEPT_SOURCE), col(Proposals.KEPT_ID));
        Column spread = struct(
                md5(concat_ws("/", col(Proposals.SOURCE), col(Proposals.ID))),
                col(Proposals.SOURCE),
                col(Proposals.ID));
        Dataset<Row> chosen = Checkpoint.of(found.withColumn(
                        "place", row_number().over(Window.partitionBy(kept).orderBy(col(Proposals.JACCARD), spread)))
                .withColumn("size", count(lit(1)).over(Window.partitionBy(kept)).plus(1))
                .where(col("place").equalTo(1))
                .orderBy(col("size").desc(), spread)
                .limit(mostPairs));
        List<Row> rows = chosen.join(side(texts, "removed"), key("removed", Proposals.SOURCE, Proposals.ID))
                .join(side(texts, "kept"), key("kept", Proposals.KEPT_SOURCE, Proposals.KEPT_ID))
                .orderBy(col("size").desc(), spread)
                .collectAsList();
        Checkpoint.release(chosen);
        return rows.stream().map(NearDuplicateMeasures::pair).toList();
    }

    private static Dataset<Row> side(Dataset<Row> texts, String side) {
        return texts.select(
                col(Curated.SOURCE).as(side + "_side_source"),
                col(Curated.ID).as(side + "_side_id"),
                substring(col(Curated.TEXT), 1, TEXT).as(side + "_text"));
    }

    private static Column key(String side, String source, String id) {
        return col(source).equalTo(col(side + "_side_source")).and(col(id).equalTo(col(side + "_side_id")));
    }

    private static NearDuplicateFigures.Pair pair(Row row) {
        WordDifference difference = WordDifference.of(row.getAs("kept_text"), row.getAs("removed_text"));
        return new NearDuplicateFigures.Pair(
                row.getAs(Proposals.CLUSTER),
                row.<Long>getAs("size"),
                new NearDuplicateFigures.Side(
                        row.getAs(Proposals.KEPT_SOURCE), row.getAs(Proposals.KEPT_ID), difference.left()),
                new NearDuplicateFigures.Side(row.getAs(Proposals.SOURCE), row.getAs(Proposals.ID), difference.right()),
                row.<Double>getAs(Proposals.JACCARD),
                row.<Double>getAs(Proposals.CONTAINMENT),
                row.<Integer>getAs(Proposals.SHARED_BANDS));
    }
}
