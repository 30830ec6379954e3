package dev.stillhouse.cli.measures;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.xxhash64;

import dev.stillhouse.curation.Rules;
import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.reports.record.Histogram;
import dev.stillhouse.reports.record.SignalFigures;
import dev.stillhouse.udfs.quality.Signal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Distributions of signals, from all judged documents or, where there are many, from some {@value #SAMPLE} of them chosen by hash of source and id: one job, and the same figures for any partitioning. */
public final class SignalMeasures {
    private static final int SAMPLE = 50_000;
    private static final int BINS = 24;
    private static final double CUT = 0.005;

    private final List<Rules.Line> rules;
    private final Map<String, Long> failedBySignal;

    /**
     * @param rules the rules of the task
     * @param failedBySignal documents that fail a rule on a signal, by its column
     */
    public SignalMeasures(List<Rules.Line> rules, Map<String, Long> failedBySignal) {
        this.rules = rules;
        this.failedBySignal = failedBySignal;
    }

    /**
     * Measures.
     *
     * @param judged kept and removed documents, with the columns of the signals
     * @param documents how many they are
     */
    public Map<String, SignalFigures> of(Dataset<Row> judged, long documents) {
        double[][] values = collect(judged, documents);
        Map<String, SignalFigures> figures = new LinkedHashMap<>();
        Signal[] signals = Signal.values();
        for (int i = 0; i < signals.length; i++) {
            figures.put(signals[i].column(), figures(signals[i], values[i]));
        }
        return figures;
    }

    /** Values by signal, ascending, undefined ones left out. */
    private static double[][] collect(Dataset<Row> judged, long documents) {
        Signal[] signals = Signal.values();
        Column[] columns = Arrays.stream(signals)
                .map(signal -> coalesce(col(signal.column()).cast("double"), lit(Double.NaN)))
                .toArray(Column[]::new);
        Column key = pmod(xxhash64(lit("signals"), col(Curated.SOURCE), col(Curated.ID)), lit(1_000_000L));
        Dataset<Row> sample = documents <= SAMPLE ? judged : judged.where(key.lt((long) (1e6 * SAMPLE / documents)));
        List<Row> rows = sample.select(array(columns)).collectAsList();
        double[][] values = new double[signals.length][rows.size()];
        for (int row = 0; row < rows.size(); row++) {
            List<Double> measured = rows.get(row).getList(0);
            for (int i = 0; i < signals.length; i++) {
                values[i][row] = measured.get(i);
            }
        }
        for (int i = 0; i < signals.length; i++) {
            values[i] = Arrays.stream(values[i])
                    .filter(value -> !Double.isNaN(value))
                    .sorted()
                    .toArray();
        }
        return values;
    }

    private SignalFigures figures(Signal signal, double[] sorted) {
        List<SignalFigures.Threshold> thresholds = new ArrayList<>();
        for (Rules.Line line : rules) {
            if (line.published().map(rule -> rule.signal() == signal).orElse(false)) {
                thresholds.add(new SignalFigures.Threshold(
                        line.condition(), line.published().get().threshold()));
            }
        }
        return new SignalFigures(
                signal.meaning(),
                signal.denominator(),
                quantile(sorted, 0.05),
                quantile(sorted, 0.5),
                quantile(sorted, 0.95),
                failedBySignal.getOrDefault(signal.column(), 0L),
                thresholds,
                sorted.length,
                histogram(sorted));
    }

    /** Hyndman and Fan's type 7, between the two nearest values; NaN of none. */
    static double quantile(double[] sorted, double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double place = share * (sorted.length - 1);
        int below = (int) Math.floor(place);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    private static Histogram histogram(double[] sorted) {
        if (sorted.length == 0) {
            return new Histogram(List.of(0.0), List.of());
        }
        double low = quantile(sorted, CUT);
        double high = quantile(sorted, 1 - CUT);
        int bins = high > low ? BINS : 1;
        long[] counts = new long[bins];
        for (double value : sorted) {
            int bin = high > low ? (int) ((value - low) / (high - low) * bins) : 0;
            counts[Math.max(0, Math.min(bins - 1, bin))]++;
        }
        List<Double> edges = new ArrayList<>();
        for (int i = 0; i <= bins; i++) {
            edges.add(low + (high - low) * i / bins);
        }
        return new Histogram(edges, Arrays.stream(counts).boxed().toList());
    }
}
