package dev.stillhouse.datasets.quality;

import dev.stillhouse.datasets.quality.TemperatureScaling.Prediction;
import dev.stillhouse.udfs.Decision;
import dev.stillhouse.udfs.Link;
import dev.stillhouse.udfs.ProbabilityMap;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The threshold of each label whose expected F1 on held-out predictions is greatest; {@link Decision#MIDDLE} for a label that fewer than {@value #LEAST_POSITIVES} rows have, where the best one would be chance's, and where no other is better.
 *
 * <p>See Z. Lipton, C. Elkan, B. Naryanaswamy, Optimal Thresholding of Classifiers to Maximize F1 Measure, ECML 2014. Soft targets count by their probability.
 */
public final class Thresholds {
    /** Expected rows with the label. */
    private static final double LEAST_POSITIVES = 10;

    private Thresholds() {}

    /**
     * The thresholds by label.
     *
     * @param predictions of rows that the model was not fitted on
     */
    public static Map<String, Float> fit(List<String> labels, List<Prediction> predictions, double temperature) {
        return fit(labels, predictions, new Reading(temperature, ProbabilityMap.NONE));
    }

    /**
     * The thresholds by label, of probabilities that are mapped.
     *
     * @param predictions of rows that the model was not fitted on
     * @param reading how their logits become probabilities
     */
    public static Map<String, Float> fit(List<String> labels, List<Prediction> predictions, Reading reading) {
        Map<String, Float> thresholds = new HashMap<>();
        for (int label = 0; label < labels.size(); label++) {
            int index = label;
            List<Point> points = predictions.stream()
                    .map(one -> Point.of(one, index, reading))
                    .sorted(Comparator.comparingDouble((Point point) -> -point.probability()))
                    .toList();
            thresholds.put(labels.get(label), best(points));
        }
        return thresholds;
    }

    private static float best(List<Point> points) {
        double positives = points.stream().mapToDouble(Point::positive).sum();
        if (positives < LEAST_POSITIVES) {
            return Decision.MIDDLE;
        }
        double best = f1At(points, positives, Decision.MIDDLE);
        float threshold = Decision.MIDDLE;
        double given = 0;
        double right = 0;
        for (int i = 0; i < points.size(); i++) {
            Point point = points.get(i);
            given += point.weight();
            right += point.positive();
            double next = i + 1 < points.size() ? points.get(i + 1).probability() : 0;
            double f1 = 2 * right / (given + positives);
            float between = (float) ((point.probability() + next) / 2);
            // Between two alike, engines that differ in the last digit would decide differently.
            if (f1 > best && between > next && between < point.probability()) {
                best = f1;
                threshold = between;
            }
        }
        return threshold;
    }

    private static double f1At(List<Point> points, double positives, double threshold) {
        double given = 0;
        double right = 0;
        for (Point point : points) {
            given += point.probability() >= threshold ? point.weight() : 0;
            right += point.probability() >= threshold ? point.positive() : 0;
        }
        return given + positives == 0 ? 0 : 2 * right / (given + positives);
    }

    /**
     * How logits become probabilities.
     *
     * @param temperature that they are divided by, greater than 0
     * @param map of what comes of that
     */
    public record Reading(double temperature, ProbabilityMap map) {}

    /**
     * A label of a row.
     *
     * @param positive how much of {@code weight} has it
     */
    private record Point(double probability, double positive, double weight) {
        static Point of(Prediction prediction, int label, Reading reading) {
            double given = Link.LOGISTIC.outputs(new double[] {prediction.logits()[label]}, reading.temperature())[0];
            double probability = reading.map().of(given);
            return new Point(probability, prediction.weight() * prediction.target()[label], prediction.weight());
        }
    }
}
