package dev.stillhouse.cli.pipeline;

import static org.apache.spark.sql.functions.col;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillhouse.cli.console.Console;
import dev.stillhouse.cli.console.Progress;
import dev.stillhouse.cli.console.WrittenRows;
import dev.stillhouse.cli.measures.Counts;
import dev.stillhouse.datasets.publish.PublishedRun;
import dev.stillhouse.datasets.publish.RunWriter;
import dev.stillhouse.datasets.schema.Origin;
import dev.stillhouse.datasets.schema.Rejects;
import dev.stillhouse.datasets.schema.Scores;
import dev.stillhouse.datasets.source.SourceConfig;
import dev.stillhouse.datasets.source.SourceRows;
import dev.stillhouse.datasets.source.SourceSection;
import dev.stillhouse.reports.record.DriftFigures;
import dev.stillhouse.reports.record.ScoreEvidence;
import dev.stillhouse.reports.record.ScoreFigures;
import dev.stillhouse.scoring.ScoreConfig;
import dev.stillhouse.scoring.Scorer;
import dev.stillhouse.scoring.cascade.Outcome;
import dev.stillhouse.scoring.output.OutputSection;
import dev.stillhouse.udfs.errors.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** The stage {@code score}: the published student over the documents to score; every input row ends in scores or rejects. */
final class ScoreStage implements Stage {
    /** Folder of what students gave, beside the runs. */
    private static final String CACHE = "cache";

    private final StageContext context;
    private final boolean anew;
    private final ScoreConfig config;
    private final List<SourceConfig> sources;
    private final Optional<Delivery> delivery;

    /**
     * @param anew whether an incremental run scores everything
     */
    ScoreStage(StageContext context, boolean anew) {
        this.context = context;
        this.anew = anew;
        this.config = context.task().score();
        this.sources = config.keepingSources();
        if (sources.isEmpty()) {
            throw new ConfigurationException("Missing required key: score (the stage needs sources to score)");
        }
        this.delivery = config.output()
                .map(output -> new Delivery(context, new OutputSection(Datasets.SCORE, output), Datasets.SCORES));
    }

    @Override
    public Optional<Delivery> delivery() {
        return delivery;
    }

    @Override
    public String name() {
        return Datasets.SCORE;
    }

    @Override
    public int version() {
        return 3;
    }

    @Override
    public JsonNode configuration() {
        ObjectNode score = context.task().section("score").deepCopy();
        // None of them shapes a score.
        score.remove(List.of("output", "incremental", "reuse"));
        ObjectNode configuration = JsonNodeFactory.instance.objectNode();
        configuration.set("score", score);
        return configuration;
    }

    @Override
    public List<StageInput> inputs() {
        List<StageInput> inputs = new ArrayList<>(context.inputs("score", sources));
        inputs.add(context.input(Datasets.TRAIN));
        config.route().ifPresent(route -> inputs.add(context.input(Datasets.LABEL)));
        return inputs;
    }

    @Override
    public void check() {
        context.sources().read("score", sources);
    }

    @Override
    public StageOutcome run(RunWriter writer, Progress progress) {
        long start = System.nanoTime();
        PublishedRun train = context.upstream(Datasets.TRAIN);
        ScoreDrift drift = ScoreDrift.of(config.drift(), train);
        ScoreConfig carrying = config.incremental() ? config.carrying(Increment.carried()) : config;
        Scorer scorer = new Scorer(
                context.spark(), PublishedStudent.scored(context.spark(), train), carrying, Optional.of(caches()));
        Optional<ScoreRoute> route = config.route().map(promised -> new ScoreRoute(context, promised));
        Optional<Outcome> outcome =
                config.incremental() ? increment(writer, scorer, progress) : all(writer, scorer, route, progress);
        double seconds = (System.nanoTime() - start) / 1e9;
        progress.step("counting");
        ScoreFigures figures = new ScoreMeasures(writer, scorer, outcome)
                .figures(train.manifest().run(), seconds);
        List<String> warnings = new ArrayList<>(
                Lineage.outdated(context.workspace(), train.manifest().provenance()));
        warnings.addAll(warnings(figures));
        Optional<ScoreFigures.Route> routed = figures.route();
        long fallbacks = figures.byRoute().getOrDefault(Scores.FALLBACK, 0L);
        routed.ifPresent(one -> warnings.addAll(route.orElseThrow().measures().warnings(one, fallbacks)));
        // What is compared with what the student said of other documents is what it says of these in this run, not its
        // teacher.
        Dataset<Row> scoresDF = writer.read(Datasets.SCORES);
        Dataset<Row> ownDF =
                config.incremental() ? scoresDF.where(col(Origin.SCORED_IN).equalTo(writer.run())) : scoresDF;
        Dataset<Row> studentDF = route.map(ScoreRoute::student).orElse(ownDF);
        Optional<DriftFigures> drifted =
                drift.figures(new ScoreMeasures(writer, scorer, outcome).byLabel(studentDF), studentDF, scorer);
        warnings.addAll(drift.warnings(drifted));
        Optional<String> refusal = routed.flatMap(
                        one -> route.orElseThrow().measures().refusal(one))
                .or(() ->
                        drift.refusal(drifted, writer.run(), context.workspace().current(Datasets.SCORE)));
        ScoreEvidence evidence = new ScoreEvidenceMeasures(context, scorer, scoresDF, studentDF).of(drifted);
        ScoreFigures timed = figures.withEvidence(evidence).takingLonger((System.nanoTime() - start) / 1e9 / seconds);
        return new StageOutcome(timed, summary(timed), warnings, refusal);
    }

    private Path caches() {
        return new Path(context.workspace().root(), Datasets.SCORE + "/" + CACHE);
    }

    private static String summary(ScoreFigures figures) {
        String routed = figures.route()
                .filter(route -> route.label().isEmpty())
                .map(route -> String.format(
                        Locale.ROOT,
                        ", %.1f %% by the student, at least %.2f %% with the teacher's label",
                        100 * route.coverage(),
                        100 * route.realisedBound().orElse(1.0)))
                .or(() -> figures.route()
                        .flatMap(ScoreFigures.Route::selected)
                        .map(selected -> ", " + Console.count(selected) + " selected"))
                .orElse("");
        String taken = figures.reused() == 0 ? "" : Console.count(figures.reused()) + " of them before, ";
        return Console.count(figures.documents(), "document") + " scored, " + taken
                + Console.count(Counts.total(figures.rejectedByReason())) + " rejected" + routed
                + (figures.reused() > 0
                        ? ""
                        : ", " + Console.count(Math.round(figures.stageDocsPerSecond())) + " documents/s");
    }

    private List<String> warnings(ScoreFigures figures) {
        List<String> warnings = new ArrayList<>();
        if (figures.truncated() > 0) {
            warnings.add(
                    Console.count(figures.truncated(), "document") + " longer than score.max_chars: only the first "
                            + Console.count(config.maxChars()) + " characters of each were read");
        }
        warnings.addAll(RejectedRows.warnings(Datasets.SCORE, figures.rejectedByReason()));
        return warnings;
    }

    /** Everything, some of which a teacher puts right where that was promised. */
    private Optional<Outcome> all(RunWriter writer, Scorer scorer, Optional<ScoreRoute> route, Progress progress) {
        SourceRows rows = context.sources().read("score", sources);
        if (config.reuse() == ScoreConfig.Reuse.RUNS) {
            progress.step("texts");
            scorer.prepare(rows.documents(), writer.run());
        }
        Optional<Outcome> outcome = route.map(one -> one.write(writer, rows.documents(), scorer, progress));
        if (outcome.isEmpty()) {
            try (WrittenRows written = new WrittenRows(context.spark().sparkContext())) {
                progress.step("scoring", 0, written);
                writer.write(Datasets.SCORES, scorer.score(rows.documents()), scorer.schema(), Scores.VERSION);
            }
        }
        writer.write(
                Datasets.REJECTS, rejects(rows, scorer, writer.read(Datasets.SCORES)), Rejects.SCHEMA, Rejects.VERSION);
        return outcome;
    }

    private static Dataset<Row> rejects(SourceRows rows, Scorer scorer, Dataset<Row> scoresDF) {
        return rows.rejects().unionByName(scorer.rejects(rows.documents(), scoresDF));
    }

    /** What is new since the served run, and what that has of the rest. */
    private Optional<Outcome> increment(RunWriter writer, Scorer scorer, Progress progress) {
        StructType schema = Scores.schema(scorer.decision().link(), config.keptNames());
        StructType explained = config.explain() == 0 ? schema : schema.add(Scores.explained());
        IncrementalStage documents =
                new IncrementalStage(this, Datasets.SCORES, SourceSection.of("score"), sources, config.keptNames());
        Increment increment = Increment.since(context, documents, anew);
        try (WrittenRows written = new WrittenRows(context.spark().sparkContext())) {
            progress.step("scoring", 0, written);
            Dataset<Row> scoresDF = writer.write(
                    Datasets.SCORES,
                    increment.rows(scorer::score, writer.run()),
                    Origin.after(explained),
                    Scores.VERSION);
            writer.write(
                    Datasets.REJECTS,
                    increment.rejects(rejects(increment.read(), scorer, scoresDF)),
                    Rejects.SCHEMA,
                    Rejects.VERSION);
        }
        writer.write(InputFiles.NAME, increment.inputs());
        return Optional.empty();
    }
}
