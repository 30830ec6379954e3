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
        blocks.add(counts("Labels given", "label", figures.byLabel(), true));
        blocks.add(Histograms.chart(
                new Histograms.Titles("probabilities", "Top probability", "top probability", "documents"),
                figures.probabilities()));
        blocks.add(Histograms.chart(
                new Histograms.Titles("margins", "Margin: first less second probability", "margin", "documents"),
                figures.margins()));
        blocks.add(counts("Sources", "source", figures.bySource(), false));
        blocks.add(
                figures.rejectedByReason().isEmpty()
                        ? new Block.Prose("No row was rejected.")
                        : counts("Rejected rows", "reason", figures.rejectedByReason(), false));
        return new Section("scoring", "Scoring", lead, blocks);
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
