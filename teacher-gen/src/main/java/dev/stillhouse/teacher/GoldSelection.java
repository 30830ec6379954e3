package dev.stillhouse.teacher;

import static org.apache.spark.sql.functions.col;

import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.teacher.outputs.TextOrder;
import dev.stillhouse.udfs.errors.DataException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Which labels the teacher may see: of the curated rows of the corpus part that have a label, the first by {@code md5(seed + ":" + text_hash)}, ties by source and id. Every other label of the corpus stays hidden.
 */
public final class GoldSelection {

    /**
     * A document whose label is in the budget.
     *
     * @param source name of its source
     * @param id unique within the source
     * @param textHash hash of its normalised text
     * @param label its gold label
     */
    public record GoldRow(String source, String id, String textHash, String label) {}

    /**
     * What was selected.
     *
     * @param rows in the order of selection
     * @param warnings sentences for the log and the report; they name labels and counts, never texts
     */
    public record Result(List<GoldRow> rows, List<String> warnings) {
        public Result {
            rows = List.copyOf(rows);
            warnings = List.copyOf(warnings);
        }
    }

    private GoldSelection() {}

    /**
     * Selects and collects the gold rows.
     *
     * @param curated {@link Curated#SCHEMA}
     * @param gold rows at most, at least 1
     * @param seed the task's
     * @throws DataException if no row of the corpus part has a label
     */
    public static Result select(Dataset<Row> curated, int gold, long seed) {
        List<GoldRow> rows = curated
                .filter(col(Curated.PART)
                        .equalTo(Curated.CORPUS)
                        .and(col(Curated.LABEL).isNotNull()))
                .orderBy(TextOrder.of(seed), col(Curated.SOURCE), col(Curated.ID))
                .limit(gold)
                .select(col(Curated.SOURCE), col(Curated.ID), col(Curated.TEXT_HASH), col(Curated.LABEL))
                .collectAsList()
                .stream()
                .map(row -> new GoldRow(row.getString(0), row.getString(1), row.getString(2), row.getString(3)))
                .toList();
        if (rows.isEmpty()) {
            throw new DataException(
                    "Cannot fit a teacher: none of the curated documents has a label, expected at least 2 labelled ones. "
                            + "Name the label column with corpus[].label");
        }
        return new Result(rows, warnings(rows, gold));
    }

    private static List<String> warnings(List<GoldRow> rows, int gold) {
        List<String> warnings = new ArrayList<>();
        if (rows.size() < gold) {
            warnings.add("Only " + rows.size() + " documents have a label, teacher.gold allows " + gold);
        }
        Map<String, Long> counts =
                rows.stream().collect(Collectors.groupingBy(GoldRow::label, TreeMap::new, Collectors.counting()));
        List<String> single = counts.entrySet().stream()
                .filter(count -> count.getValue() == 1)
                .map(Map.Entry::getKey)
                .toList();
        if (!single.isEmpty()) {
            String names = single.stream().limit(10).collect(Collectors.joining(", "));
            warnings.add(single.size() + " of " + counts.size() + " labels have only one gold document: " + names
                    + (single.size() > 10 ? ", ..." : "") + ". They are kept; raise teacher.gold to learn them better");
        }
        return warnings;
    }
}
