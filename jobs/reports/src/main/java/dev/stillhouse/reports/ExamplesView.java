package dev.stillhouse.reports;

import dev.stillhouse.reports.Block.Piece;
import dev.stillhouse.reports.Block.Quote;
import dev.stillhouse.reports.Block.QuoteGroup;
import dev.stillhouse.reports.record.CurateFigures;
import dev.stillhouse.reports.record.CurateFigures.Example;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Documents to look at, by the rule that removed them or that they fail, with what decided marked. */
final class ExamplesView {
    private static final int SHOWN = 4;

    private ExamplesView() {}

    static List<Block> blocks(CurateFigures figures) {
        List<Block> blocks = new ArrayList<>();
        add(blocks, "Removed documents to look at", figures, false);
        add(blocks, "Documents that stay though they fail a rule", figures, true);
        return blocks;
    }

    private static void add(List<Block> blocks, String title, CurateFigures figures, boolean kept) {
        Map<String, List<Example>> byRule = figures.examples().stream()
                .filter(example -> example.reason().equals(Example.KEPT) == kept)
                .collect(Collectors.groupingBy(Example::rule, LinkedHashMap::new, Collectors.toList()));
        if (!byRule.isEmpty()) {
            List<QuoteGroup> groups = byRule.entrySet().stream()
                    .map(entry -> group(entry.getKey(), entry.getValue(), kept))
                    .toList();
            blocks.add(new Block.Quotes(
                    title, "Chosen by hash. Marked is what decided, where one part did.", groups, SHOWN));
        }
    }

    private static QuoteGroup group(String rule, List<Example> examples, boolean kept) {
        String name = kept ? rule : examples.get(0).reason();
        return new QuoteGroup(
                name,
                kept ? "" : rule,
                examples.stream().map(ExamplesView::quote).toList());
    }

    private static Quote quote(Example example) {
        List<Piece> pieces = Stream.of(
                        new Piece(example.before(), false),
                        new Piece(example.span(), true),
                        new Piece(example.after(), false))
                .filter(piece -> !piece.text().isEmpty())
                .toList();
        List<String> details = new ArrayList<>();
        example.value().ifPresent(measured -> details.add("measured " + NumberText.value(measured)));
        example.key().ifPresent(key -> details.add("key: " + key));
        example.keptId()
                .ifPresent(id -> details.add("kept instead: "
                        + example.keptSource().map(source -> source + " / ").orElse("") + id));
        if (example.isRewritten()) {
            details.add("shown as it was judged, without what was cut");
        }
        return new Quote(example.source() + " / " + example.id(), pieces, String.join("; ", details));
    }
}
