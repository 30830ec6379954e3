package dev.stillhouse.cli.pipeline;

import dev.stillhouse.cli.config.TaskKind;
import dev.stillhouse.datasets.publish.Storage;
import dev.stillhouse.datasets.publish.Workspace;
import dev.stillhouse.reports.Report;
import dev.stillhouse.reports.ReportJson;
import dev.stillhouse.reports.ReportPage;
import dev.stillhouse.reports.record.CurateFigures;
import dev.stillhouse.reports.record.LabelFigures;
import dev.stillhouse.reports.record.ScoreFigures;
import dev.stillhouse.reports.record.SentenceLabelFigures;
import dev.stillhouse.reports.record.StageJson;
import dev.stillhouse.reports.record.StageRecord;
import dev.stillhouse.reports.record.SummarizeFigures;
import dev.stillhouse.reports.record.SummaryFigures;
import dev.stillhouse.reports.record.TrainFigures;
import dev.stillhouse.udfs.errors.DataException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/** The stage {@code report}: renders what the published stages measured, or what a later student or scoring reached that was refused; it computes nothing. */
final class ReportStage {
    private final StageContext context;

    ReportStage(StageContext context) {
        this.context = context;
    }

    /** Writes {@code report.json} and {@code report.html}, each replaced whole. */
    void render() {
        Report report = new Report(
                context.task().task(),
                record(Datasets.CURATE, CurateFigures.class)
                        .map(stage -> stage.withFigures(stage.figures()
                                .withExamples(context.task().report().examples()))),
                summarizes() ? Optional.empty() : record(Datasets.LABEL, LabelFigures.class),
                summarizes()
                        ? Optional.empty()
                        : refused(Datasets.TRAIN, TrainFigures.class)
                                .or(() -> record(Datasets.TRAIN, TrainFigures.class)),
                refused(Datasets.SCORE, ScoreFigures.class)
                        .or(() -> record(Datasets.SCORE, ScoreFigures.class))
                        .map(stage -> stage.withFigures(stage.figures()
                                .withExamples(context.task().report().examples()))),
                summaries(),
                context.clock().instant().truncatedTo(ChronoUnit.SECONDS).toString());
        if (report.stages().isEmpty()) {
            throw new DataException("Cannot render a report: no stage has published in "
                    + context.workspace().root() + "; run ./stillhouse run first");
        }
        Storage storage = context.workspace().storage();
        Path page = new Path(context.workspace().root(), "report.html");
        storage.replace(new Path(context.workspace().root(), "report.json"), ReportJson.write(report));
        storage.replace(page, ReportPage.render(report).getBytes(StandardCharsets.UTF_8));
        context.console().stage(Datasets.REPORT, page.toString().replaceFirst("^file:/+", "/"));
    }

    private boolean summarizes() {
        return context.task().kind() == TaskKind.SUMMARIZE;
    }

    private Report.Summaries summaries() {
        if (!summarizes()) {
            return Report.Summaries.NONE;
        }
        int examples = context.task().report().examples();
        return new Report.Summaries(
                record(Datasets.LABEL, SentenceLabelFigures.class),
                refused(Datasets.TRAIN, SummaryFigures.class)
                        .or(() -> record(Datasets.TRAIN, SummaryFigures.class))
                        .map(stage -> stage.withFigures(stage.figures().withExamples(examples))),
                refused(Datasets.SUMMARIZE, SummarizeFigures.class)
                        .or(() -> record(Datasets.SUMMARIZE, SummarizeFigures.class))
                        .map(stage -> stage.withFigures(stage.figures().withExamples(examples))));
    }

    private <T> Optional<StageRecord<T>> record(String stage, Class<T> figures) {
        return context.workspace()
                .current(stage)
                .flatMap(run -> record(stage, run.manifest().run(), figures));
    }

    /** The run of a stage that was refused after the served one was published, if there is one and it was made from what is served now. */
    private <T> Optional<StageRecord<T>> refused(String stage, Class<T> figures) {
        Workspace workspace = context.workspace();
        String served =
                workspace.current(stage).map(run -> run.manifest().run()).orElse("");
        List<String> runs = workspace.runs(stage);
        return runs.isEmpty() || runs.get(runs.size() - 1).compareTo(served) <= 0
                ? Optional.empty()
                : record(stage, runs.get(runs.size() - 1), figures)
                        .filter(record -> !record.refusal().isEmpty())
                        .filter(record ->
                                Lineage.outdated(workspace, record.provenance()).isEmpty());
    }

    private <T> Optional<StageRecord<T>> record(String stage, String run, Class<T> figures) {
        Workspace workspace = context.workspace();
        return workspace.stageRecord(stage, run).map(content -> {
            try {
                StageRecord<T> record = StageJson.read(content, figures);
                return record.withWarnings(Lineage.outdated(workspace, record.provenance()));
            } catch (IOException e) {
                throw new DataException(
                        "Cannot read stage.json of run " + run + " in " + new Path(workspace.root(), stage)
                                + ": it is no record of this version; run ./stillhouse " + stage
                                + " again with --force",
                        e);
            }
        });
    }
}
