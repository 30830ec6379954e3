package dev.stillhouse.reports;

import static dev.stillhouse.reports.NumberText.count;
import static dev.stillhouse.reports.NumberText.score;
import static dev.stillhouse.reports.NumberText.share;

import dev.stillhouse.reports.Block.Cell;
import dev.stillhouse.reports.Block.Column;
import dev.stillhouse.reports.Block.Row;
import dev.stillhouse.reports.PageView.Section;
import dev.stillhouse.reports.record.ScoreFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
                + " a second of the whole stage, by the student of run " + figures.model() + ", run by "
                + engine(figures.engine()) + "."
                + (figures.reused() == 0
                        ? ""
                        : " Of " + count(figures.reused()) + " documents the score was there already.")
                + (figures.truncated() == 0
                        ? ""
                        : " Of " + count(figures.truncated()) + " long documents only the beginning was read.")
                + figures.evidence()
                        .drift()
                        .map(drift -> " " + DriftView.sentence(drift))
                        .orElse("");
        List<Block> blocks = new ArrayList<>();
        String refusal = report.score().get().refusal();
        if (!refusal.isEmpty()) {
            blocks.add(new Block.Notes("Not published", "", List.of(refusal)));
        }
        figures.route()
                .ifPresent(route -> blocks.addAll(RouteView.blocks(route, figures.byRoute(), figures.documents())));
        figures.evidence().drift().ifPresent(drift -> blocks.addAll(DriftView.blocks(drift)));
        if (figures.scores().isEmpty()) {
            blocks.addAll(LabelMixView.blocks(figures));
        }
        blocks.addAll(charts(report, figures));
        blocks.addAll(ScoredExamplesView.blocks(figures));
        blocks.add(parts("Sources", "source", figures.bySource()));
        blocks.add(
                figures.rejectedByReason().isEmpty()
                        ? new Block.Prose("No row was rejected.")
                        : parts("Rejected rows", "reason", figures.rejectedByReason()));
        return new Section("scoring", "Scoring", lead, blocks);
    }

    private static List<Block> charts(Report report, ScoreFigures figures) {
        List<Block> blocks = new ArrayList<>();
        figures.probabilities()
                .ifPresent(histogram -> blocks.add(Histograms.chart(
                        new Histograms.Titles("probabilities", "Top probability", "top probability", "documents"),
                        histogram)));
        figures.margins()
                .ifPresent(histogram -> blocks.add(Histograms.chart(
                        new Histograms.Titles("margins", margin(report), "margin", "documents"), histogram)));
        figures.scores().ifPresent(scores -> {
            blocks.add(quantiles(scores));
            if (!scores.atOrAbove().isEmpty()) {
                blocks.add(thresholds(report, scores, figures.documents()));
            }
            blocks.add(Histograms.chart(
                    new Histograms.Titles("scores", "Scores given", "score", "documents"), scores.histogram()));
        });
        return blocks;
    }

    private static String engine(String key) {
        return switch (key) {
            case "onnx" -> "ONNX Runtime";
            case "sql" -> "Spark SQL";
            default -> "the kernel";
        };
    }

    private static String margin(Report report) {
        boolean sets =
                report.train().filter(stage -> stage.figures().givesSets()).isPresent();
        return sets
                ? "Margin: smallest distance of a probability from its threshold"
                : "Margin: first less second probability";
    }

    private static Block quantiles(ScoreFigures.Scores scores) {
        List<Row> rows = new ArrayList<>();
        scores.quantiles()
                .forEach((name, value) -> rows.add(Row.of(
                        Cell.of(name.replaceFirst("^p0*(?=\\d)", "") + " %"), Cell.of(NumberText.score(value)))));
        return new Block.Table(
                "Scores",
                "The score that so many documents have at most.",
                List.of(Column.text("documents"), Column.number("score")),
                rows,
                12);
    }

    private static Block thresholds(Report report, ScoreFigures.Scores scores, long documents) {
        Map<String, Double> thresholds =
                report.train().map(stage -> stage.figures().thresholds()).orElse(Map.of());
        List<Row> rows = new ArrayList<>();
        scores.atOrAbove()
                .forEach((name, above) -> rows.add(Row.of(
                        Cell.of(name),
                        Cell.of(score(Optional.ofNullable(thresholds.get(name)))),
                        Cell.of(count(above)),
                        Cell.bar(share(above, documents), (double) above / Math.max(1, documents)))));
        return new Block.Table(
                "Documents at or above each threshold",
                "",
                List.of(
                        Column.text("threshold"),
                        Column.number("score"),
                        Column.number("documents"),
                        Column.number("share")),
                rows,
                12);
    }

    static Block parts(String title, String name, Map<String, Long> counts) {
        long whole = CurationView.sum(counts);
        List<Row> rows = new ArrayList<>();
        counts.forEach((key, documents) ->
                rows.add(Row.of(Cell.of(key), Cell.of(count(documents)), Cell.of(share(documents, whole)))));
        return table(title, name, rows);
    }

    private static Block table(String title, String name, List<Row> rows) {
        return new Block.Table(
                title, "", List.of(Column.text(name), Column.number("documents"), Column.number("share")), rows, 12);
    }
}
