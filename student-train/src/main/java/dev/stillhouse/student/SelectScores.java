package dev.stillhouse.student;

import dev.stillhouse.datasets.quality.Regression;
import dev.stillhouse.datasets.quality.TemperatureScaling.Prediction;
import dev.stillhouse.udfs.Decision;
import dev.stillhouse.udfs.Link;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What students of scores are expected to reach. {@code retained} is the rank correlation with the teacher's scores: less than what is kept of the teacher's correlation with gold, where student and teacher are off in different documents. Correlation, error and F1 are against gold where the select part has {@value #LEAST_GOLD} gold rows or more, and
 * against the teacher's scores otherwise.
 */
final class SelectScores {
    private static final int LEAST_GOLD = 50;

    private SelectScores() {}

    /**
     * Computes them.
     *
     * @param soft with scores in place of logits, and the teacher's as targets; at least one
     * @param gold the same with gold numbers as targets
     */
    static SelectFigures of(List<Prediction> soft, List<Prediction> gold, Decision decision) {
        Regression judged = regression(gold.size() < LEAST_GOLD ? soft : gold, -1);
        Map<String, Double> figures = new HashMap<>();
        figures.put(SelectFigures.SPEARMAN, judged.spearman());
        figures.put(SelectFigures.MAE, judged.meanAbsoluteError());
        decision.thresholds()
                .forEach((name, threshold) -> figures.put(SelectFigures.F1_AT + name, judged.f1At(threshold)));
        double loss = soft.stream()
                .mapToDouble(one -> Link.IDENTITY.loss(one.logits(), one.target()))
                .sum();
        double retained = regression(soft, -1).spearman();
        return new SelectFigures(
                soft.size(),
                loss / soft.size(),
                retained,
                retained,
                SelectLabels.jackknife(group -> regression(soft, group).spearman()),
                0,
                figures);
    }

    private static Regression regression(List<Prediction> predictions, int groupOut) {
        List<Prediction> rows = IntStream.range(0, predictions.size())
                .filter(row -> SelectLabels.isIn(row, groupOut))
                .mapToObj(predictions::get)
                .toList();
        return new Regression(
                rows.stream().mapToDouble(one -> one.target()[0]).toArray(),
                rows.stream().mapToDouble(one -> one.logits()[0]).toArray());
    }
}
