package dev.stillhouse.reports;

import static dev.stillhouse.reports.NumberText.count;
import static dev.stillhouse.reports.NumberText.score;
import static dev.stillhouse.reports.NumberText.signed;

import dev.stillhouse.reports.Block.Cell;
import dev.stillhouse.reports.Block.Column;
import dev.stillhouse.reports.Block.Row;
import dev.stillhouse.reports.PageView.Section;
import dev.stillhouse.reports.record.TrainFigures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Where the student is weak, and what it looks at. */
final class DetailView {
    private static final double NOTABLE = 0.02;

    private DetailView() {}

    static Section section(Report report) {
        if (report.train().isEmpty()) {
            return Section.missing("details", "Where it is weak", "train");
        }
        TrainFigures figures = report.train().get().figures();
        List<Block> blocks = new ArrayList<>();
        blocks.add(byLabel(figures));
        blocks.add(slices(figures));
        blocks.add(reliability(figures));
        blocks.add(confusions(figures));
        blocks.add(features(figures));
        return new Section("details", "Where it is weak", "The same evaluation documents, taken apart.", blocks);
    }

    private static Block byLabel(TrainFigures figures) {
        List<TrainFigures.LabelQuality> labels = new ArrayList<>(figures.byLabel());
        labels.sort(Comparator.comparingDouble(TrainFigures.LabelQuality::studentF1)
                .thenComparing(TrainFigures.LabelQuality::label));
        List<Row> rows = new ArrayList<>();
        for (TrainFigures.LabelQuality label : labels) {
            rows.add(Row.of(
                    Cell.of(label.label()),
                    Cell.of(count(label.documents())),
                    Cell.bar(score(label.teacherF1()), label.teacherF1()),
                    Cell.bar(score(label.studentF1()), label.studentF1()),
                    difference(label.studentF1() - label.teacherF1(), label.documents())));
        }
        return new Block.Table(
                "By label, worst first",
                "F1 of each label. A label of few documents moves a lot by chance.",
                List.of(
                        Column.text("label"),
                        Column.number("documents"),
                        Column.number("teacher F1"),
                        Column.number("student F1"),
                        Column.number("difference")),
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
        for (TrainFigures.Slice slice : figures.slices()) {
            rows.add(Row.of(
                    Cell.of(slice.slice()),
                    Cell.of(slice.value()),
                    Cell.of(count(slice.documents())),
                    Cell.of(score(slice.teacherF1())),
                    Cell.of(score(slice.studentF1())),
                    difference(slice.studentF1() - slice.teacherF1(), slice.documents()),
                    QualityView.interval(slice.agreement())));
        }
        return new Block.Table(
                "Slices",
                "Weighted F1 on parts of the evaluation documents, and how often student and teacher agree.",
                List.of(
                        Column.text("slice"),
                        Column.text("value"),
                        Column.number("documents"),
                        Column.number("teacher F1"),
                        Column.number("student F1"),
                        Column.number("difference"),
                        Column.number("agreement")),
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
        ChartData data = new ChartData(
                "reliability", "reliability", List.of(), series, "mean top probability", "share of right labels");
        List<Column> columns = List.of(
                Column.text("model"),
                Column.number("mean top probability"),
                Column.number("share right"),
                Column.number("difference"),
                Column.number("documents"));
        return new Block.Chart(
                "reliability",
                "Reliability",
                "Reliability diagram: share of right labels against mean top probability, by bins of equal mass, for teacher and student.",
                "On the diagonal a probability means what it says; below it the model is too sure, above it too modest.",
                data,
                new Block.Table("", "", columns, rows));
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
                "The word n-grams that added most to each label over the evaluation documents that got it.",
                List.of(Column.text("label"), Column.text("n-grams")),
                rows,
                12);
    }
}
