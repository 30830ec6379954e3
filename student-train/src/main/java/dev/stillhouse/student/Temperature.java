package dev.stillhouse.student;

import java.util.function.DoubleUnaryOperator;

/**
 * Temperature scaling: the one number that logits are divided by so that soft cross-entropy on held-out examples is least.
 *
 * <p>See C. Guo, G. Pleiss, Y. Sun, K. Weinberger, On Calibration of Modern Neural Networks, ICML 2017.
 */
final class Temperature {
    private static final double LOWEST = 0.05;
    private static final double HIGHEST = 20;
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
    private static final int STEPS = 60;

    private Temperature() {}

    /**
     * The best temperature, between 0.05 and 20; 1 where there are no examples.
     *
     * @param logits {@code float[documents][labels]}
     * @param targets {@code float[documents * labels]}
     */
    static float fit(float[][] logits, float[] targets) {
        if (logits.length == 0) {
            return 1;
        }
        DoubleUnaryOperator loss = logTemperature -> loss(logits, targets, Math.exp(logTemperature));
        double low = Math.log(LOWEST);
        double high = Math.log(HIGHEST);
        for (int step = 0; step < STEPS; step++) {
            double left = high - GOLDEN * (high - low);
            double right = low + GOLDEN * (high - low);
            if (loss.applyAsDouble(left) <= loss.applyAsDouble(right)) {
                high = right;
            } else {
                low = left;
            }
        }
        return (float) Math.exp((low + high) / 2);
    }

    private static double loss(float[][] logits, float[] targets, double temperature) {
        double loss = 0;
        for (int document = 0; document < logits.length; document++) {
            float[] z = logits[document];
            double max = Double.NEGATIVE_INFINITY;
            for (float logit : z) {
                max = Math.max(max, logit / temperature);
            }
            double sum = 0;
            double dot = 0;
            for (int label = 0; label < z.length; label++) {
                double scaled = z[label] / temperature;
                sum += Math.exp(scaled - max);
                dot += targets[document * z.length + label] * scaled;
            }
            loss += max + Math.log(sum) - dot;
        }
        return loss;
    }
}
