package dev.stillhouse.reports;

import static dev.stillhouse.reports.NumberText.count;
import static dev.stillhouse.reports.NumberText.percent;
import static dev.stillhouse.reports.NumberText.score;
import static dev.stillhouse.reports.NumberText.signed;

import dev.stillhouse.reports.Block.Cell;
import dev.stillhouse.reports.Block.Column;
import dev.stillhouse.reports.Block.Row;
import dev.stillhouse.reports.PageView.Section;
import dev.stillhouse.reports.record.SummaryFigures;
import dev.stillhouse.reports.record.SummaryFigures.Slice;
import dev.stillhouse.reports.record.SummaryFigures.Weight;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Where the student of summaries is weak, where in documents it looks and at what, and whether its salience can be trusted. */
final class SummaryDetailView {
    /** Groups of fewer documents are no worst group. */
    private static final long LEAST_DOCUMENTS = 30;

    private static final int SHOWN = 8;
    /** A way whose tallest share is so many times that of the others leaves nothing of them to see. */
    private static final double TOO_TALL = 2.5;

    private SummaryDetailView() {}

    static Section section(SummaryFigures figures) {
        return new Section(
                "details",
                "What it looks at",
                "The same evaluation documents, taken apart.",
                List.of(
                        slices(figures),
                        positions(figures),
                        calibration(figures.calibration()),
                        weights(figures.weights()),
                        student(figures)));
    }

    private static Block slices(SummaryFigures figures) {
        List<Slice> large = figures.slices().stream()
                .filter(slice -> slice.documents() >= LEAST_DOCUMENTS)
                .toList();
        Optional<Slice> worst = large.stream()
                .min(Comparator.comparingDouble(slice -> slice.studentRouge1().value()))
                .filter(slice -> large.size() > 1);
        boolean isReferenced = SummarySystems.isReferenced(figures);
        List<Column> columns =
                new ArrayList<>(List.of(Column.text("group by"), Column.text("value"), Column.number("documents")));
        if (isReferenced) {
            columns.add(Column.number("teacher ROUGE-1"));
        }
        columns.addAll(
                List.of(Column.number("student ROUGE-1"), Column.number("ROUGE-2"), Column.number("ROUGE-Lsum")));
        return new Block.Table(
                "Groups",
                "The worst group is the one of the least ROUGE-1 among those of 30 documents or more.",
                columns,
                figures.slices().stream()
                        .map(slice -> slice(slice, worst.filter(slice::equals).isPresent(), isReferenced))
                        .toList(),
                12);
    }

    private static Row slice(Slice slice, boolean isWorst, boolean isReferenced) {
        List<Cell> cells = new ArrayList<>(List.of(
                Cell.of(slice.slice()),
                Cell.of(slice.value(), isWorst ? "the worst group" : ""),
                Cell.of(count(slice.documents()))));
        if (isReferenced) {
            cells.add(SummaryQualityView.interval(slice.teacherRouge1()));
        }
        cells.add(SummaryQualityView.interval(slice.studentRouge1()));
        cells.add(SummaryQualityView.interval(slice.studentRouge2()));
        cells.add(SummaryQualityView.interval(slice.studentRougeLsum()));
        return new Row(cells, isWorst);
    }

    private static Block positions(SummaryFigures figures) {
        List<String> drawn =
                new ArrayList<>(List.of(SummarySystems.STUDENT, SummarySystems.TEACHER, SummarySystems.LEXRANK));
        drawn.retainAll(figures.systems().keySet());
        double tallest =
                drawn.stream().mapToDouble(key -> tallest(figures, key)).max().orElse(0);
        double lead = tallest(figures, SummarySystems.LEAD);
        boolean fits = lead <= TOO_TALL * tallest;
        if (fits && figures.systems().containsKey(SummarySystems.LEAD)) {
            drawn.add(SummarySystems.LEAD);
        }
        List<ChartData.Series> series = drawn.stream()
                .map(key -> new ChartData.Series(
                        SummarySystems.name(key),
                        points(figures.systems().get(key).positions())))
                .toList();
        List<String> tenths =
                IntStream.rangeClosed(1, 10).mapToObj(Integer::toString).toList();
        return new Block.Chart(
                "positions",
                "Where in documents sentences are chosen",
                "Lines: share of the chosen sentences by tenth of the document, for student, teacher and others.",
                fits ? "" : "Lead, with " + percent(lead) + " in one tenth, is off the scale and in the table only.",
                new ChartData("positions", "lines", tenths, series, "tenth of the document", "% of chosen sentences"),
                positionsTable(figures, tenths));
    }

    private static double tallest(SummaryFigures figures, String key) {
        return SummarySystems.of(figures, key).stream()
                .flatMap(system -> system.positions().stream())
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
    }

    private static List<double[]> points(List<Double> shares) {
        return IntStream.range(0, shares.size())
                .mapToObj(i -> new double[] {i, 100 * shares.get(i), 0})
                .toList();
    }

    private static Block.Table positionsTable(SummaryFigures figures, List<String> tenths) {
        List<Column> columns = new ArrayList<>(List.of(Column.text("tenth")));
        tenths.forEach(tenth -> columns.add(Column.number(tenth)));
        List<Row> rows = new ArrayList<>();
        figures.systems().forEach((key, system) -> {
            List<Cell> cells = new ArrayList<>(List.of(Cell.of(SummarySystems.name(key))));
            system.positions().forEach(share -> cells.add(Cell.of(percent(share))));
            rows.add(new Row(cells, key.equals(SummarySystems.STUDENT)));
        });
        return new Block.Table("", "", columns, rows);
    }

    private static Block calibration(SummaryFigures.Calibration calibration) {
        List<double[]> points = new ArrayList<>();
        List<Row> rows = new ArrayList<>();
        for (SummaryFigures.Bin bin : calibration.bins()) {
            points.add(new double[] {bin.student(), bin.teacher(), bin.sentences()});
            rows.add(Row.of(
                    Cell.of(score(bin.student())),
                    Cell.of(score(bin.teacher())),
                    Cell.of(signed(bin.teacher() - bin.student())),
                    Cell.of(count(bin.sentences()))));
        }
        String student = "mean salience";
        String teacher = "mean of what the teacher gives";
        return new Block.Chart(
                "salience",
                "Whether salience means what it says",
                "Reliability diagram: " + teacher + " against " + student + ", by bins of equally many sentences.",
                "On the diagonal it does. The mean distance from it is " + score(calibration.error()) + ".",
                new ChartData(
                        "salience",
                        "salience",
                        List.of(),
                        List.of(new ChartData.Series("sentences", points)),
                        student,
                        teacher),
                new Block.Table(
                        "",
                        "",
                        List.of(
                                Column.number(student),
                                Column.number("teacher"),
                                Column.number("difference"),
                                Column.number("sentences")),
                        rows));
    }

    private static Block weights(List<Weight> weights) {
        double most = weights.stream()
                .mapToDouble(weight -> Math.abs(weight.added()))
                .max()
                .orElse(1);
        List<Weight> raising = sorted(weights, 1);
        List<Weight> lowering = sorted(weights, -1);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < Math.max(raising.size(), lowering.size()); i++) {
            List<Cell> cells = new ArrayList<>();
            for (List<Weight> side : List.of(raising, lowering)) {
                Optional<Weight> weight = i < side.size() ? Optional.of(side.get(i)) : Optional.empty();
                cells.add(Cell.of(weight.map(Weight::name).orElse("")));
                cells.add(weight.map(one -> Cell.bar(signed(one.added(), 2), Math.abs(one.added()) / most))
                        .orElse(Cell.of("")));
            }
            rows.add(new Row(cells, false));
        }
        return new Block.Table(
                "What raises and lowers salience",
                "The weightiest, added to a sentence’s logit. N-grams stand in quotation marks; the others are features of a sentence, such as centroid: how like the whole document its words are, or rarity: how rare they are in it.",
                List.of(Column.text("raises"), Column.number("by"), Column.text("lowers"), Column.number("by")),
                rows,
                SHOWN);
    }

    private static List<Weight> sorted(List<Weight> weights, int sign) {
        return weights.stream()
                .filter(weight -> sign * weight.added() > 0)
                .sorted(Comparator.comparingDouble((Weight weight) -> -Math.abs(weight.added()))
                        .thenComparing(Weight::name))
                .toList();
    }

    private static Block student(SummaryFigures figures) {
        SummaryFigures.Learning learning = figures.learning();
        List<Row> rows = List.of(
                LabelView.row("documents that weights were fitted on", count(learning.fit())),
                LabelView.row("documents that choices were made on", count(learning.select())),
                LabelView.row("n-grams", count(learning.features())),
                LabelView.row("weights", count(figures.parameters())),
                LabelView.row("file", NumberText.bytes(figures.bytes())),
                LabelView.row("loss of a sentence, nats", score(learning.loss())),
                LabelView.row("weight of the examples against the penalty", NumberText.significant(learning.penalty())),
                LabelView.row("temperature", score(learning.temperature())),
                LabelView.row("taken from a sentence all of which is said", score(learning.redundancy())));
        return new Block.Table("The student", "", List.of(Column.text("property"), Column.text("value")), rows);
    }
}
