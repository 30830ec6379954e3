package dev.stillhouse.reports;

import static dev.stillhouse.reports.NumberText.count;
import static dev.stillhouse.reports.NumberText.share;

import dev.stillhouse.reports.Block.Cell;
import dev.stillhouse.reports.Block.Column;
import dev.stillhouse.reports.Block.Row;
import dev.stillhouse.reports.PageView.Section;
import dev.stillhouse.reports.record.LabelFigures;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the teacher is, and how often each label occurs in what people, the teacher and the student said. */
final class LabelView {
    private static final int MISTAKES = 5;

    private LabelView() {}

    static Section section(Report report) {
        if (report.label().isEmpty()) {
            return Section.missing("labels", "Labels", "label");
        }
        LabelFigures figures = report.label().get().figures();
        Map<String, Long> scores =
                report.score().map(stage -> stage.figures().byLabel()).orElse(Map.of());
        String lead = "The teacher learned from " + count(figures.gold()) + " gold labels and labelled "
                + count(figures.documents()) + " documents.";
        List<Block> blocks = new ArrayList<>(List.of(teacher(figures), mix(figures, scores)));
        figures.unseen().ifPresent(unseen -> blocks.addAll(unseen(unseen)));
        return new Section("labels", "Labels", lead, blocks);
    }

    private static List<Block> unseen(LabelFigures.Unseen unseen) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Table(
                "How sure the teacher is",
                "On " + count(unseen.rows()) + " gold documents that its head had not seen; it found the label of "
                        + NumberText.percent(unseen.accuracy())
                        + ". An error up to the floor is what chance makes of perfect probabilities.",
                List.of(
                        Column.text("probabilities"),
                        Column.number("calibration error"),
                        Column.number("floor"),
                        Column.number("Brier score"),
                        Column.number("log loss")),
                List.of(
                        probabilities("before the temperature", unseen.before()),
                        probabilities("as given", unseen.after()))));
        if (!unseen.mistakes().isEmpty()) {
            List<Block.Quote> quotes = unseen.mistakes().stream()
                    .map(mistake -> new Block.Quote(
                            mistake.source() + " / " + mistake.id(),
                            List.of(new Block.Piece(mistake.text(), false)),
                            "gold says " + mistake.label() + ", the teacher " + mistake.predicted() + " with "
                                    + NumberText.percent(mistake.confidence())))
                    .toList();
            blocks.add(new Block.Quotes(
                    "Where the teacher is sure and gold says otherwise",
                    "Of the same documents, surest first: mistakes of the teacher, or of who labelled them.",
                    List.of(new Block.QuoteGroup("", "", quotes)),
                    MISTAKES));
        }
        return blocks;
    }

    private static Row probabilities(String name, LabelFigures.Probabilities probabilities) {
        return Row.of(
                Cell.of(name),
                Cell.of(NumberText.percent(probabilities.ece())),
                Cell.of(NumberText.percent(probabilities.eceFloor())),
                Cell.of(NumberText.score(probabilities.brier())),
                Cell.of(NumberText.score(probabilities.loss())));
    }

    private static Block teacher(LabelFigures figures) {
        return new Block.Table(
                "Teacher",
                "",
                List.of(Column.text("property"), Column.text("value")),
                List.of(
                        Row.of(Cell.of("teacher"), Cell.of(figures.teacher())),
                        Row.of(Cell.of("kind"), Cell.of(figures.kind())),
                        Row.of(Cell.of("chosen by gold labels"), Cell.of(figures.choice())),
                        Row.of(Cell.of("encoder"), Cell.of(figures.model() + ", " + figures.precision())),
                        Row.of(Cell.of("longest input"), Cell.of(count(figures.maxTokens()) + " word pieces")),
                        Row.of(Cell.of("labels"), Cell.of(count(figures.labels().size()))),
                        Row.of(Cell.of("temperature"), Cell.of(NumberText.score(figures.temperature()))),
                        Row.of(
                                Cell.of("texts run"),
                                Cell.of(count(figures.inference().inferred()))),
                        Row.of(
                                Cell.of("texts known from earlier runs"),
                                Cell.of(count(figures.inference().cached()))),
                        Row.of(
                                Cell.of("tokens"),
                                Cell.of(count(figures.inference().tokens()) + ", and "
                                        + NumberText.percent(figures.inference().paddingShare()) + " of padding")),
                        Row.of(
                                Cell.of("documents without probabilities"),
                                Cell.of(count(CurationView.sum(figures.rejectedByReason())))),
                        Row.of(
                                Cell.of("documents a second, whole stage"),
                                Cell.of(NumberText.significant(figures.stageDocsPerSecond())))));
    }

    private static Block mix(LabelFigures figures, Map<String, Long> scores) {
        Set<String> names = new LinkedHashSet<>(figures.byLabel().keySet());
        names.addAll(figures.goldByLabel().keySet());
        names.addAll(scores.keySet());
        List<Map<String, Long>> counts = List.of(figures.goldByLabel(), figures.byLabel(), scores);
        double widest = 0;
        for (Map<String, Long> column : counts) {
            long whole = CurationView.sum(column);
            for (long documents : column.values()) {
                widest = Math.max(widest, (double) documents / Math.max(1, whole));
            }
        }
        List<Row> rows = new ArrayList<>();
        for (String name : names) {
            List<Cell> cells = new ArrayList<>(List.of(Cell.of(name)));
            for (Map<String, Long> column : counts) {
                cells.add(cell(column, name, widest));
            }
            rows.add(new Row(cells, false));
        }
        String note =
                "Share of documents by label; bars of one scale. A column far from the others is a shift worth a look.";
        return new Block.Table(
                "Label mix",
                scores.isEmpty() ? note + " Nothing has been scored yet." : note,
                List.of(Column.text("label"), Column.number("gold"), Column.number("teacher"), Column.number("scores")),
                rows,
                12);
    }

    private static Cell cell(Map<String, Long> column, String name, double widest) {
        if (column.isEmpty()) {
            return Cell.toned(NumberText.ABSENT, "quiet");
        }
        long documents = column.getOrDefault(name, 0L);
        long whole = CurationView.sum(column);
        double fraction = whole == 0 || widest == 0 ? 0 : (double) documents / whole / widest;
        return Cell.bar(share(documents, whole), fraction);
    }
}
