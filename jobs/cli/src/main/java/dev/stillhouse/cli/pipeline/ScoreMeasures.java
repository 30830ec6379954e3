package dev.stillhouse.cli.pipeline;

import static org.apache.spark.sql.functions.array_max;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.explode_outer;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.percentile_approx;

import dev.stillhouse.cli.measures.Counts;
import dev.stillhouse.cli.measures.Histograms;
import dev.stillhouse.datasets.publish.RunWriter;
import dev.stillhouse.datasets.schema.Origin;
import dev.stillhouse.datasets.schema.Rejects;
import dev.stillhouse.datasets.schema.Scores;
import dev.stillhouse.reports.record.Histogram;
import dev.stillhouse.reports.record.ScoreEvidence;
import dev.stillhouse.reports.record.ScoreFigures;
import dev.stillhouse.scoring.Scorer;
import dev.stillhouse.scoring.cascade.Outcome;
import dev.stillhouse.scoring.drift.ScoredValues;
import dev.stillhouse.udfs.Decision;
import dev.stillhouse.udfs.Link;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The figures of scores that were written. */
final class ScoreMeasures {
    private static final String TOP = "top";
    private static final Map<String, Double> QUANTILES = new TreeMap<>(
            Map.of("p000", 0.0, "p005", 0.05, "p025", 0.25, "p050", 0.5, "p075", 0.75, "p095", 0.95, "p100", 1.0));

    /** Of the percentiles; more is exacter. */
    private static final int ACCURACY = 10_000;

    private final RunWriter writer;
    private final Scorer scorer;
    private final Decision decision;
    private final Optional<Outcome> outcome;

    /**
     * @param scorer that has scored
     * @param outcome what a cascade found; absent without one
     */
    ScoreMeasures(RunWriter writer, Scorer scorer, Optional<Outcome> outcome) {
        this.writer = writer;
        this.scorer = scorer;
        this.decision = scorer.decision();
        this.outcome = outcome;
    }

    /**
     * Counts.
     *
     * @param model run id of the student
     * @param seconds that scoring took
     */
    ScoreFigures figures(String model, double seconds) {
        Dataset<Row> scoresDF = writer.read(Datasets.SCORES);
        long documents = writer.rows(Datasets.SCORES);
        Map<String, Long> byRoute = Counts.by(scoresDF, Scores.ROUTE);
        long taken = takenOver(scoresDF);
        boolean isNumber = decision.link() == Link.IDENTITY;
        return new ScoreFigures(
                documents,
                Counts.by(writer.read(Datasets.REJECTS), Rejects.REASON),
                byLabel(scoresDF),
                Counts.by(scoresDF, Scores.SOURCE),
                isNumber ? Optional.empty() : Optional.of(probabilities(scoresDF)),
                isNumber ? Optional.empty() : Optional.of(Histograms.shares(scoresDF, Scores.MARGIN)),
                isNumber && documents > 0 ? Optional.of(scores(scoresDF)) : Optional.empty(),
                model,
                scorer.engine().name().toLowerCase(Locale.ROOT),
                scorer.truncated(),
                Math.max(taken, scorer.reused(documents)),
                (documents - taken) / seconds,
                byRoute,
                outcome.map(found -> RouteMeasures.figures(found, byRoute, selected(scoresDF), seconds)),
                ScoreEvidence.NONE);
    }

    private Optional<Long> selected(Dataset<Row> scoresDF) {
        return outcome.flatMap(found -> found.terms().config().label())
                .map(label -> scoresDF.where(col(Scores.SELECTED)).count());
    }

    /** Documents that an earlier run has scored. */
    private long takenOver(Dataset<Row> scoresDF) {
        return writer.holds(InputFiles.NAME)
                ? scoresDF.where(col(Origin.SCORED_IN).notEqual(writer.run())).count()
                : 0;
    }

    /** Scores by label; empty of numbers. */
    Map<String, Long> byLabel(Dataset<Row> scoresDF) {
        return switch (decision.link()) {
            case SOFTMAX -> Counts.by(scoresDF, Scores.LABEL);
            case LOGISTIC ->
                Counts.by(
                        scoresDF.select(explode_outer(col(Scores.LABELS)).as(Scores.LABEL))
                                .na()
                                .fill(ScoredValues.NONE),
                        Scores.LABEL);
            case IDENTITY -> Map.of();
        };
    }

    private Histogram probabilities(Dataset<Row> scoresDF) {
        return decision.link() == Link.SOFTMAX
                ? Histograms.shares(scoresDF, Scores.PROBABILITY)
                : Histograms.shares(scoresDF.withColumn(TOP, array_max(col(Scores.PROBABILITIES))), TOP);
    }

    private ScoreFigures.Scores scores(Dataset<Row> scoresDF) {
        Map<String, Float> thresholds = new TreeMap<>(decision.thresholds());
        List<Column> counts = new ArrayList<>();
        thresholds
                .values()
                .forEach(threshold -> counts.add(count_if(col(Scores.SCORE).geq(lit(threshold)))));
        Column shares =
                lit(QUANTILES.values().stream().mapToDouble(Double::doubleValue).toArray());
        Row row = scoresDF.agg(
                        percentile_approx(col(Scores.SCORE), shares, lit(ACCURACY)), counts.toArray(Column[]::new))
                .head();
        Map<String, Double> quantiles = new LinkedHashMap<>();
        List<Float> values = row.getList(0);
        QUANTILES.keySet().forEach(name -> quantiles.put(name, (double) values.get(quantiles.size())));
        Map<String, Long> atOrAbove = new LinkedHashMap<>();
        thresholds.keySet().forEach(name -> atOrAbove.put(name, row.getLong(1 + atOrAbove.size())));
        return new ScoreFigures.Scores(
                Histograms.between(scoresDF, Scores.SCORE, quantiles.get("p000"), quantiles.get("p100")),
                quantiles,
                atOrAbove);
    }
}
