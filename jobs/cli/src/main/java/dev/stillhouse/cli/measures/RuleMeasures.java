package dev.stillhouse.cli.measures;

import static org.apache.spark.sql.functions.array_distinct;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import dev.stillhouse.curation.Rules;
import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.Removed;
import dev.stillhouse.reports.record.Interval;
import dev.stillhouse.reports.record.Overhit;
import dev.stillhouse.reports.record.RuleFigures;
import dev.stillhouse.reports.record.Volume;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** What each rule met: how many documents fail it, what it removed, and whom it hits far more often than others. */
public final class RuleMeasures {
    private static final double FAR = 2;
    private static final long FEW = 10;
    private static final double Z95 = 1.959964;

    private final List<Rules.Line> rules;
    private final Map<String, Map<String, Long>> failedByRuleAndSource = new HashMap<>();
    private final Map<String, Long> failedBySignal = new HashMap<>();
    private final Map<String, Volume> removedByRule;
    private final Map<String, Long> annotated;

    /**
     * Counts failing documents, in one job.
     *
     * @param rules the rules of the task
     * @param tally what was kept and removed
     */
    public RuleMeasures(List<Rules.Line> rules, CurationTally tally, Dataset<Row> curatedDF, Dataset<Row> removedDF) {
        this.rules = rules;
        Column failed = col(Curated.FAILED_RULES);
        Column told = explode(
                concat(transform(failed, rule -> struct(lit(false).as("signal"), rule.as("name"))), signals(failed)));
        Dataset<Row> counts = curatedDF
                .select(Curated.SOURCE, Curated.FAILED_RULES)
                .union(removedDF.select(Removed.SOURCE, Removed.FAILED_RULES))
                .select(col(Curated.SOURCE), told.as("told"))
                .groupBy("told.signal", "told.name", Curated.SOURCE)
                .agg(count(lit(1)));
        for (Row row : counts.collectAsList()) {
            if (row.getBoolean(0)) {
                failedBySignal.merge(row.getString(1), row.getLong(3), Long::sum);
            } else {
                failedByRuleAndSource
                        .computeIfAbsent(row.getString(1), rule -> new HashMap<>())
                        .put(row.getString(2), row.getLong(3));
            }
        }
        this.removedByRule = tally.removedByRule();
        this.annotated = tally.annotated();
    }

    /** The signals whose rules a document fails, each once. */
    private Column signals(Column failed) {
        Column signals = array_distinct(transform(failed, this::signal));
        return transform(
                filter(signals, Column::isNotNull), name -> struct(lit(true).as("signal"), name.as("name")));
    }

    private Column signal(Column name) {
        Column signal = lit(null).cast(DataTypes.StringType);
        for (Rules.Line line : rules) {
            if (line.published().isPresent()) {
                signal = when(
                                name.equalTo(line.name()),
                                line.published().get().signal().column())
                        .otherwise(signal);
            }
        }
        return signal;
    }

    /** Documents that fail a rule on a signal, by the signal's column. */
    public Map<String, Long> failedBySignal() {
        return Map.copyOf(failedBySignal);
    }

    private Map<String, Long> failed() {
        Map<String, Long> failed = new HashMap<>();
        failedByRuleAndSource.forEach((rule, bySource) -> failed.put(rule, Counts.total(bySource)));
        return failed;
    }

    /** What each rule met, in the order of the rules. */
    public List<RuleFigures> figures() {
        Map<String, Long> failed = failed();
        List<RuleFigures> figures = new ArrayList<>();
        for (Rules.Line line : rules) {
            Volume removed = removedByRule.getOrDefault(line.name(), Volume.NONE);
            long hits = removed.documents() + annotated.getOrDefault(line.name(), 0L);
            figures.add(new RuleFigures(
                    line.reason(),
                    line.name(),
                    line.condition(),
                    line.denominator(),
                    line.tokenizer(),
                    line.source(),
                    line.drops(),
                    Math.max(hits, failed.getOrDefault(line.name(), 0L)),
                    removed));
        }
        return figures;
    }

    /**
     * Sources that a rule hits at least {@value #FAR} times as often as the others, at the lower end of the interval, the worst first.
     *
     * @param documents judged documents by source
     */
    public List<Overhit> overhits(Map<String, Long> documents) {
        long all = Counts.total(documents);
        List<Overhit> overhits = new ArrayList<>();
        failedByRuleAndSource.forEach((rule, bySource) -> {
            long failedAll = Counts.total(bySource);
            bySource.forEach((source, failed) -> {
                long own = documents.getOrDefault(source, failed);
                Interval ratio = ratio(failed, own, failedAll - failed, all - own);
                if (failed >= FEW && all > own && ratio.low() > FAR) {
                    double rest = (double) (failedAll - failed) / (all - own);
                    overhits.add(new Overhit(source, rule, failed, own, rest, ratio));
                }
            });
        });
        overhits.sort(Comparator.comparingDouble((Overhit hit) -> -hit.ratio().low())
                .thenComparing(Overhit::source)
                .thenComparing(Overhit::rule));
        return overhits;
    }

    /** Ratio of two shares with its 95 % interval on the logarithm (Katz et al. 1978), half a document added to each count. */
    static Interval ratio(long failed, long documents, long restFailed, long rest) {
        double a = failed + 0.5;
        double b = restFailed + 0.5;
        double n = documents + 0.5;
        double m = rest + 0.5;
        double ratio = (a / n) / (b / m);
        double spread = Z95 * Math.sqrt(1 / a - 1 / n + 1 / b - 1 / m);
        return new Interval(ratio, ratio * Math.exp(-spread), ratio * Math.exp(spread));
    }
}
