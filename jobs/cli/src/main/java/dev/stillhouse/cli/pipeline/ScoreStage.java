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
import dev.stillhouse.reports.record.DriftFigures;
import dev.stillhouse.reports.record.ScoreFigures;
import dev.stillhouse.scoring.ScoreConfig;
import dev.stillhouse.scoring.Scorer;
import dev.stillhouse.udfs.errors.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The stage {@code score}: the published student over the documents to score; every input row ends in scores or rejects. */
final class ScoreStage implements Stage {
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
        return 3;
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
        return inputs;
    }

    @Override
    public StageOutcome run(RunWriter writer, Progress progress) {
        PublishedRun train = context.upstream(Datasets.TRAIN);
        ScoreDrift drift = ScoreDrift.of(config.drift(), train);
        long start = System.nanoTime();
        SourceRows rows = context.sources().read("score", sources);
        Scorer scorer = new Scorer(context.spark(), PublishedStudent.scored(context.spark(), train), config);
        try (WrittenRows written = new WrittenRows(context.spark().sparkContext())) {
            progress.step("scoring", 0, written);
            Dataset<Row> scoresDF =
                    writer.write(Datasets.SCORES, scorer.score(rows.documents()), scorer.schema(), Scores.VERSION);
            Dataset<Row> rejectsDF = rows.rejects().unionByName(scorer.rejects(rows.documents(), scoresDF));
            writer.write(Datasets.REJECTS, rejectsDF, Rejects.SCHEMA, Rejects.VERSION);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        progress.step("counting");
        ScoreFigures figures = figures(writer, train, scorer, seconds);
        long rejected = Counts.total(figures.rejectedByReason());
        String summary = Console.count(figures.documents(), "document") + " scored, " + Console.count(rejected)
                + " rejected, " + Console.count(Math.round(figures.stageDocsPerSecond())) + " documents/s";
        List<String> warnings = new ArrayList<>(
                Lineage.outdated(context.workspace(), train.manifest().provenance()));
        if (figures.truncated() > 0) {
            warnings.add(
                    Console.count(figures.truncated(), "document") + " longer than score.max_chars: only the first "
                            + Console.count(config.maxChars()) + " characters of each were read");
        }
        warnings.addAll(rejections(rejected, figures.rejectedByReason().getOrDefault(Rejects.NOT_FINITE, 0L)));
        Dataset<Row> scoresDF = writer.read(Datasets.SCORES);
        Optional<DriftFigures> drifted = drift.figures(figures, scoresDF, scorer);
        warnings.addAll(drift.warnings(drifted));
        return new StageOutcome(
                figures.withEvidence(new ScoreEvidenceMeasures(context, scorer, scoresDF).of(drifted)),
                summary,
                warnings,
                drift.refusal(drifted, writer.run(), context.workspace().current(Datasets.SCORE)));
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

    private static ScoreFigures figures(RunWriter writer, PublishedRun train, Scorer scorer, double seconds) {
        return new ScoreMeasures(writer, scorer.decision())
                .figures(train.manifest().run(), scorer, seconds);
    }
}
