package dev.stillhouse.reports;

import static dev.stillhouse.reports.NumberText.count;
import static dev.stillhouse.reports.NumberText.score;
import static dev.stillhouse.reports.NumberText.signed;

import dev.stillhouse.reports.Block.Cell;
import dev.stillhouse.reports.Block.Column;
import dev.stillhouse.reports.Block.Row;
import dev.stillhouse.reports.PageView.Section;
import dev.stillhouse.reports.record.Interval;
import dev.stillhouse.reports.record.ModelFigures;
import dev.stillhouse.reports.record.TrainFigures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How good, large and fast the models are, and whether that is enough. */
final class QualityView {
    private QualityView() {}

    static Section section(Report report) {
        if (report.train().isEmpty()) {
            return Section.missing("quality", "Student and teacher", "train");
        }
        TrainFigures figures = report.train().get().figures();
        String lead = "Judged once, on " + count(figures.learning().evaluation())
                + " documents that nothing was fitted on. Intervals hold 95 % of bootstrap samples.";
        List<Block> blocks = new ArrayList<>();
        blocks.add(targets(figures));
        blocks.add(quality(figures));
        blocks.add(effort(figures));
        blocks.add(differences(figures));
        return new Section("quality", "Student and teacher", lead, blocks);
    }

    private static Map<String, ModelFigures> models(TrainFigures figures) {
        Map<String, ModelFigures> models = new LinkedHashMap<>();
        models.put("Teacher", figures.teacher());
        models.put("Student", figures.student());
        models.put("Student, uncompressed", figures.studentFp32());
        models.put("Baseline, gold alone", figures.baseline());
        return models;
    }

    private static Block targets(TrainFigures figures) {
        if (figures.targets().isEmpty()) {
            return new Block.Prose("No targets were set, so any student would have been published.");
        }
        List<Row> rows = new ArrayList<>();
        for (TrainFigures.Target target : figures.targets()) {
            rows.add(Row.of(
                    Cell.of(target.name()),
                    Cell.of(target.demand()),
                    Cell.of(target.reached().map(QualityView::reached).orElse("not measured")),
                    target.met() ? Cell.toned("✓ met", "good") : Cell.toned("✗ missed", "bad")));
        }
        return new Block.Table(
                "Targets",
                "",
                List.of(
                        Column.text("target"),
                        Column.number("demand"),
                        Column.number("reached"),
                        Column.text("verdict")),
                rows);
    }

    /** Digits enough to tell what was just missed from what was just met. */
    private static String reached(double value) {
        return NumberText.decimal(value, value == Math.rint(value) ? 0 : Math.abs(value) < 10 ? 4 : 1);
    }

    private static Block quality(TrainFigures figures) {
        Map<String, ModelFigures> models = models(figures);
        double low = models.values().stream()
                .mapToDouble(model -> model.f1Weighted().low())
                .min()
                .orElse(0);
        double high = models.values().stream()
                .mapToDouble(model -> model.f1Weighted().high())
                .max()
                .orElse(1);
        List<Row> rows = new ArrayList<>();
        models.forEach((name, model) -> {
            Cell[] cells = {
                Cell.of(name, model.kind()),
                interval(model.f1Weighted()),
                range(model.f1Weighted(), low, high),
                Cell.of(score(model.f1Macro())),
                interval(model.accuracy()),
                model.agreement().map(QualityView::interval).orElse(Cell.toned(NumberText.ABSENT, "quiet")),
                calibration(model.calibration())
            };
            rows.add(name.equals("Student") ? Row.strong(cells) : Row.of(cells));
        });
        return new Block.Table(
                "Quality",
                "The strip draws weighted F1 with its interval, from " + score(low) + " to " + score(high)
                        + ". Calibration error counts as chance up to the figure below it.",
                List.of(
                        Column.text("model"),
                        Column.number("weighted F1"),
                        Column.text("interval"),
                        Column.number("macro F1"),
                        Column.number("accuracy"),
                        Column.number("agreement"),
                        Column.number("calibration error")),
                rows);
    }

    private static Cell calibration(ModelFigures.Calibration calibration) {
        return new Cell(
                score(calibration.ece()),
                "chance: " + score(calibration.eceFloor()),
                calibration.isCalibrated() ? "good" : "bad",
                "",
                "");
    }

    static Cell interval(Interval interval) {
        return Cell.of(score(interval.value()), score(interval.low()) + " – " + score(interval.high()));
    }

    private static Cell range(Interval interval, double low, double high) {
        double width = Math.max(high - low, 1e-9);
        return Cell.range(
                (interval.low() - low) / width, (interval.value() - low) / width, (interval.high() - low) / width);
    }

    private static Block effort(TrainFigures figures) {
        List<Row> rows = new ArrayList<>();
        models(figures).forEach((name, model) -> {
            Cell[] cells = {
                Cell.of(name),
                Cell.of(model.bytes().map(NumberText::bytes).orElse(NumberText.ABSENT)),
                Cell.of(model.parameters().map(NumberText::count).orElse(NumberText.ABSENT)),
                model.speed().map(QualityView::speed).orElse(Cell.of(NumberText.ABSENT)),
                Cell.of(model.speed()
                        .flatMap(ModelFigures.Speed::speedup)
                        .map(times -> NumberText.significant(times) + " ×")
                        .orElse(NumberText.ABSENT)),
                Cell.of(model.speed().map(s -> count(s.threads())).orElse(NumberText.ABSENT))
            };
            rows.add(name.equals("Student") ? Row.strong(cells) : Row.of(cells));
        });
        return new Block.Table(
                "Size and speed",
                "Text in, probabilities out, tokenising included; median of the rounds, slowest and fastest below.",
                List.of(
                        Column.text("model"),
                        Column.number("to ship"),
                        Column.number("weights"),
                        Column.number("documents a second"),
                        Column.number("speedup"),
                        Column.number("threads")),
                rows);
    }

    private static Cell speed(ModelFigures.Speed speed) {
        return Cell.of(
                NumberText.significant(speed.docsPerSecond()),
                NumberText.significant(speed.lowest()) + " – " + NumberText.significant(speed.highest()));
    }

    private static Block differences(TrainFigures figures) {
        double widest = 1e-9;
        for (TrainFigures.Difference difference : figures.differences()) {
            Interval f1 = difference.f1Weighted();
            widest = Math.max(widest, Math.max(Math.abs(f1.low()), Math.abs(f1.high())));
        }
        List<Row> rows = new ArrayList<>();
        for (TrainFigures.Difference difference : figures.differences()) {
            Interval f1 = difference.f1Weighted();
            rows.add(Row.of(
                    Cell.of(difference.left() + " − " + difference.right()),
                    Cell.of(signed(f1.value()), signed(f1.low()) + " to " + signed(f1.high())),
                    range(f1, -widest, widest),
                    verdict(f1)));
        }
        return new Block.Table(
                "Differences, paired",
                "Weighted F1 on the same documents. The strip runs from " + signed(-widest) + " to " + signed(widest)
                        + ", with zero in the middle.",
                List.of(
                        Column.text("pair"),
                        Column.number("difference"),
                        Column.text("interval"),
                        Column.text("reading")),
                rows);
    }

    private static Cell verdict(Interval f1) {
        if (f1.low() > 0) {
            return Cell.of("the first is better");
        }
        return f1.high() < 0 ? Cell.of("the second is better") : Cell.toned("no clear difference", "quiet");
    }
}
