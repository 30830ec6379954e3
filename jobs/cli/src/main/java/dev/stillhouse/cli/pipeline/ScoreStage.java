package dev.stillhouse.cli.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillhouse.cli.console.Console;
import dev.stillhouse.cli.console.Progress;
import dev.stillhouse.cli.console.WrittenRows;
import dev.stillhouse.cli.measures.Counts;
import dev.stillhouse.datasets.publish.PublishedRun;
import dev.stillhouse.datasets.publish.RunWriter;
import dev.stillhouse.datasets.schema.Rejects;
import dev.stillhouse.datasets.schema.Scores;
import dev.stillhouse.datasets.source.SourceConfig;
import dev.stillhouse.datasets.source.SourceRows;
import dev.stillhouse.reports.record.ScoreFigures;
import dev.stillhouse.scoring.ScoreConfig;
import dev.stillhouse.scoring.Scorer;
import dev.stillhouse.scoring.cascade.Outcome;
import dev.stillhouse.udfs.errors.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The stage {@code score}: the published student over the documents to score; every input row ends in scores or rejects. */
final class ScoreStage implements Stage {
    /** Folder of what students gave, beside the runs. */
    private static final String CACHE = "cache";

    private final StageContext context;
    private final ScoreConfig config;
    private final List<SourceConfig> sources;

    ScoreStage(StageContext context) {
        this.context = context;
        this.config = context.task().score();
        this.sources = config.keepingSources();
        if (sources.isEmpty()) {
            throw new ConfigurationException("Missing required key: score (the stage needs sources to score)");
        }
    }

    @Override
    public String name() {
        return Datasets.SCORE;
    }

    @Override
    public int version() {
        return 2;
    }

    @Override
    public JsonNode configuration() {
        ObjectNode configuration = JsonNodeFactory.instance.objectNode();
        configuration.set("score", context.task().section("score"));
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
    public StageOutcome run(RunWriter writer, Progress progress) {
        PublishedRun train = context.upstream(Datasets.TRAIN);
        long start = System.nanoTime();
        SourceRows rows = context.sources().read("score", sources);
        Scorer scorer = new Scorer(
                context.spark(), PublishedStudent.scored(context.spark(), train), config, Optional.of(caches()));
        if (config.reuse() == ScoreConfig.Reuse.RUNS) {
            progress.step("texts");
            scorer.prepare(rows.documents(), writer.run());
        }
        Optional<ScoreRoute> route = config.route().map(promised -> new ScoreRoute(context, promised));
        Optional<Outcome> outcome = route.map(one -> one.write(writer, rows.documents(), scorer, progress));
        if (outcome.isEmpty()) {
            try (WrittenRows written = new WrittenRows(context.spark().sparkContext())) {
                progress.step("scoring", 0, written);
                writer.write(Datasets.SCORES, scorer.score(rows.documents()), scorer.schema(), Scores.VERSION);
            }
        }
        Dataset<Row> rejectsDF =
                rows.rejects().unionByName(scorer.rejects(rows.documents(), writer.read(Datasets.SCORES)));
        writer.write(Datasets.REJECTS, rejectsDF, Rejects.SCHEMA, Rejects.VERSION);
        double seconds = (System.nanoTime() - start) / 1e9;
        progress.step("counting");
        ScoreFigures figures = new ScoreMeasures(writer, scorer, outcome)
                .figures(train.manifest().run(), seconds);
        List<String> warnings = new ArrayList<>(
                Lineage.outdated(context.workspace(), train.manifest().provenance()));
        warnings.addAll(warnings(figures));
        Optional<ScoreFigures.Route> routed = figures.route();
        long fallbacks = figures.byRoute().getOrDefault(Scores.FALLBACK, 0L);
        routed.ifPresent(one -> warnings.addAll(route.orElseThrow().warnings(one, fallbacks)));
        return new StageOutcome(figures, summary(figures), warnings, routed.flatMap(one -> route.orElseThrow()
                .refusal(one)));
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
        return Console.count(figures.documents(), "document") + " scored, "
                + Console.count(Counts.total(figures.rejectedByReason())) + " rejected" + routed + ", "
                + Console.count(Math.round(figures.stageDocsPerSecond())) + " documents/s";
    }

    private List<String> warnings(ScoreFigures figures) {
        List<String> warnings = new ArrayList<>();
        if (figures.truncated() > 0) {
            warnings.add(
                    Console.count(figures.truncated(), "document") + " longer than score.max_chars: only the first "
                            + Console.count(config.maxChars()) + " characters of each were read");
        }
        warnings.addAll(rejections(
                Counts.total(figures.rejectedByReason()),
                figures.rejectedByReason().getOrDefault(Rejects.NOT_FINITE, 0L)));
        return warnings;
    }

    private static List<String> rejections(long rejected, long notFinite) {
        List<String> warnings = new ArrayList<>();
        if (rejected > notFinite) {
            warnings.add(Console.count(rejected - notFinite, "row") + " could not be read as documents: see rejects");
        }
        if (notFinite > 0) {
            warnings.add(Console.count(notFinite, "document")
                    + " got no finite values from the student and so no score: see rejects");
        }
        return warnings;
    }
}
