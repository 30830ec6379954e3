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
    /** The target whose figure has a unit. */
    private static final String SIZE = "size";

    private QualityView() {}

    static Section section(Report report) {
        if (report.train().isEmpty()) {
            return Section.missing("quality", "Student and teacher", "train");
        }
        TrainFigures figures = report.train().get().figures();
        String lead = "Judged once, on " + count(figures.learning().evaluation())
                + " documents that nothing was fitted on. Intervals hold 95 % of bootstrap samples.";
        List<Block> blocks = new ArrayList<>();
        blocks.add(targets(figures.targets()));
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

    static Block targets(List<TrainFigures.Target> targets) {
        if (targets.isEmpty()) {
            return new Block.Prose("No targets were set, so any student would have been published.");
        }
        List<Row> rows = new ArrayList<>();
        for (TrainFigures.Target target : targets) {
            rows.add(Row.of(
                    Cell.of(target.name()),
                    Cell.of(target.demand()),
                    Cell.of(target.reached()
                            .map(value -> reached(value) + (target.name().equals(SIZE) ? " bytes" : ""))
                            .orElse("not measured")),
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
                .mapToDouble(model -> model.headline().low())
                .min()
                .orElse(0);
        double high = models.values().stream()
                .mapToDouble(model -> model.headline().high())
                .max()
                .orElse(1);
        List<Row> rows = new ArrayList<>();
        models.forEach((name, model) -> {
            List<Cell> cells = new ArrayList<>(List.of(
                    Cell.of(name, model.kind()), interval(model.headline()), range(model.headline(), low, high)));
            model.labels().ifPresent(labels -> addLabels(cells, labels, figures.givesSets()));
            model.scores().ifPresent(scores -> addScores(cells, scores));
            rows.add(new Row(cells, name.equals("Student")));
        });
        List<Column> columns = new ArrayList<>(
                List.of(Column.text("model"), Column.number(headline(figures)), Column.text("interval")));
        columns.addAll(figures.givesScores() ? scoreColumns(figures) : labelColumns(figures));
        String strip = "The strip draws " + headline(figures) + " with its interval, from " + score(low) + " to "
                + score(high) + ".";
        return new Block.Table(
                "Quality",
                strip
                        + (figures.givesScores()
                                ? " Errors are in the unit of the gold scores; the baseline is what gold alone teaches."
                                : " Calibration error counts as chance up to the figure below it."),
                columns,
                rows);
    }

    /** What stands for all figures, in words. */
    static String headline(TrainFigures figures) {
        return figures.givesScores() ? "rank correlation" : "weighted F1";
    }

    private static void addLabels(List<Cell> cells, ModelFigures.Labels labels, boolean givesSets) {
        cells.add(Cell.of(score(labels.f1Macro())));
        if (givesSets) {
            cells.add(labels.f1Micro().map(QualityView::interval).orElse(Cell.toned(NumberText.ABSENT, "quiet")));
        }
        cells.add(interval(labels.accuracy()));
        cells.add(labels.agreement().map(QualityView::interval).orElse(Cell.toned(NumberText.ABSENT, "quiet")));
        cells.add(calibration(labels.calibration()));
    }

    private static void addScores(List<Cell> cells, ModelFigures.Scores scores) {
        cells.add(interval(scores.mae()));
        cells.add(Cell.of(score(scores.rmse())));
        cells.add(scores.agreement()
                .map(agreement -> Cell.of(score(agreement)))
                .orElse(Cell.toned(NumberText.ABSENT, "quiet")));
        scores.f1At().values().forEach(f1 -> cells.add(Cell.of(score(f1))));
    }

    private static List<Column> labelColumns(TrainFigures figures) {
        List<Column> columns = new ArrayList<>(List.of(Column.number("macro F1")));
        if (figures.givesSets()) {
            columns.add(Column.number("micro F1"));
        }
        columns.add(Column.number(figures.givesSets() ? "all labels right" : "accuracy"));
        columns.add(Column.number("agreement"));
        columns.add(Column.number("calibration error"));
        return columns;
    }

    private static List<Column> scoreColumns(TrainFigures figures) {
        List<Column> columns = new ArrayList<>(List.of(
                Column.number("mean error"), Column.number("root mean square"), Column.number("with the teacher")));
        figures.student().scores().ifPresent(scores -> scores.f1At()
                .keySet()
                .forEach(name -> columns.add(Column.number("F1 at " + name))));
        return columns;
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

    static Cell range(Interval interval, double low, double high) {
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
                "Text in, " + (figures.givesScores() ? "scores" : "probabilities")
                        + " out, tokenising included; median of the rounds, slowest and fastest below.",
                List.of(
                        Column.text("model"),
                        Column.number("to ship"),
                        Column.number("weights"),
                        Column.number("documents a second"),
                        Column.number("speedup"),
                        Column.number("threads")),
                rows);
    }

    static Cell speed(ModelFigures.Speed speed) {
        return Cell.of(
                NumberText.significant(speed.docsPerSecond()),
                NumberText.significant(speed.lowest()) + " – " + NumberText.significant(speed.highest()));
    }

    private static Block differences(TrainFigures figures) {
        double widest = 1e-9;
        for (TrainFigures.Difference difference : figures.differences()) {
            Interval f1 = difference.headline();
            widest = Math.max(widest, Math.max(Math.abs(f1.low()), Math.abs(f1.high())));
        }
        List<Row> rows = new ArrayList<>();
        for (TrainFigures.Difference difference : figures.differences()) {
            Interval f1 = difference.headline();
            rows.add(Row.of(
                    Cell.of(difference.left() + " − " + difference.right()),
                    Cell.of(signed(f1.value()), signed(f1.low()) + " to " + signed(f1.high())),
                    range(f1, -widest, widest),
                    verdict(f1)));
        }
        return new Block.Table(
                "Differences, paired",
                sentence(headline(figures)) + " on the same documents. The strip runs from " + signed(-widest) + " to "
                        + signed(widest) + ", with zero in the middle.",
                List.of(
                        Column.text("pair"),
                        Column.number("difference"),
                        Column.text("interval"),
                        Column.text("reading")),
                rows);
    }

    private static String sentence(String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    private static Cell verdict(Interval f1) {
        if (f1.low() > 0) {
            return Cell.of("the first is better");
        }
        return f1.high() < 0 ? Cell.of("the second is better") : Cell.toned("no clear difference", "quiet");
    }
}
