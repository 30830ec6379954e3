package dev.stillhouse.cli.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillhouse.cli.measures.Counts;
import dev.stillhouse.cli.measures.CurationTally;
import dev.stillhouse.cli.measures.ExampleMeasures;
import dev.stillhouse.cli.measures.NearDuplicateMeasures;
import dev.stillhouse.cli.measures.RuleMeasures;
import dev.stillhouse.cli.measures.SignalMeasures;
import dev.stillhouse.curation.CurateConfig;
import dev.stillhouse.curation.Rules;
import dev.stillhouse.datasets.publish.RunWriter;
import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.Removed;
import dev.stillhouse.datasets.schema.Rewritten;
import dev.stillhouse.datasets.schema.SignalColumns;
import dev.stillhouse.reports.record.CurateFigures;
import dev.stillhouse.reports.record.RunDifference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** The figures of a curation, from the datasets that it wrote. */
final class CurateMeasures {
    /** Of each rule; the report shows at most as many as it is told to, so that another number there changes nothing here. */
    private static final int EXAMPLES = 100;

    private final StageContext context;
    private final RunWriter writer;
    private final JsonNode configuration;

    /** @param configuration the stage's resolved configuration */
    CurateMeasures(StageContext context, RunWriter writer, JsonNode configuration) {
        this.context = context;
        this.writer = writer;
        this.configuration = configuration;
    }

    CurateFigures figures() {
        Dataset<Row> curatedDF = writer.read(Datasets.CURATED);
        Dataset<Row> removedDF = writer.read(Datasets.REMOVED);
        CurateConfig config = context.task().curate();
        List<Rules.Line> lines = Rules.of(config);
        CurationTally tally = new CurationTally(curatedDF, removedDF, writer.read(Datasets.REJECTS));
        RuleMeasures rules = new RuleMeasures(lines, tally, curatedDF, removedDF);
        Map<String, Long> removed = tally.removedByReason();
        Map<String, Long> rejected = tally.rejectedByReason();
        long kept = writer.rows(Datasets.CURATED);
        long judged = kept + Counts.total(removed);
        Column[] signals = SignalColumns.names().stream().map(functions::col).toArray(Column[]::new);
        return new CurateFigures(
                judged + Counts.total(rejected),
                kept,
                tally.kept(),
                writer.rows(Datasets.EVALUATION),
                context.task().evaluate().sources().isEmpty(),
                removed,
                rejected,
                writer.rows(Datasets.REWRITTEN),
                config.repeatedSpans().isPresent() ? cutsWithoutKeeper(removedDF) : 0,
                sources(tally.keptBySource(), tally.removedBySource(), tally.rejectedBySource()),
                tally.keptByLabel(),
                rules.figures(),
                new SignalMeasures(lines, rules.failedBySignal()).of(both(curatedDF, removedDF, signals), judged),
                config.nearDuplicates().map(near -> new NearDuplicateMeasures(near, EXAMPLES)
                        .of(writer.read(Datasets.PROPOSALS), both(curatedDF, removedDF, functions.col(Curated.TEXT)))),
                rules.overhits(tally.judgedBySource()),
                new ExampleMeasures(lines, EXAMPLES).of(curatedDF, removedDF),
                difference(curatedDF, removedDF));
    }

    /** Cuts from documents that stay, of spans whose document went later and for no copy of it. */
    private long cutsWithoutKeeper(Dataset<Row> removedDF) {
        Dataset<Row> gone = removedDF
                .where(functions.not(functions.col(Removed.REASON).equalTo(Removed.EXACT_DUPLICATE)))
                .select(
                        functions.col(Removed.SOURCE).as("kept_source"),
                        functions.col(Removed.ID).as("kept_id"));
        return writer.read(Datasets.REWRITTEN)
                .select(functions.explode(functions.col(Rewritten.CUTS)).as("cut"))
                .select("cut.kept_source", "cut.kept_id")
                .join(gone, new String[] {"kept_source", "kept_id"})
                .count();
    }

    /** Source, id and some columns of kept and removed documents. */
    private static Dataset<Row> both(Dataset<Row> curatedDF, Dataset<Row> removedDF, Column... columns) {
        List<Column> all = new ArrayList<>(List.of(functions.col(Curated.SOURCE), functions.col(Curated.ID)));
        all.addAll(List.of(columns));
        Column[] selected = all.toArray(new Column[0]);
        return curatedDF.select(selected).union(removedDF.select(selected));
    }

    /** The difference from the run that is served now. */
    private Optional<RunDifference> difference(Dataset<Row> curatedDF, Dataset<Row> removedDF) {
        RunComparison.Fates now = RunComparison.Fates.of(writer.run(), configuration, curatedDF, removedDF);
        return context.workspace()
                .current(Datasets.CURATE)
                .map(run -> new RunComparison(RunComparison.Fates.of(context.spark(), run), now).difference());
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
}
