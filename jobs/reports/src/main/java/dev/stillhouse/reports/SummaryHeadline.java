package dev.stillhouse.reports;

import static dev.stillhouse.reports.NumberText.count;
import static dev.stillhouse.reports.NumberText.percent;
import static dev.stillhouse.reports.NumberText.rouge;
import static dev.stillhouse.reports.NumberText.significant;

import dev.stillhouse.reports.PageView.Headline;
import dev.stillhouse.reports.PageView.Tile;
import dev.stillhouse.reports.record.ModelFigures;
import dev.stillhouse.reports.record.StageRecord;
import dev.stillhouse.reports.record.SummarizeFigures;
import dev.stillhouse.reports.record.SummaryFigures;
import dev.stillhouse.reports.record.SummaryFigures.SystemFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The verdict on a student of summaries, and the few numbers that carry it. */
final class SummaryHeadline {
    private SummaryHeadline() {}

    static Headline of(Report report) {
        Report.Summaries summaries = report.summaries();
        List<Tile> tiles = new ArrayList<>();
        summaries.train().ifPresent(stage -> model(tiles, stage.figures()));
        summaries.summarize().ifPresent(stage -> summarized(tiles, stage));
        report.curate().ifPresent(stage -> tiles.add(HeadlineView.removed(stage.figures())));
        if (summaries.train().isEmpty()) {
            return new Headline("open", "In progress", "No student has been trained yet.", tiles);
        }
        String refusal = summaries.train().get().refusal();
        return refusal.isEmpty()
                ? new Headline(
                        "good", "Published", published(summaries.train().get().figures()), tiles)
                : new Headline("bad", "Refused", HeadlineView.sentence(refusal), tiles);
    }

    private static String published(SummaryFigures figures) {
        boolean isReferenced = SummarySystems.isReferenced(figures);
        String kept = isReferenced
                ? "The student keeps " + percent(figures.retained()) + " of the teacher’s ROUGE"
                : "The student’s summaries have a ROUGE of " + percent(figures.retained()) + " with the teacher’s";
        String faster = speed(figures)
                .flatMap(ModelFigures.Speed::speedup)
                .map(times -> (isReferenced ? " at " : ", at ") + significant(times) + " times its speed")
                .orElse("");
        return kept + faster + HeadlineView.met(figures.targets().size()) + ".";
    }

    private static Optional<ModelFigures.Speed> speed(SummaryFigures figures) {
        return SummarySystems.of(figures, SummarySystems.STUDENT).flatMap(SystemFigures::speed);
    }

    private static void model(List<Tile> tiles, SummaryFigures figures) {
        SummarySystems.of(figures, SummarySystems.STUDENT)
                .ifPresent(student -> tiles.add(new Tile(
                        rouge(student.rouge1().value()),
                        "ROUGE-1, with " + (SummarySystems.isReferenced(figures) ? "references" : "the teacher"),
                        others(figures),
                        "")));
        speed(figures).ifPresent(speed -> tiles.add(speed(speed)));
        tiles.add(new Tile(NumberText.bytes(figures.bytes()), "to ship", count(figures.parameters()) + " weights", ""));
    }

    /** What the student's figure is to be seen beside; the teacher's with itself is no figure. */
    private static String others(SummaryFigures figures) {
        List<String> keys = new ArrayList<>(List.of(SummarySystems.LEAD));
        SummarySystems.bestGraph(figures).ifPresent(keys::add);
        if (SummarySystems.isReferenced(figures)) {
            keys.add(SummarySystems.TEACHER);
        }
        List<String> others = new ArrayList<>();
        for (String key : keys) {
            SummarySystems.of(figures, key)
                    .ifPresent(system -> others.add(SummarySystems.name(key) + " "
                            + rouge(system.rouge1().value())));
        }
        return String.join(", ", others);
    }

    private static Tile speed(ModelFigures.Speed speed) {
        String rate = significant(speed.docsPerSecond());
        return speed.speedup()
                .map(times ->
                        new Tile(significant(times) + " ×", "as fast as the teacher", rate + " documents a second", ""))
                .orElse(new Tile(rate, "documents a second", "on " + count(speed.threads()) + " threads", ""));
    }

    private static void summarized(List<Tile> tiles, StageRecord<SummarizeFigures> stage) {
        SummarizeFigures figures = stage.figures();
        boolean isPublished = stage.refusal().isEmpty();
        tiles.add(new Tile(
                count(figures.documents()),
                isPublished ? "documents summarised" : "documents summarised, refused",
                significant(figures.stageDocsPerSecond()) + " a second, start to end",
                isPublished ? "" : "bad"));
        tiles.add(
                figures.groupBy().isEmpty()
                        ? new Tile(
                                NumberText.share(figures.words(), figures.documentWords()),
                                "of the words kept",
                                count(figures.words()) + " of " + count(figures.documentWords()),
                                "")
                        : new Tile(
                                count(figures.groups()),
                                figures.groups() == 1 ? "digest" : "digests",
                                "by " + String.join(", ", figures.groupBy()),
                                ""));
    }
}
