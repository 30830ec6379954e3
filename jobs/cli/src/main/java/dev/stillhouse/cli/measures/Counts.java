package dev.stillhouse.cli.measures;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Counts of rows by value of a column, the most frequent first and equals by name, so that equal data give equal reports. */
public final class Counts {
    private Counts() {}

    /** Rows by value; a null value counts as {@code (none)}. */
    public static Map<String, Long> by(Dataset<Row> data, String column) {
        List<Row> rows = data.groupBy(col(column).cast("string").as("value"))
                .agg(count(lit(1)).as("rows"))
                .collectAsList();
        Map<String, Long> counts = new LinkedHashMap<>();
        rows.forEach(row -> counts.put(row.isNullAt(0) ? "(none)" : row.getString(0), row.getLong(1)));
        return sorted(counts);
    }

    /** The same counts, the most frequent first and equals by name. */
    public static Map<String, Long> sorted(Map<String, Long> counts) {
        List<Map.Entry<String, Long>> entries = new ArrayList<>(counts.entrySet());
        entries.sort(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()));
        Map<String, Long> sorted = new LinkedHashMap<>();
        entries.forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return sorted;
    }

    /** The sum of all counts. */
    public static long total(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
