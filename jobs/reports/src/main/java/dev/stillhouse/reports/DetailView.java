package dev.stillhouse.reports;

import static dev.stillhouse.reports.NumberText.count;
import static dev.stillhouse.reports.NumberText.percent;
import static dev.stillhouse.reports.NumberText.score;
import static dev.stillhouse.reports.NumberText.signed;

import dev.stillhouse.reports.Block.Cell;
import dev.stillhouse.reports.Block.Column;
import dev.stillhouse.reports.Block.Row;
import dev.stillhouse.reports.PageView.Section;
import dev.stillhouse.reports.record.ModelFigures;
import dev.stillhouse.reports.record.TrainFigures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Where the student is weak, and what it looks at. */
final class DetailView {
    private static final double NOTABLE = 0.02;
    /** Groups of fewer documents are no worst group. */
    private static final long LEAST_DOCUMENTS = 30;

    private DetailView() {}

    static Section section(Report report) {
        if (report.train().isEmpty()) {
            return Section.missing("details", "Where it is weak", "train");
        }
        TrainFigures figures = report.train().get().figures();
        List<Block> blocks = new ArrayList<>();
        if (figures.givesScores()) {
            blocks.add(ScoreDetailView.slices(figures));
        } else {
            labels(blocks, figures);
        }
        blocks.add(features(figures));
        return new Section("details", "Where it is weak", "The same evaluation documents, taken apart.", blocks);
    }

    private static void labels(List<Block> blocks, TrainFigures figures) {
        blocks.add(byLabel(figures));
        blocks.add(slices(figures));
        if (!figures.gaps().isEmpty()) {
            blocks.add(gaps(figures));
        }
        blocks.add(reliability(figures));
        blocks.add(probabilities(figures));
        if (!figures.givesSets()) {
            blocks.add(confusions(figures));
        }
    }

    private static Block byLabel(TrainFigures figures) {
        List<TrainFigures.LabelQuality> labels = new ArrayList<>(figures.byLabel());
        labels.sort(Comparator.comparingDouble(TrainFigures.LabelQuality::studentF1)
                .thenComparing(TrainFigures.LabelQuality::label));
        List<Row> rows = new ArrayList<>();
        for (TrainFigures.LabelQuality label : labels) {
            List<Cell> cells = new ArrayList<>(List.of(
                    Cell.of(label.label()),
                    Cell.of(count(label.documents())),
                    Cell.bar(score(label.teacherF1()), label.teacherF1()),
                    Cell.bar(score(label.studentF1()), label.studentF1()),
                    difference(label.studentF1() - label.teacherF1(), label.documents())));
            if (figures.givesSets()) {
                cells.add(Cell.of(score(Optional.ofNullable(figures.thresholds().get(label.label())))));
            }
            rows.add(new Row(cells, false));
        }
        List<Column> columns = new ArrayList<>(List.of(
                Column.text("label"),
                Column.number("documents"),
                Column.number("teacher F1"),
                Column.number("student F1"),
                Column.number("difference")));
        if (figures.givesSets()) {
            columns.add(Column.number("threshold"));
        }
        return new Block.Table(
                "By label, worst first",
                "F1 of each label. A label of few documents moves a lot by chance."
                        + (figures.givesSets()
                                ? " A document has a label from its threshold on, where the student’s F1 on the select part was best."
                                : ""),
                columns,
                rows,
                12);
    }

    /** Toned where it is more than chance does to so few documents: about two standard errors of a share of one half. */
    private static Cell difference(double value, long documents) {
        double notable = Math.max(NOTABLE, 1 / Math.sqrt(Math.max(1.0, (double) documents)));
        return Cell.toned(signed(value), value < -notable ? "bad" : value > notable ? "good" : "");
    }

    private static Block slices(TrainFigures figures) {
        List<Row> rows = new ArrayList<>();
        Optional<TrainFigures.Slice> worst = worst(figures);
        for (TrainFigures.Slice slice : figures.slices()) {
            Cell[] cells = {
                Cell.of(slice.slice()),
                Cell.of(slice.value(), worst.filter(slice::equals).isPresent() ? "the worst group" : ""),
                Cell.of(count(slice.documents())),
                QualityView.interval(slice.teacherF1()),
                QualityView.interval(slice.studentF1()),
                difference(slice.studentF1().value() - slice.teacherF1().value(), slice.documents()),
                QualityView.interval(slice.accuracy()),
                QualityView.interval(slice.agreement()),
                Cell.of(score(slice.ece()), "floor " + score(slice.eceFloor()))
            };
            rows.add(worst.filter(slice::equals).isPresent() ? Row.strong(cells) : Row.of(cells));
        }
        return new Block.Table(
                "Groups",
                "Weighted F1, accuracy, and how often student and teacher agree, each with its 95 % interval, on parts of the evaluation documents. The worst group is the one of the least F1 among those of 30 documents or more.",
                List.of(
                        Column.text("group by"),
                        Column.text("value"),
                        Column.number("documents"),
                        Column.number("teacher F1"),
                        Column.number("student F1"),
                        Column.number("difference"),
                        Column.number("accuracy"),
                        Column.number("agreement"),
                        Column.number("ECE")),
                rows,
                12);
    }

    private static Optional<TrainFigures.Slice> worst(TrainFigures figures) {
        return figures.slices().stream()
                .filter(slice -> slice.documents() >= LEAST_DOCUMENTS)
                .min(Comparator.comparingDouble(slice -> slice.studentF1().value()));
    }

    private static Block gaps(TrainFigures figures) {
        List<Row> rows = new ArrayList<>();
        for (TrainFigures.RateGap gap : figures.gaps()) {
            rows.add(Row.of(
                    Cell.of(gap.label()),
                    Cell.of(gap.slice()),
                    Cell.of(percent(gap.mostRate()), gap.most()),
                    Cell.of(percent(gap.leastRate()), gap.least()),
                    Cell.of(
                            percent(gap.difference().value()),
                            "at least " + percent(gap.difference().low())),
                    Cell.of(percent(gap.goldDifference()))));
        }
        return new Block.Table(
                "Labels that one group gets more often than another",
                "Shares of the group's documents that the student gives the label, where the difference is more than chance does to one label; the last column says how much of it the gold labels have too.",
                List.of(
                        Column.text("label"),
                        Column.text("group by"),
                        Column.number("most often in"),
                        Column.number("least often in"),
                        Column.number("difference"),
                        Column.number("in gold")),
                rows,
                12);
    }

    private static Block reliability(TrainFigures figures) {
        List<ChartData.Series> series = new ArrayList<>();
        List<Row> rows = new ArrayList<>();
        for (TrainFigures.Reliability diagram : figures.reliability()) {
            List<double[]> points = new ArrayList<>();
            for (TrainFigures.Bin bin : diagram.bins()) {
                points.add(new double[] {bin.confidence(), bin.accuracy(), bin.documents()});
                rows.add(Row.of(
                        Cell.of(diagram.model()),
                        Cell.of(score(bin.confidence())),
                        Cell.of(score(bin.accuracy())),
                        Cell.of(signed(bin.accuracy() - bin.confidence())),
                        Cell.of(count(bin.documents()))));
            }
            series.add(new ChartData.Series(diagram.model(), points));
        }
        boolean sets = figures.givesSets();
        String probability = sets ? "mean probability" : "mean top probability";
        String share = sets ? "share that has the label" : "share right";
        ChartData data = new ChartData(
                "reliability", "reliability", List.of(), series, probability, sets ? share : "share of right labels");
        List<Column> columns = List.of(
                Column.text("model"),
                Column.number(probability),
                Column.number(share),
                Column.number("difference"),
                Column.number(sets ? "probabilities" : "documents"));
        return new Block.Chart(
                "reliability",
                "Reliability",
                "Reliability diagram: " + share + " against " + probability
                        + ", by bins of equal mass, for teacher and student.",
                "On the diagonal a probability means what it says; below it the model is too sure, above it too modest.",
                data,
                new Block.Table("", "", columns, rows));
    }

    private static Block probabilities(TrainFigures figures) {
        Optional<TrainFigures.OutOfScope> outside = figures.outOfScope();
        List<Row> rows = new ArrayList<>();
        figures.teacher()
                .labels()
                .ifPresent(labels -> rows.add(probabilities(
                        "teacher",
                        labels.calibration(),
                        outside.flatMap(TrainFigures.OutOfScope::teacher),
                        figures.givesSets())));
        figures.student()
                .labels()
                .ifPresent(labels -> rows.add(probabilities(
                        "student",
                        labels.calibration(),
                        outside.map(TrainFigures.OutOfScope::student),
                        figures.givesSets())));
        List<Column> columns = new ArrayList<>(List.of(
                Column.text("model"),
                Column.number("ECE"),
                Column.number("Brier"),
                Column.number("log loss, nats"),
                Column.number("risk-coverage area")));
        String note = "Less is better.";
        if (!figures.givesSets()) {
            columns.add(Column.number("out of scope, AUROC"));
            note =
                    "Less is better, but for the last column: the chance that the model is surer of an evaluation document than of one that belongs to no label"
                            + outside.map(scope -> ", of which there are " + count(scope.documents()) + ".")
                                    .orElse("; the task names none under out_of_scope.");
        }
        return new Block.Table("How far probabilities can be trusted", note, columns, rows);
    }

    private static Row probabilities(
            String name, ModelFigures.Calibration calibration, Optional<Double> auroc, boolean sets) {
        List<Cell> cells = new ArrayList<>(List.of(
                Cell.of(name, calibration.isCalibrated() ? "calibrated" : "not calibrated"),
                Cell.of(score(calibration.ece()), "floor " + score(calibration.eceFloor())),
                Cell.of(score(calibration.brier())),
                Cell.of(score(calibration.loss())),
                Cell.of(score(calibration.riskCoverage()))));
        if (!sets) {
            cells.add(Cell.of(score(auroc)));
        }
        return new Row(cells, false);
    }

    private static Block confusions(TrainFigures figures) {
        List<Row> rows = new ArrayList<>();
        for (TrainFigures.Confusion confusion : figures.confusions()) {
            rows.add(Row.of(
                    Cell.of(confusion.gold()), Cell.of(confusion.student()), Cell.of(count(confusion.documents()))));
        }
        return new Block.Table(
                "Most frequent confusions",
                "",
                List.of(Column.text("gold label"), Column.text("student said"), Column.number("documents")),
                rows,
                12);
    }

    private static Block features(TrainFigures figures) {
        List<Row> rows = new ArrayList<>();
        for (TrainFigures.TopFeatures features : figures.topFeatures()) {
            rows.add(Row.of(Cell.of(features.label()), Cell.toned(String.join(" · ", features.ngrams()), "wide")));
        }
        return new Block.Table(
                "What the student looks at",
                figures.givesScores()
                        ? "The word n-grams that raised scores most, and those that lowered them most, over the evaluation documents."
                        : "The word n-grams that added most to each label over the evaluation documents that got it.",
                List.of(Column.text(figures.givesScores() ? "for" : "label"), Column.text("n-grams")),
                rows,
                12);
    }
}
