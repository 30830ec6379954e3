package dev.stillhouse.reports;

import static dev.stillhouse.reports.NumberText.count;
import static dev.stillhouse.reports.NumberText.share;

import dev.stillhouse.reports.Block.Cell;
import dev.stillhouse.reports.Block.Column;
import dev.stillhouse.reports.Block.Row;
import dev.stillhouse.reports.Block.Step;
import dev.stillhouse.reports.PageView.Section;
import dev.stillhouse.reports.record.CurateFigures;
import dev.stillhouse.reports.record.RuleFigures;
import dev.stillhouse.reports.record.TrainFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was kept, what was removed, and why. */
final class CurationView {
    private CurationView() {}

    static Section section(Report report) {
        if (report.curate().isEmpty()) {
            return Section.missing("curation", "Curation", "curate");
        }
        CurateFigures figures = report.curate().get().figures();
        List<Block> blocks = new ArrayList<>();
        blocks.add(funnel(figures, report));
        blocks.addAll(RulesView.blocks(figures));
        blocks.add(sources(figures));
        if (!figures.overhits().isEmpty()) {
            blocks.add(RulesView.overhits(figures.overhits()));
        }
        figures.nearDuplicates().ifPresent(near -> blocks.addAll(NearDuplicatesView.blocks(near)));
        blocks.addAll(ExamplesView.blocks(figures));
        SignalsView.block(figures.signals()).ifPresent(blocks::add);
        blocks.addAll(DifferenceView.blocks(figures));
        return new Section(
                "curation", "Curation", "Where every row that was read went, and which rule sent it there.", blocks);
    }

    static long sum(Map<String, Long> counts) {
        return sum(counts.values());
    }

    private static long sum(Iterable<Long> counts) {
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum;
    }

    private static Block funnel(CurateFigures figures, Report report) {
        Steps steps = new Steps(figures.read());
        steps.step("Read", figures.read());
        figures.rejectedByReason().forEach((reason, rows) -> steps.loss("Rejected: " + reason, rows));
        for (RuleFigures rule : figures.rules()) {
            if (rule.removed().documents() > 0) {
                steps.loss("Removed: " + RulesView.title(rule), rule.removed().documents());
            }
        }
        steps.step("Kept", figures.kept());
        String note = "Shares are of rows read. Every row is in exactly one of rejected, removed and kept.";
        if (figures.evaluationIsCut()) {
            steps.part("Evaluation, cut by hash", figures.evaluation());
        } else {
            note += " Sources of their own gave " + count(figures.evaluation()) + " documents to evaluate on.";
        }
        Optional<TrainFigures.Learning> learning =
                report.train().map(stage -> stage.figures().learning());
        Optional<Long> gold = learning.map(TrainFigures.Learning::gold)
                .or(() -> report.label().map(stage -> stage.figures().gold()));
        gold.ifPresent(rows -> steps.part("Gold, labels shown", rows));
        learning.ifPresent(rows -> {
            steps.part("Pool, labels hidden", rows.pool());
            long cut = figures.evaluationIsCut() ? figures.evaluation() : 0;
            long unused = figures.kept() - cut - rows.gold() - rows.pool();
            if (unused > 0) {
                steps.part("Not learned from", unused);
            }
        });
        return new Block.Funnel("From rows read to documents learned from", note, steps.list);
    }

    /** Steps of a funnel: losses eat what is left from the right, parts fill what is kept from the left. */
    private static final class Steps {
        private final List<Step> list = new ArrayList<>();
        private final long whole;
        private long left;
        private long filled;

        Steps(long whole) {
            this.whole = whole;
            this.left = whole;
        }

        void step(String name, long rows) {
            add(name, rows, "step", 0);
        }

        void loss(String name, long rows) {
            left -= rows;
            add(name, rows, "loss", left);
        }

        void part(String name, long rows) {
            add(name, rows, "part", filled);
            filled += rows;
        }

        private void add(String name, long rows, String tone, long start) {
            String style = "--s:" + place(start) + ";--w:" + place(rows);
            list.add(new Step(name, count(rows), share(rows, whole), tone, style));
        }

        private String place(long rows) {
            double fraction = whole == 0 ? 0 : Math.max(0, Math.min(1, (double) rows / whole));
            return NumberText.decimal(100 * fraction, 2) + "%";
        }
    }

    private static Block sources(CurateFigures figures) {
        List<Row> rows = new ArrayList<>();
        for (CurateFigures.SourceCounts source : figures.sources()) {
            rows.add(Row.of(
                    Cell.of(source.source()),
                    Cell.of(count(source.read())),
                    Cell.of(count(source.rejected())),
                    Cell.of(count(source.removed())),
                    Cell.of(count(source.kept())),
                    Cell.of(share(source.kept(), source.read()))));
        }
        return new Block.Table(
                "Sources",
                "",
                List.of(
                        Column.text("source"),
                        Column.number("read"),
                        Column.number("rejected"),
                        Column.number("removed"),
                        Column.number("kept"),
                        Column.number("kept of read")),
                rows,
                12);
    }
}
