package dev.stillhouse.cli.pipeline;

import dev.stillhouse.datasets.quality.Bootstrap;
import dev.stillhouse.datasets.quality.Calibration;
import dev.stillhouse.datasets.quality.Classification;
import dev.stillhouse.datasets.quality.ProbabilityQuality;
import dev.stillhouse.reports.record.Interval;
import dev.stillhouse.reports.record.ModelFigures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Judges models on the same evaluation documents: what each got right, and how sure it was. */
final class Judge {
    private final Bootstrap bootstrap;
    private final List<String> labels;
    private final int[] gold;
    private final long seed;

    /**
     * @param known the student's labels
     */
    Judge(EvaluationRows evaluation, List<String> known, long seed) {
        this.bootstrap = Bootstrap.standard(seed);
        this.seed = seed;
        // Gold labels that the teacher never saw come after those it knows, and count as missed.
        TreeSet<String> unknown = new TreeSet<>(evaluation.gold());
        unknown.removeAll(known);
        this.labels = new ArrayList<>(known);
        labels.addAll(unknown);
        Map<String, Integer> indices = new LinkedHashMap<>();
        labels.forEach(label -> indices.put(label, indices.size()));
        this.gold = evaluation.gold().stream().mapToInt(indices::get).toArray();
    }

    /** All labels: the student's, then those that only evaluation documents have. */
    List<String> labels() {
        return labels;
    }

    /** The gold labels as indices of {@link #labels}. */
    int[] gold() {
        return gold;
    }

    Bootstrap bootstrap() {
        return bootstrap;
    }

    /**
     * What a model got right.
     *
     * @param probabilities {@code float[documents][labels]}, in the order of the student's labels
     */
    Judged judged(float[][] probabilities) {
        int[] predicted = Classification.argmax(probabilities);
        float[] confidences = new float[predicted.length];
        boolean[] right = new boolean[predicted.length];
        for (int i = 0; i < predicted.length; i++) {
            confidences[i] = probabilities[i][predicted[i]];
            right[i] = predicted[i] == gold[i];
        }
        return new Judged(
                new Classification(gold, predicted, labels.size()),
                Calibration.of(confidences, right, seed),
                ProbabilityQuality.of(probabilities, gold),
                confidences);
    }

    static Interval interval(Bootstrap.Interval interval) {
        return new Interval(interval.value(), interval.low(), interval.high());
    }

    /**
     * A model's predictions.
     *
     * @param confidences probability of each predicted label
     */
    record Judged(
            Classification quality, Calibration calibration, ProbabilityQuality probabilities, float[] confidences) {
        ModelFigures.Calibration figures() {
            return new ModelFigures.Calibration(
                    calibration.ece(),
                    calibration.debiased(),
                    calibration.floor(),
                    probabilities.brier(),
                    probabilities.loss(),
                    probabilities.riskCoverage());
        }
    }
}
