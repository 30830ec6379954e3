package dev.stillhouse.reports;

import static dev.stillhouse.reports.NumberText.count;
import static dev.stillhouse.reports.NumberText.share;

import dev.stillhouse.reports.Block.Cell;
import dev.stillhouse.reports.Block.Column;
import dev.stillhouse.reports.Block.Row;
import dev.stillhouse.reports.record.ScoreEvidence.Before;
import dev.stillhouse.reports.record.ScoreFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The labels that scored documents got: now and before, and by source. */
final class LabelMixView {
    private static final int SHOWN = 12;
    private static final int MOST_SOURCES = 5;

    private LabelMixView() {}

    static List<Block> blocks(ScoreFigures figures) {
        List<Block> blocks = new ArrayList<>(List.of(labels(figures)));
        if (figures.evidence().labelsBySource().size() > 1) {
            blocks.add(bySource(figures));
        }
        return blocks;
    }

    private static Block labels(ScoreFigures figures) {
        Optional<Before> before = figures.evidence().before();
        long most = figures.byLabel().values().stream()
                .mapToLong(Long::longValue)
                .max()
                .orElse(1);
        List<Row> rows = new ArrayList<>();
        figures.byLabel().forEach((label, documents) -> {
            List<Cell> cells = new ArrayList<>(List.of(
                    Cell.of(label),
                    Cell.of(count(documents)),
                    Cell.bar(share(documents, figures.documents()), (double) documents / Math.max(1, most))));
            before.ifPresent(run -> cells.addAll(difference(figures, run, label)));
            rows.add(new Row(cells, false));
        });
        before.ifPresent(run -> gone(figures, run).forEach(label -> {
            List<Cell> cells = new ArrayList<>(
                    List.of(Cell.of(label), Cell.of(count(0)), Cell.bar(share(0, figures.documents()), 0)));
            cells.addAll(difference(figures, run, label));
            rows.add(new Row(cells, false));
        }));
        List<Column> columns =
                new ArrayList<>(List.of(Column.text("label"), Column.number("documents"), Column.number("share")));
        before.ifPresent(run -> columns.addAll(List.of(Column.number("before"), Column.number("difference"))));
        return new Block.Table(
                "Labels given", before.map(run -> note(figures, run)).orElse(""), columns, rows, SHOWN);
    }

    private static String note(ScoreFigures figures, Before before) {
        String student = before.model().equals(figures.model())
                ? "the same student"
                : "another student, of run " + before.model();
        return "Before is the run that was served until then, " + before.run() + ", of " + count(before.documents())
                + (before.documents() == 1 ? " document" : " documents") + ", by " + student
                + "; the difference is in percentage points.";
    }

    private static List<Cell> difference(ScoreFigures figures, Before before, String label) {
        double now = part(figures.byLabel().getOrDefault(label, 0L), figures.documents());
        double then = part(before.byLabel().getOrDefault(label, 0L), before.documents());
        double points = 100 * (now - then);
        String digits = NumberText.decimal(Math.abs(points), 1);
        String sign = digits.equals("0.0") || Double.isNaN(points) ? "" : points < 0 ? "−" : "+";
        return List.of(Cell.of(NumberText.percent(then)), Cell.of(sign + digits));
    }

    private static double part(long documents, long whole) {
        return whole == 0 ? Double.NaN : (double) documents / whole;
    }

    private static Set<String> gone(ScoreFigures figures, Before before) {
        Set<String> gone = new TreeSet<>(before.byLabel().keySet());
        gone.removeAll(figures.byLabel().keySet());
        return gone;
    }

    /** Labels by rows, the greatest sources by columns. */
    private static Block bySource(ScoreFigures figures) {
        Map<String, Map<String, Long>> counts = figures.evidence().labelsBySource();
        List<String> sources = figures.bySource().keySet().stream()
                .filter(counts::containsKey)
                .limit(MOST_SOURCES)
                .toList();
        List<Column> columns = new ArrayList<>(List.of(Column.text("label")));
        sources.forEach(source -> columns.add(Column.number(source)));
        double greatest = greatest(figures, sources);
        List<Row> rows = new ArrayList<>();
        for (String label : figures.byLabel().keySet()) {
            List<Cell> cells = new ArrayList<>(List.of(Cell.of(label)));
            for (String source : sources) {
                double part = part(counts.getOrDefault(source, Map.of()).getOrDefault(label, 0L), of(figures, source));
                cells.add(Cell.bar(NumberText.percent(part), part / greatest));
            }
            rows.add(new Row(cells, false));
        }
        String more = counts.size() > sources.size()
                ? " The " + sources.size() + " greatest of " + counts.size() + " sources."
                : "";
        return new Block.Table(
                "Labels by source", "Share of a source’s documents that get a label." + more, columns, rows, SHOWN);
    }

    private static long of(ScoreFigures figures, String source) {
        return figures.bySource().getOrDefault(source, 0L);
    }

    /** The greatest share, for which a bar is whole. */
    private static double greatest(ScoreFigures figures, List<String> sources) {
        return sources.stream()
                .flatMapToDouble(
                        source -> figures.evidence().labelsBySource().getOrDefault(source, Map.of()).values().stream()
                                .mapToDouble(documents -> part(documents, of(figures, source))))
                .max()
                .orElse(1);
    }
}
