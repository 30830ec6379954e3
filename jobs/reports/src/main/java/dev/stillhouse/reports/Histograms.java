package dev.stillhouse.reports;

import dev.stillhouse.reports.Block.Cell;
import dev.stillhouse.reports.Block.Column;
import dev.stillhouse.reports.Block.Row;
import dev.stillhouse.reports.record.Histogram;
import java.util.ArrayList;
import java.util.List;

/** Histograms as charts. */
final class Histograms {
    private Histograms() {}

    /** What a histogram is called: element id, title, unit of what was counted over, and what was counted. */
    record Titles(String id, String title, String unit, String counted) {}

    static Block.Chart chart(Titles titles, Histogram histogram) {
        List<String> names = new ArrayList<>();
        List<double[]> points = new ArrayList<>();
        List<Row> rows = new ArrayList<>();
        long whole = histogram.counts().stream().mapToLong(Long::longValue).sum();
        for (int i = 0; i < histogram.counts().size(); i++) {
            long documents = histogram.counts().get(i);
            String name = edge(histogram.edges().get(i)) + " – "
                    + edge(histogram.edges().get(i + 1));
            names.add(name);
            points.add(new double[] {i, documents, documents});
            rows.add(Row.of(
                    Cell.of(name), Cell.of(NumberText.count(documents)), Cell.of(NumberText.share(documents, whole))));
        }
        ChartData data = new ChartData(
                titles.id(),
                "bars",
                names,
                List.of(new ChartData.Series(titles.counted(), points)),
                titles.unit(),
                titles.counted());
        List<Column> columns =
                List.of(Column.text(titles.unit()), Column.number(titles.counted()), Column.number("share"));
        String label = "Histogram, " + titles.title() + ": " + NumberText.count(whole) + " " + titles.counted() + " by "
                + titles.unit() + ".";
        return new Block.Chart(titles.id(), titles.title(), label, "", data, new Block.Table("", "", columns, rows));
    }

    private static String edge(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return NumberText.count((long) value);
        }
        return NumberText.significant(value);
    }
}
