package dev.stillhouse.teacher;

import java.util.List;

/**
 * Temperature scaling (Guo et al. 2017, On Calibration of Modern Neural Networks): the one divisor of all logits with the least negative log-likelihood on rows the model was not fitted on. The loss is convex in {@code 1 / T}, and is searched
 * over {@code log T} by golden section.
 */
final class Temperature {
    private static final double LOWEST = Math.log(0.02);
    private static final double HIGHEST = Math.log(20);
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
    private static final int STEPS = 60;

    /**
     * A prediction to calibrate on.
     *
     * @param logits {@code double[labels]}
     * @param label index of the true one
     */
    record Prediction(double[] logits, int label) {}

    private Temperature() {}

    /** The best temperature, between 0.02 and 20; 1 without predictions. */
    static double fit(List<Prediction> predictions) {
        if (predictions.isEmpty()) {
            return 1;
        }
        double low = LOWEST;
        double high = HIGHEST;
        for (int step = 0; step < STEPS; step++) {
            double left = high - GOLDEN * (high - low);
            double right = low + GOLDEN * (high - low);
            if (loss(predictions, Math.exp(left)) <= loss(predictions, Math.exp(right))) {
                high = right;
            } else {
                low = left;
            }
        }
        return Math.exp((low + high) / 2);
    }

    /** Mean negative log-likelihood at a temperature. */
    static double loss(List<Prediction> predictions, double temperature) {
        double sum = 0;
        for (Prediction prediction : predictions) {
            double[] logits = prediction.logits();
            double max = Double.NEGATIVE_INFINITY;
            for (double logit : logits) {
                max = Math.max(max, logit / temperature);
            }
            double partition = 0;
            for (double logit : logits) {
                partition += Math.exp(logit / temperature - max);
            }
            sum += max + Math.log(partition) - logits[prediction.label()] / temperature;
        }
        return sum / predictions.size();
    }
}
