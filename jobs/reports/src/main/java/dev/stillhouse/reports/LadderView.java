package dev.stillhouse.reports;

import static dev.stillhouse.reports.NumberText.bytes;
import static dev.stillhouse.reports.NumberText.count;
import static dev.stillhouse.reports.NumberText.percent;
import static dev.stillhouse.reports.NumberText.score;
import static dev.stillhouse.reports.NumberText.seconds;

import dev.stillhouse.reports.Block.Cell;
import dev.stillhouse.reports.Block.Column;
import dev.stillhouse.reports.Block.Row;
import dev.stillhouse.reports.PageView.Section;
import dev.stillhouse.reports.record.TrainFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which students were tried, what each cost and reached, and which was chosen. */
final class LadderView {
    private LadderView() {}

    static Section section(TrainFigures figures) {
        return new Section(
                "ladder",
                "Which student",
                "The kinds that were tried before one was judged on the evaluation documents.",
                blocks(figures));
    }

    private static List<Block> blocks(TrainFigures figures) {
        List<Block> blocks = new ArrayList<>(List.of(ladder(figures), pareto(figures), variants(figures)));
        if (!figures.curve().isEmpty()) {
            blocks.add(curve(figures));
        }
        return blocks;
    }

    private static Block curve(TrainFigures figures) {
        List<Row> rows = new ArrayList<>();
        for (TrainFigures.CurvePoint point : figures.curve()) {
            rows.add(Row.of(
                    Cell.of(count(point.documents())),
                    Cell.bar(percent(point.agreement()), point.agreement()),
                    Cell.of(percent(point.retained())),
                    Cell.of(score(point.loss()))));
        }
        return new Block.Table(
                "Learning curve",
                "Students of the published kind that learned from a part of the documents, on the same select part. Where the last halving still lost much, more documents would help.",
                List.of(
                        Column.number("documents"),
                        Column.number("agreement"),
                        Column.number("retained"),
                        Column.number("loss, nats")),
                rows);
    }

    /** Size against quality; a student that another beats in both is not worth publishing. */
    private static Block pareto(TrainFigures figures) {
        List<ChartData.Series> series = new ArrayList<>();
        List<Row> rows = new ArrayList<>();
        for (TrainFigures.Rung rung : figures.ladder()) {
            boolean front = isOnFront(rung, figures.ladder());
            series.add(new ChartData.Series(
                    rung.kind() + (rung.chosen() ? ", chosen" : ""),
                    List.of(new double[] {rung.bytes() / 1e6, rung.retained(), rung.docsPerSecond()})));
            rows.add(Row.of(
                    Cell.of(rung.kind()),
                    Cell.of(bytes(rung.bytes())),
                    Cell.of(count(Math.round(rung.docsPerSecond()))),
                    Cell.of(percent(rung.retained())),
                    Cell.of(front ? "yes" : "no")));
        }
        ChartData data = new ChartData("pareto", "pareto", List.of(), series, "size of the file, MB", "retained");
        return new Block.Chart(
                "pareto",
                "Size against quality",
                "Size of each student's file against what it is estimated to retain of the teacher's "
                        + (figures.givesScores() ? "rank correlation." : figures.givesSets() ? "F1." : "accuracy."),
                "Up and to the left is better; the size of a dot grows with documents a second. A student is on the front if no other is both smaller and better.",
                data,
                new Block.Table(
                        "",
                        "",
                        List.of(
                                Column.text("student"),
                                Column.number("size"),
                                Column.number("documents/s"),
                                Column.number("retained"),
                                Column.text("on the front")),
                        rows));
    }

    private static boolean isOnFront(TrainFigures.Rung rung, List<TrainFigures.Rung> ladder) {
        return ladder.stream().noneMatch(other -> other.bytes() < rung.bytes() && other.retained() > rung.retained());
    }

    private static Block ladder(TrainFigures figures) {
        List<Row> rows = new ArrayList<>();
        for (TrainFigures.Rung rung : figures.ladder()) {
            Cell[] cells = {
                Cell.of(rung.kind(), rung.chosen() ? "chosen, " + rung.variant() : rung.variant()),
                Cell.of(percent(rung.retained()), "± " + percent(rung.retainedError())),
                Cell.of(agreement(rung.agreement(), figures)),
                Cell.of(score(rung.loss())),
                Cell.of(score(Optional.ofNullable(rung.figures().get(figures.givesScores() ? "mae" : "ece")))),
                Cell.of(bytes(rung.bytes())),
                Cell.of(count(Math.round(rung.docsPerSecond()))),
                Cell.of(seconds(rung.seconds())),
                rung.missed().isEmpty() ? Cell.of("none") : Cell.toned(String.join(", ", rung.missed()), "bad")
            };
            rows.add(rung.chosen() ? Row.strong(cells) : Row.of(cells));
        }
        return new Block.Table(
                "Students tried, the smallest kind first",
                "On the " + count(figures.learning().select())
                        + " documents of the select part. What is retained is estimated there, from the "
                        + (figures.givesScores() ? "scores" : "probabilities")
                        + " of teacher and student; to count as met, its target must be passed by a standard error. Agreement and loss leave gold documents out. Speed was measured for half a second. The evaluation documents have the last word.",
                List.of(
                        Column.text("kind"),
                        Column.number("retained"),
                        Column.number("agreement"),
                        Column.number(loss(figures)),
                        Column.number(figures.givesScores() ? "mean error" : "ECE"),
                        Column.number("size"),
                        Column.number("documents/s"),
                        Column.number("training"),
                        Column.text("targets missed")),
                rows);
    }

    private static Block variants(TrainFigures figures) {
        TrainFigures.Learning learning = figures.learning();
        List<Row> rows = new ArrayList<>();
        for (TrainFigures.Variant variant : figures.variants()) {
            Cell[] cells = {
                Cell.of(variant.kind() + ": " + variant.name(), variant.chosen() ? "best of its kind" : ""),
                Cell.of(count(variant.features())),
                Cell.of(count(variant.epochs())),
                Cell.of(score(variant.selectLoss())),
                Cell.of(score(variant.selectAgreement()))
            };
            rows.add(variant.chosen() ? Row.strong(cells) : Row.of(cells));
        }
        return new Block.Table(
                "Variants tried",
                "Fitted on " + count(learning.fit()) + " documents, compared on the " + count(learning.select())
                        + " of the select part, gold documents included, before compression."
                        + temperature(figures),
                List.of(
                        Column.text("variant"),
                        Column.number("features"),
                        Column.number("passes"),
                        Column.number(loss(figures)),
                        Column.number(figures.givesScores() ? "variance explained" : "agreement")),
                rows);
    }

    private static String temperature(TrainFigures figures) {
        TrainFigures.Learning learning = figures.learning();
        if (figures.givesScores()) {
            return "";
        }
        return " Temperature " + score(learning.temperature())
                + (learning.unseenGold() == 0
                        ? "."
                        : ", by " + count(learning.unseenGold())
                                + " gold documents that neither student nor teacher had seen.");
    }

    private static String agreement(double agreement, TrainFigures figures) {
        return figures.givesScores() ? score(agreement) : percent(agreement);
    }

    private static String loss(TrainFigures figures) {
        return figures.givesScores() ? "half squared error" : "loss, nats";
    }
}
