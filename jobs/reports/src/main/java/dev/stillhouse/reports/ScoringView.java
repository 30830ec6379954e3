package dev.stillhouse.reports;

import static dev.stillhouse.reports.NumberText.count;
import static dev.stillhouse.reports.NumberText.share;

import dev.stillhouse.reports.Block.Cell;
import dev.stillhouse.reports.Block.Column;
import dev.stillhouse.reports.Block.Row;
import dev.stillhouse.reports.PageView.Section;
import dev.stillhouse.reports.record.ScoreFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What was scored. */
final class ScoringView {
    private ScoringView() {}

    static Section section(Report report) {
        if (report.score().isEmpty()) {
            return Section.missing("scoring", "Scoring", "score");
        }
        ScoreFigures figures = report.score().get().figures();
        String lead = count(figures.documents()) + " documents, "
                + NumberText.significant(figures.stageDocsPerSecond())
                + " a second of the whole stage, by the student of run " + figures.model() + ".";
        List<Block> blocks = new ArrayList<>();
        if (figures.scores().isEmpty()) {
            blocks.add(counts("Labels given", "label", figures.byLabel(), true));
        }
        figures.probabilities()
                .ifPresent(histogram -> blocks.add(Histograms.chart(
                        new Histograms.Titles("probabilities", "Top probability", "top probability", "documents"),
                        histogram)));
        figures.margins()
                .ifPresent(histogram -> blocks.add(Histograms.chart(
                        new Histograms.Titles("margins", margin(report), "margin", "documents"), histogram)));
        figures.scores().ifPresent(scores -> {
            blocks.add(quantiles(scores, figures.documents()));
            blocks.add(Histograms.chart(
                    new Histograms.Titles("scores", "Scores given", "score", "documents"), scores.histogram()));
        });
        blocks.add(counts("Sources", "source", figures.bySource(), false));
        blocks.add(
                figures.rejectedByReason().isEmpty()
                        ? new Block.Prose("No row was rejected.")
                        : counts("Rejected rows", "reason", figures.rejectedByReason(), false));
        return new Section("scoring", "Scoring", lead, blocks);
    }

    private static String margin(Report report) {
        boolean sets =
                report.train().filter(stage -> stage.figures().givesSets()).isPresent();
        return sets
                ? "Margin: smallest distance of a probability from its threshold"
                : "Margin: first less second probability";
    }

    private static Block quantiles(ScoreFigures.Scores scores, long documents) {
        List<Row> rows = new ArrayList<>();
        scores.quantiles()
                .forEach((name, value) -> rows.add(Row.of(
                        Cell.of(name.replaceFirst("^p0*(?=\\d)", "") + " %"), Cell.of(NumberText.score(value)))));
        scores.atOrAbove()
                .forEach((name, count) ->
                        rows.add(Row.of(Cell.of("at or above " + name), Cell.of(share(count, documents)))));
        return new Block.Table(
                "Scores",
                "The score that so many documents have at most; and the share at or above each threshold.",
                List.of(Column.text("documents"), Column.number("score")),
                rows,
                12);
    }

    private static Block counts(String title, String name, Map<String, Long> counts, boolean bars) {
        long whole = CurationView.sum(counts);
        long most = counts.values().stream().mapToLong(Long::longValue).max().orElse(1);
        List<Row> rows = new ArrayList<>();
        counts.forEach((key, documents) -> {
            String part = share(documents, whole);
            rows.add(Row.of(
                    Cell.of(key),
                    Cell.of(count(documents)),
                    bars ? Cell.bar(part, (double) documents / Math.max(1, most)) : Cell.of(part)));
        });
        return new Block.Table(
                title, "", List.of(Column.text(name), Column.number("documents"), Column.number("share")), rows, 12);
    }
}
