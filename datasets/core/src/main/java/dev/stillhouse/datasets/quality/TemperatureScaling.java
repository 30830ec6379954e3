package dev.stillhouse.datasets.quality;

import dev.stillhouse.udfs.Link;
import java.util.List;

/**
 * Temperature scaling: the one number that logits are divided by so that the cross-entropy of held-out predictions is least, or the sum of the labels' binary cross-entropies. The loss is convex in {@code 1 / T} and is searched over {@code log T} by golden section.
 *
 * <p>See C. Guo, G. Pleiss, Y. Sun, K. Weinberger, On Calibration of Modern Neural Networks, ICML 2017.
 */
public final class TemperatureScaling {
    private static final double LOWEST = 0.02;
    private static final double HIGHEST = 20;
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
    private static final int STEPS = 60;

    /**
     * A prediction for a row that the model was not fitted on.
     *
     * @param logits {@code double[labels]}
     * @param target {@code double[labels]}, the probabilities that it should have given
     * @param weight how much the row counts, greater than 0
     */
    public record Prediction(double[] logits, double[] target, double weight) {

        /** A prediction for a row with one true label. */
        public static Prediction of(double[] logits, int label) {
            double[] target = new double[logits.length];
            target[label] = 1;
            return new Prediction(logits, target, 1);
        }
    }

    private TemperatureScaling() {}

    /**
     * The best temperature, between 0.02 and 20; 1 without predictions.
     *
     * @param link from logits to probabilities
     */
    public static double fit(Link link, List<Prediction> predictions) {
        if (predictions.isEmpty()) {
            return 1;
        }
        double low = Math.log(LOWEST);
        double high = Math.log(HIGHEST);
        for (int step = 0; step < STEPS; step++) {
            double left = high - GOLDEN * (high - low);
            double right = low + GOLDEN * (high - low);
            if (loss(link, predictions, Math.exp(left)) <= loss(link, predictions, Math.exp(right))) {
                high = right;
            } else {
                low = left;
            }
        }
        return Math.exp((low + high) / 2);
    }

    /** Weighted mean loss at a temperature, {@link Link#loss(double[], double[], double)}; NaN without predictions. */
    public static double loss(Link link, List<Prediction> predictions, double temperature) {
        double sum = 0;
        double weights = 0;
        for (Prediction prediction : predictions) {
            sum += prediction.weight() * link.loss(prediction.logits(), prediction.target(), temperature);
            weights += prediction.weight();
        }
        return sum / weights;
    }
}
