package dev.stillhouse.cli.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.md5;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.when;

import dev.stillhouse.curation.CurateConfig;
import dev.stillhouse.datasets.publish.RunWriter;
import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.Rejects;
import dev.stillhouse.datasets.schema.Removed;
import dev.stillhouse.reports.record.CurateFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** The figures of a curation, from the datasets that it wrote. */
final class CurateMeasures {
    private static final int EXCERPT = 200;

    /** Of each reason; the report shows at most as many as it is told to, so that another number there changes nothing here. */
    private static final int EXAMPLES = 1000;

    private final StageContext context;
    private final RunWriter writer;

    CurateMeasures(StageContext context, RunWriter writer) {
        this.context = context;
        this.writer = writer;
    }

    CurateFigures figures() {
        Dataset<Row> curatedDF = context.read(writer, Datasets.CURATED);
        Dataset<Row> removedDF = context.read(writer, Datasets.REMOVED);
        Dataset<Row> rejectsDF = context.read(writer, Datasets.REJECTS);
        Map<String, Long> removed = Counts.by(removedDF, Removed.REASON);
        Map<String, Long> rejected = Counts.by(rejectsDF, Rejects.REASON);
        long kept = writer.rows(Datasets.CURATED);
        return new CurateFigures(
                kept + Counts.total(removed) + Counts.total(rejected),
                kept,
                writer.rows(Datasets.EVALUATION),
                context.task().evaluate().sources().isEmpty(),
                removed,
                rejected,
                sources(
                        Counts.by(curatedDF, Curated.SOURCE),
                        Counts.by(removedDF, Removed.SOURCE),
                        Counts.by(rejectsDF, Rejects.SOURCE)),
                Counts.by(curatedDF, Curated.LABEL),
                rules(removed),
                examples(removedDF),
                Histograms.powersOfTwo(curatedDF, Curated.CHARACTERS));
    }

    private static List<CurateFigures.SourceCounts> sources(
            Map<String, Long> kept, Map<String, Long> removed, Map<String, Long> rejected) {
        TreeSet<String> names = new TreeSet<>(kept.keySet());
        names.addAll(removed.keySet());
        names.addAll(rejected.keySet());
        List<CurateFigures.SourceCounts> counts = new ArrayList<>();
        for (String name : names) {
            long stays = kept.getOrDefault(name, 0L);
            long goes = removed.getOrDefault(name, 0L);
            long bad = rejected.getOrDefault(name, 0L);
            counts.add(new CurateFigures.SourceCounts(name, stays + goes + bad, stays, goes, bad));
        }
        return counts;
    }

    private List<CurateFigures.Rule> rules(Map<String, Long> removed) {
        CurateConfig config = context.task().curate();
        return List.of(
                rule(Removed.TOO_SHORT, "characters >= " + config.minCharacters(), removed),
                rule(Removed.TOO_LONG, "characters <= " + config.maxCharacters(), removed),
                rule(Removed.CONTAMINATED, "normalised text not in evaluate", removed),
                rule(
                        Removed.EXACT_DUPLICATE,
                        config.exactDuplicates() ? "normalised text once, smallest (source, id)" : "off",
                        removed));
    }

    private static CurateFigures.Rule rule(String reason, String condition, Map<String, Long> removed) {
        return new CurateFigures.Rule(reason, condition, removed.getOrDefault(reason, 0L));
    }

    private List<CurateFigures.Example> examples(Dataset<Row> removedDF) {
        Column spread = md5(concat_ws("/", col(Removed.SOURCE), col(Removed.ID)));
        Column copy = when(
                        col(Removed.KEPT_ID).isNotNull(),
                        row_number()
                                .over(Window.partitionBy(Removed.REASON, Removed.KEPT_SOURCE, Removed.KEPT_ID)
                                        .orderBy(spread)))
                .otherwise(1);
        // Different ones first: of copies of one document one, before any second.
        return removedDF
                .withColumn("copy", copy)
                .withColumn(
                        "place",
                        row_number().over(Window.partitionBy(Removed.REASON).orderBy(col("copy"), spread)))
                .where(col("place").leq(EXAMPLES))
                .withColumn(Removed.TEXT, substring(col(Removed.TEXT), 1, EXCERPT))
                .orderBy(Removed.REASON, "place")
                .collectAsList()
                .stream()
                .map(CurateMeasures::example)
                .toList();
    }

    private static CurateFigures.Example example(Row row) {
        return new CurateFigures.Example(
                row.getAs(Removed.REASON),
                row.getAs(Removed.SOURCE),
                row.getAs(Removed.ID),
                row.getAs(Removed.TEXT),
                row.getAs(Removed.RULE),
                Optional.ofNullable(row.<Double>getAs(Removed.VALUE)),
                Optional.ofNullable(row.<String>getAs(Removed.KEPT_SOURCE)),
                Optional.ofNullable(row.<String>getAs(Removed.KEPT_ID)));
    }
}
