package dev.stillhouse.reports;

import static dev.stillhouse.reports.NumberText.seconds;

import dev.stillhouse.reports.Block.Cell;
import dev.stillhouse.reports.Block.Column;
import dev.stillhouse.reports.Block.Row;
import dev.stillhouse.reports.PageView.Section;
import dev.stillhouse.reports.record.StageRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the stages cost, warned of and came from. */
final class EvidenceView {
    private EvidenceView() {}

    static Section warnings(Report report) {
        List<Row> rows = new ArrayList<>();
        for (StageRecord<?> stage : report.stages()) {
            for (String warning : stage.warnings()) {
                rows.add(Row.of(Cell.of(stage.stage()), Cell.toned(warning, "wide")));
            }
        }
        Block table = new Block.Table("", "", List.of(Column.text("stage"), Column.text("warning")), rows, 12);
        return new Section(
                "warnings", "Warnings", "Nothing here stopped a stage, but it should be known.", List.of(table));
    }

    static Section cost(Report report) {
        if (report.stages().isEmpty()) {
            return Section.missing("cost", "Cost", "run");
        }
        double cpu = 0;
        double wall = 0;
        for (StageRecord<?> stage : report.stages()) {
            cpu += stage.cost().cpuSeconds();
            wall += stage.cost().wallSeconds();
        }
        List<Row> rows = new ArrayList<>();
        for (StageRecord<?> stage : report.stages()) {
            rows.add(Row.of(
                    Cell.of(stage.stage()),
                    Cell.bar(seconds(stage.cost().wallSeconds()), stage.cost().wallSeconds() / Math.max(wall, 1e-9)),
                    Cell.bar(seconds(stage.cost().cpuSeconds()), stage.cost().cpuSeconds() / Math.max(cpu, 1e-9)),
                    Cell.of(stage.cost().energy().map(EvidenceView::energy).orElse("")),
                    Cell.toned(stage.run(), "code")));
        }
        rows.add(Row.strong(
                Cell.of("all"), Cell.of(seconds(wall)), Cell.of(seconds(cpu)), Cell.of(energy(report)), Cell.of("")));
        Block table = new Block.Table(
                "",
                "",
                List.of(
                        Column.text("stage"),
                        Column.number("wall time"),
                        Column.number("CPU time"),
                        Column.number("energy"),
                        Column.text("run")),
                rows);
        boolean isEstimated = report.stages().stream()
                .anyMatch(stage ->
                        stage.cost().energy().map(StageRecord.Energy::estimated).orElse(false));
        String lead = isEstimated
                ? "Of the runs this report is made of. Energy with ~ is an estimate: CPU time by report.watts_per_core, since the machine shows no counters."
                : "Of the runs this report is made of. Energy is the processors' of the whole machine.";
        return new Section("cost", "Cost", lead, List.of(table));
    }

    private static String energy(Report report) {
        List<StageRecord.Energy> all = report.stages().stream()
                .flatMap(stage -> stage.cost().energy().stream())
                .toList();
        double joules = all.stream().mapToDouble(StageRecord.Energy::joules).sum();
        return all.isEmpty()
                ? ""
                : energy(new StageRecord.Energy(joules, all.stream().anyMatch(StageRecord.Energy::estimated)));
    }

    private static String energy(StageRecord.Energy energy) {
        String amount = energy.joules() < 10_000
                ? String.format(Locale.ROOT, "%.0f J", energy.joules())
                : String.format(Locale.ROOT, "%.1f kJ", energy.joules() / 1000);
        return (energy.estimated() ? "~" : "") + amount;
    }

    static Section provenance(Report report) {
        List<Block> blocks = new ArrayList<>();
        for (StageRecord<?> stage : report.stages()) {
            blocks.add(new Block.Verbatim(
                    stage.stage() + ", run " + stage.run(), stage.provenance().toPrettyString()));
        }
        String lead = blocks.isEmpty()
                ? "No stage has run yet."
                : "Inputs, resolved configuration, versions and seeds, by stage.";
        return new Section("provenance", "Provenance", lead, blocks);
    }
}
