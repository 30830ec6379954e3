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
        boolean givesScores =
                figures.unseenScores().isPresent() || figures.goldByLabel().isEmpty();
        String lead = "The teacher learned from " + count(figures.gold())
                + (givesScores ? " gold scores and scored " : " gold labels and labelled ")
                + count(figures.documents()) + " documents.";
        List<Block> blocks = new ArrayList<>(List.of(teacher(figures, givesScores)));
        blocks.addAll(members(figures));
        figures.chosen().ifPresent(chosen -> blocks.addAll(curve(chosen)));
        if (!givesScores) {
            boolean givesSets =
                    report.train().filter(stage -> stage.figures().givesSets()).isPresent();
            blocks.add(mix(figures, scores, givesSets));
        }
        figures.unseenScores().ifPresent(unseen -> blocks.add(unseen(unseen)));
        figures.unseen().ifPresent(unseen -> blocks.addAll(unseen(unseen)));
        return new Section("labels", givesScores ? "Teacher" : "Labels", lead, blocks);
    }

    private static List<Block> curve(LabelFigures.Chosen chosen) {
        if (chosen.curve().isEmpty()) {
            return List.of();
        }
        List<Row> rows = new ArrayList<>();
        for (LabelFigures.Round round : chosen.curve()) {
            rows.add(Row.of(
                    Cell.of(count(round.texts())), Cell.bar(NumberText.percent(round.agreement()), round.agreement())));
        }
        return List.of(new Block.Table(
                "Learning curve",
                "How often a student, quickly trained on so many texts, says what the teacher says of texts that were held out. Where the last rows are alike, more labels are worth little.",
                List.of(Column.number("texts learned from"), Column.number("agreement")),
                rows));
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

    private static Block unseen(LabelFigures.UnseenScores unseen) {
        return new Block.Prose("On " + count(unseen.rows())
                + " gold documents that its head had not seen, the teacher’s scores have a rank correlation of "
                + NumberText.score(unseen.spearman()) + " with gold, and a mean error of "
                + NumberText.score(unseen.mae()) + ".");
    }

    private static Row probabilities(String name, LabelFigures.Probabilities probabilities) {
        return Row.of(
                Cell.of(name),
                Cell.of(NumberText.percent(probabilities.ece())),
                Cell.of(NumberText.percent(probabilities.eceFloor())),
                Cell.of(NumberText.score(probabilities.brier())),
                Cell.of(NumberText.score(probabilities.loss())));
    }

    private static Block teacher(LabelFigures figures, boolean givesScores) {
        List<Row> rows = new ArrayList<>();
        rows.add(row("teacher", figures.teacher()));
        rows.add(row("kind", figures.kind()));
        if (figures.members().size() == 1) {
            LabelFigures.Member member = figures.members().get(0);
            rows.add(row("model", named(member)));
            member.maxTokens().ifPresent(most -> rows.add(row("longest input", count(most) + " word pieces")));
        }
        if (!figures.choice().isEmpty()) {
            rows.add(row("chosen by gold " + (givesScores ? "scores" : "labels"), figures.choice()));
        }
        if (!givesScores) {
            rows.add(row("labels", count(figures.labels().size())));
            rows.add(row("temperature", NumberText.score(figures.temperature())));
        }
        figures.chosen()
                .ifPresent(chosen -> rows.add(row(
                        "texts chosen", count(chosen.texts()) + " of " + count(chosen.of()) + ", by " + chosen.by())));
        rows.addAll(inference(figures.inference()));
        rows.add(row(
                "documents without " + (givesScores ? "a score" : "probabilities"),
                count(CurationView.sum(figures.rejectedByReason()))));
        rows.add(row("documents a second, whole stage", NumberText.significant(figures.stageDocsPerSecond())));
        return new Block.Table("Teacher", "", List.of(Column.text("property"), Column.text("value")), rows);
    }

    static List<Row> inference(LabelFigures.Inference inference) {
        List<Row> rows = new ArrayList<>();
        rows.add(row("texts run", count(inference.inferred())));
        rows.add(row("texts known from earlier runs", count(inference.cached())));
        if (inference.left() > 0) {
            rows.add(row("texts left, the budget being spent", count(inference.left())));
        }
        if (inference.asked().isEmpty()) {
            rows.add(row(
                    "tokens",
                    count(inference.tokens()) + ", and " + NumberText.percent(inference.paddingShare())
                            + " of padding"));
            return rows;
        }
        LabelFigures.Asked asked = inference.asked().get();
        rows.add(row("requests", count(asked.requests())));
        rows.add(row(
                "tokens", count(inference.tokens()) + " of questions, " + count(asked.answerTokens()) + " of answers"));
        asked.money().ifPresent(money -> rows.add(row("cost", NumberText.significant(money) + " " + asked.currency())));
        return rows;
    }

    private static List<Block> members(LabelFigures figures) {
        if (figures.members().size() < 2) {
            return List.of();
        }
        return List.of(new Block.Table(
                "Members",
                "Each is made as sure as it should be before they are mixed.",
                List.of(
                        Column.text("kind"),
                        Column.text("model"),
                        Column.number("weight"),
                        Column.number("temperature")),
                figures.members().stream()
                        .map(member -> Row.of(
                                Cell.of(member.kind()),
                                Cell.of(named(member)),
                                Cell.of(NumberText.percent(member.weight())),
                                Cell.of(NumberText.score(member.temperature()))))
                        .toList()));
    }

    private static String named(LabelFigures.Member member) {
        return member.model()
                + member.precision().map(precision -> ", " + precision).orElse("");
    }

    static Row row(String property, String value) {
        return Row.of(Cell.of(property), Cell.of(value));
    }

    private static Block mix(LabelFigures figures, Map<String, Long> scores, boolean givesSets) {
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
        String note = (givesSets
                        ? "Share of the labels given, a document of several counting once for each"
                        : "Share of documents by label")
                + "; bars of one scale. A column far from the others is a shift worth a look.";
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
