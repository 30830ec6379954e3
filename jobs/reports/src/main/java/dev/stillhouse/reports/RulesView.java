package dev.stillhouse.reports;

import static dev.stillhouse.reports.NumberText.count;
import static dev.stillhouse.reports.NumberText.share;

import dev.stillhouse.reports.Block.Cell;
import dev.stillhouse.reports.Block.Column;
import dev.stillhouse.reports.Block.Row;
import dev.stillhouse.reports.record.CurateFigures;
import dev.stillhouse.reports.record.Overhit;
import dev.stillhouse.reports.record.RuleFigures;
import dev.stillhouse.reports.record.Volume;
import java.util.ArrayList;
import java.util.List;

/** The rules of curation: what each measures, where its threshold is from, and what it met. */
final class RulesView {
    private static final List<Column> COLUMNS = List.of(
            Column.text("rule"),
            Column.number("fail"),
            Column.number("removed"),
            Column.number("bytes"),
            Column.number("words"),
            Column.text("a document fails if"),
            Column.text("it is then"));

    private static final List<Integer> IDLE = List.of(0, 5, 6);

    private RulesView() {}

    static List<Block> blocks(CurateFigures figures) {
        List<Row> hit = new ArrayList<>();
        List<Row> idle = new ArrayList<>();
        Volume removed = Volume.NONE;
        for (RuleFigures rule : figures.rules()) {
            (rule.failed() > 0 ? hit : idle).add(row(rule, figures.read()));
            removed = removed.plus(rule.removed());
        }
        hit.add(total("removed in all", removed));
        hit.add(total("kept", figures.keptVolume()));
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Table(
                "Rules that documents fail",
                "The first rule that removes is a document’s reason; failing documents are counted for every rule. Words are those of the rules’ tokeniser, split at white space.",
                COLUMNS,
                hit));
        if (!idle.isEmpty()) {
            blocks.add(new Block.Table(
                    "Rules that no document fails",
                    "",
                    IDLE.stream().map(COLUMNS::get).toList(),
                    idle.stream()
                            .map(row ->
                                    new Row(IDLE.stream().map(row.cells()::get).toList(), false))
                            .toList(),
                    0));
        }
        return blocks;
    }

    /** What a rule is called: its reason, or for a task's own rule its predicate. */
    static String title(RuleFigures rule) {
        return rule.name();
    }

    private static Row row(RuleFigures rule, long read) {
        String over = rule.denominator().isEmpty() ? "" : "over " + rule.denominator();
        String words = rule.tokenizer().isEmpty() ? "" : "words: " + rule.tokenizer();
        String detail = over + (over.isEmpty() || words.isEmpty() ? "" : "; ") + words;
        return Row.of(
                Cell.of(title(rule), rule.source()),
                Cell.of(count(rule.failed()), share(rule.failed(), read)),
                number(rule.removed().documents(), count(rule.removed().documents())),
                number(
                        rule.removed().documents(),
                        NumberText.bytes(rule.removed().bytes())),
                number(rule.removed().documents(), count(rule.removed().words())),
                new Cell(rule.condition(), detail, "code", "", ""),
                rule.drops() ? Cell.of("removed") : Cell.toned("annotated", "quiet"));
    }

    private static Cell number(long documents, String text) {
        return documents == 0 ? Cell.toned(NumberText.ABSENT, "quiet") : Cell.of(text);
    }

    private static Row total(String name, Volume volume) {
        return Row.strong(
                Cell.of(name),
                Cell.of(""),
                Cell.of(count(volume.documents())),
                Cell.of(NumberText.bytes(volume.bytes())),
                Cell.of(count(volume.words())),
                Cell.of(""),
                Cell.of(""));
    }

    /** Groups that a rule hits far more often than others. */
    static Block overhits(List<Overhit> overhits) {
        List<String> sentences = overhits.stream()
                .map(hit -> hit.source() + " fails “" + hit.rule() + "” "
                        + NumberText.significant(hit.ratio().value()) + " times as often as the other sources (95 %: "
                        + NumberText.significant(hit.ratio().low()) + " to "
                        + NumberText.significant(hit.ratio().high()) + "): " + count(hit.failed()) + " of "
                        + count(hit.documents()) + " documents, " + NumberText.percent(hit.share()) + " against "
                        + NumberText.percent(hit.restShare()) + ".")
                .toList();
        return new Block.Notes(
                "Sources that a rule hits far more often",
                "A rule made for one kind of text can speak against another kind for what it is. Called out from twice as often, at the lower end of the interval, and ten documents.",
                sentences);
    }
}
