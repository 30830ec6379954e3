package dev.stillhouse.cli.pipeline;

import dev.stillhouse.cli.console.Console;
import dev.stillhouse.cli.measures.Counts;
import dev.stillhouse.datasets.schema.Rejects;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a person should know of rows that a stage rejected. */
final class RejectedRows {
    private RejectedRows() {}

    /**
     * A sentence on rows of which no document was made, and one on documents that a model gave nothing for; none where there are none.
     *
     * @param stage whose rejects they are
     * @param byReason rows by reason
     */
    static List<String> warnings(String stage, Map<String, Long> byReason) {
        Map<String, Long> unread = new LinkedHashMap<>(byReason);
        Long notFinite = unread.remove(Rejects.NOT_FINITE);
        List<String> warnings = new ArrayList<>();
        if (!unread.isEmpty()) {
            String reasons = unread.entrySet().stream()
                    .map(reason -> reason.getKey() + " " + Console.count(reason.getValue()))
                    .collect(Collectors.joining(", "));
            warnings.add(Console.count(Counts.total(unread), "row") + " not taken as documents (" + reasons + "): see "
                    + stage + "/" + Datasets.REJECTS);
        }
        if (notFinite != null) {
            warnings.add(Console.count(notFinite, "document")
                    + " got no finite values from the student and so no score: see " + stage + "/" + Datasets.REJECTS);
        }
        return warnings;
    }
}
