package dev.stillhouse.cli.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;

/** Groups of evaluation documents by what {@code report.slices} names. */
final class Groups {
    private static final int[] LENGTHS = {0, 50, 100, 200, 500, 1_000, 5_000, 20_000, 100_000};
    private static final String MISSING = "(none)";

    private Groups() {}

    /**
     * What documents are grouped by.
     *
     * @param sources name of the source of each
     * @param characters of its text
     * @param attributes the columns that its source keeps, by name
     */
    record Keys(List<String> sources, int[] characters, List<Map<String, String>> attributes) {}

    /**
     * The documents of each value, in the order of the values.
     *
     * @param name source, length, or a column that the sources keep
     */
    static Map<String, List<Integer>> of(Keys keys, String name) {
        IntFunction<String> value = value(keys, name);
        Map<String, List<Integer>> groups = new TreeMap<>();
        for (int document = 0; document < keys.sources().size(); document++) {
            groups.computeIfAbsent(value.apply(document), missing -> new ArrayList<>())
                    .add(document);
        }
        return groups;
    }

    private static IntFunction<String> value(Keys keys, String name) {
        return switch (name) {
            case "source" -> keys.sources()::get;
            case "length" -> document -> length(keys.characters()[document]);
            default -> document -> keys.attributes().get(document).getOrDefault(name, MISSING);
        };
    }

    /** The band of lengths a document is in; padded so that bands sort by length. */
    private static String length(int characters) {
        int band = 0;
        while (band + 1 < LENGTHS.length && characters > LENGTHS[band + 1]) {
            band++;
        }
        String bound =
                band + 1 < LENGTHS.length ? (LENGTHS[band] + 1) + " to " + LENGTHS[band + 1] : "over " + LENGTHS[band];
        return " ".repeat(LENGTHS.length - band) + bound + " characters";
    }
}
