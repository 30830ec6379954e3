package dev.stillhouse.cli.measures;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log2;

import dev.stillhouse.reports.record.Histogram;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Histograms of columns, one Spark job each. */
public final class Histograms {
    private static final int SHARES = 20;

    private Histograms() {}

    /** Counts of positive integers in bins [1, 2), [2, 4), [4, 8) ... as far as there are values. */
    public static Histogram powersOfTwo(Dataset<Row> data, String column) {
        Map<Integer, Long> counts = counts(data, floor(log2(greatest(col(column), lit(1)))));
        int last = counts.keySet().stream().mapToInt(Integer::intValue).max().orElse(0);
        List<Double> edges = new ArrayList<>();
        for (int bin = 0; bin <= last + 1; bin++) {
            edges.add(Math.scalb(1.0, bin));
        }
        return histogram(edges, counts);
    }

    /** Counts of values from 0 to 1 in 20 bins. */
    public static Histogram shares(Dataset<Row> data, String column) {
        List<Double> edges = new ArrayList<>();
        for (int bin = 0; bin <= SHARES; bin++) {
            edges.add((double) bin / SHARES);
        }
        return histogram(edges, counts(data, least(floor(col(column).multiply(SHARES)), lit(SHARES - 1))));
    }

    /** Counts of values in 20 bins from one value to another. */
    public static Histogram between(Dataset<Row> data, String column, double from, double to) {
        double width = to > from ? (to - from) / SHARES : 1;
        List<Double> edges = new ArrayList<>();
        for (int bin = 0; bin <= SHARES; bin++) {
            edges.add(from + bin * width);
        }
        Column bin = floor(col(column).minus(from).divide(width));
        return histogram(edges, counts(data, greatest(least(bin, lit(SHARES - 1)), lit(0))));
    }

    private static Map<Integer, Long> counts(Dataset<Row> data, Column bin) {
        Map<Integer, Long> counts = new HashMap<>();
        data.groupBy(bin.cast("int").as("bin"))
                .agg(count(lit(1)).as("rows"))
                .collectAsList()
                .forEach(row -> counts.put(row.getInt(0), row.getLong(1)));
        return counts;
    }

    private static Histogram histogram(List<Double> edges, Map<Integer, Long> counts) {
        List<Long> bins = new ArrayList<>();
        for (int bin = 0; bin < edges.size() - 1; bin++) {
            bins.add(counts.getOrDefault(bin, 0L));
        }
        return new Histogram(edges, bins);
    }
}
