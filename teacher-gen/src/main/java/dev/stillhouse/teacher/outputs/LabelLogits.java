package dev.stillhouse.teacher.outputs;

import java.util.Arrays;

/** Probabilities of labels that somebody else gave, as outputs that a temperature can be fitted to: their natural logarithms. A label that was given none has {@link #LEAST}, so that one label alone is as soft as gold rows say it should be. */
public final class LabelLogits {
    /** The probability of what was not mentioned. */
    static final double LEAST = 1e-4;

    private LabelLogits() {}

    /**
     * The logits of probabilities, {@code float[labels]}.
     *
     * @param probabilities at least 0 and finite, of a sum greater than 0; they are made to sum to 1
     */
    public static float[] of(double[] probabilities) {
        double sum = Arrays.stream(probabilities).sum();
        if (!(sum > 0) || !Double.isFinite(sum)) {
            throw new IllegalArgumentException("Invalid probabilities: their sum is " + sum + " (must be > 0)");
        }
        float[] logits = new float[probabilities.length];
        for (int label = 0; label < logits.length; label++) {
            logits[label] = (float) Math.log(Math.max(LEAST, probabilities[label] / sum));
        }
        return logits;
    }

    /** The logits of independent probabilities, 0 to 1 each, {@code float[labels]}: {@code log(p / (1 - p))}, none nearer to 0 or 1 than {@link #LEAST}. */
    static float[] independent(double[] probabilities) {
        float[] logits = new float[probabilities.length];
        for (int label = 0; label < logits.length; label++) {
            double kept = Math.min(1 - LEAST, Math.max(LEAST, probabilities[label]));
            logits[label] = (float) Math.log(kept / (1 - kept));
        }
        return logits;
    }
}
