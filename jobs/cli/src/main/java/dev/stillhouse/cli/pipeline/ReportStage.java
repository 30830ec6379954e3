package dev.stillhouse.cli.pipeline;

import dev.stillhouse.datasets.publish.Storage;
import dev.stillhouse.reports.Report;
import dev.stillhouse.reports.ReportJson;
import dev.stillhouse.reports.ReportPage;
import dev.stillhouse.reports.record.CurateFigures;
import dev.stillhouse.reports.record.LabelFigures;
import dev.stillhouse.reports.record.ScoreFigures;
import dev.stillhouse.reports.record.StageJson;
import dev.stillhouse.reports.record.StageRecord;
import dev.stillhouse.reports.record.TrainFigures;
import dev.stillhouse.udfs.errors.DataException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/** The stage {@code report}: renders what the published stages measured; it computes nothing. */
final class ReportStage {
    private final StageContext context;
    private final Clock clock;

    ReportStage(StageContext context, Clock clock) {
        this.context = context;
        this.clock = clock;
    }

    /** Writes {@code report.json} and {@code report.html}, each replaced whole. */
    void render() {
        Report report = new Report(
                context.task().task(),
                record(Datasets.CURATE, CurateFigures.class),
                record(Datasets.LABEL, LabelFigures.class),
                record(Datasets.TRAIN, TrainFigures.class),
                record(Datasets.SCORE, ScoreFigures.class),
                clock.instant().toString());
        if (report.curate().isEmpty()
                && report.label().isEmpty()
                && report.train().isEmpty()
                && report.score().isEmpty()) {
            throw new DataException("Cannot render a report: no stage has published in "
                    + context.workspace().root() + "; run ./stillhouse run first");
        }
        Storage storage = context.workspace().storage();
        Path page = new Path(context.workspace().root(), "report.html");
        storage.replace(new Path(context.workspace().root(), "report.json"), ReportJson.write(report));
        storage.replace(page, ReportPage.render(report).getBytes(StandardCharsets.UTF_8));
        context.console().stage(Datasets.REPORT, page.toString().replaceFirst("^file:/+", "/"));
    }

    private <T> Optional<StageRecord<T>> record(String stage, Class<T> figures) {
        return context.workspace()
                .current(stage)
                .flatMap(run ->
                        context.workspace().stageRecord(stage, run.manifest().run()))
                .map(content -> StageJson.read(content, figures));
    }
}
