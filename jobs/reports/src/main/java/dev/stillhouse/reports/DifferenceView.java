package dev.stillhouse.reports;

import static dev.stillhouse.reports.NumberText.count;

import dev.stillhouse.reports.Block.Cell;
import dev.stillhouse.reports.Block.Column;
import dev.stillhouse.reports.Block.Row;
import dev.stillhouse.reports.record.CurateFigures;
import dev.stillhouse.reports.record.RunDifference;
import java.util.ArrayList;
import java.util.List;

/** What this run of curation keeps or removes that the one before did not. */
final class DifferenceView {
    private static final int SHOWN = 8;

    private DifferenceView() {}

    static List<Block> blocks(CurateFigures figures) {
        if (figures.difference().isEmpty()) {
            return List.of();
        }
        RunDifference difference = figures.difference().get();
        List<Block> blocks = new ArrayList<>();
        blocks.add(counts(difference, figures));
        if (!difference.configuration().isEmpty()) {
            blocks.add(new Block.Notes("Configuration that differs", "", difference.configuration()));
        }
        if (!difference.examples().isEmpty()) {
            blocks.add(examples(difference));
        }
        return blocks;
    }

    private static Block counts(RunDifference difference, CurateFigures figures) {
        List<Row> rows = new ArrayList<>();
        rows.add(row("kept before", difference.keptBefore()));
        rows.add(row("kept now", figures.kept()));
        add(rows, "read by this run only", difference.added());
        add(rows, "read by the run before only", difference.gone());
        difference.nowRemoved().forEach((reason, documents) -> add(rows, "removed now: " + reason, documents));
        difference
                .nowKept()
                .forEach((reason, documents) -> add(rows, "kept now, removed before: " + reason, documents));
        difference
                .otherReason()
                .forEach((reason, documents) -> add(rows, "removed for another reason: " + reason, documents));
        add(rows, "kept by both, with another text", difference.changed());
        return new Block.Table(
                "Difference from the run before",
                "Compared with run " + difference.run() + ", document by document.",
                List.of(Column.text("documents"), Column.number("count")),
                rows);
    }

    private static void add(List<Row> rows, String name, long documents) {
        if (documents > 0) {
            rows.add(row(name, documents));
        }
    }

    private static Row row(String name, long documents) {
        return Row.of(Cell.of(name), Cell.of(count(documents)));
    }

    private static Block examples(RunDifference difference) {
        List<Row> rows = difference.examples().stream()
                .map(document -> Row.of(
                        Cell.of(document.source() + " / " + document.id()),
                        Cell.of(document.before()),
                        Cell.of(
                                document.now(),
                                document.instead()
                                        .map(kept -> "kept instead: " + kept)
                                        .orElse(""))))
                .toList();
        return new Block.Table(
                "Documents whose fate differs",
                "Some, chosen by hash, in the order of their ids.",
                List.of(Column.text("document"), Column.text("before"), Column.text("now")),
                rows,
                SHOWN);
    }
}
