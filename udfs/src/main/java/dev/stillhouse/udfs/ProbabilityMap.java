package dev.stillhouse.udfs;

import java.io.Serializable;
import java.util.Arrays;

/**
 * A map of probabilities: linear between its knots, level before the first and after the last, and {@value #SLOPE} of the probability itself mixed in, so that what was larger stays larger: {@code g(p) = (1 - SLOPE) * level(p) + SLOPE * p}.
 *
 * <p>Immutable by agreement; arrays are not copied.
 *
 * @param from where knots are, ascending, 0 to 1
 * @param to what becomes of them, not descending, above 0; as many
 */
public record ProbabilityMap(float[] from, float[] to) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** How much of the probability is mixed in, so that the map is nowhere level. */
    public static final double SLOPE = 1e-4;

    /** The map that changes nothing. */
    public static final ProbabilityMap NONE = new ProbabilityMap(new float[0], new float[0]);

    public ProbabilityMap {
        boolean ordered = from.length == to.length && from.length != 1;
        for (int i = 0; i < from.length && ordered; i++) {
            ordered = from[i] >= 0
                    && from[i] <= 1
                    && to[i] > 0
                    && to[i] <= 1
                    && (i == 0 || (from[i] > from[i - 1] && to[i] >= to[i - 1]));
        }
        if (!ordered) {
            throw new IllegalArgumentException("Invalid probability map: " + Arrays.toString(from) + " to "
                    + Arrays.toString(to) + " (must be no knots, or two or more from 0 to 1 in ascending order)");
        }
    }

    public boolean isNone() {
        return from.length == 0;
    }

    /** What becomes of a probability; not normalised. */
    public double of(double probability) {
        if (isNone()) {
            return probability;
        }
        double level = to[0];
        for (int i = 1; i < from.length && probability > from[i - 1]; i++) {
            level += slope(i) * (Math.min(probability, from[i]) - from[i - 1]);
        }
        return (1 - SLOPE) * level + SLOPE * probability;
    }

    /** Between knots {@code i - 1} and {@code i}, how much a probability grows by. */
    public double slope(int i) {
        return ((double) to[i] - to[i - 1]) / ((double) from[i] - from[i - 1]);
    }

    /**
     * Maps probabilities in place.
     *
     * @param normalise whether they sum to 1 after it
     */
    public void apply(double[] probabilities, boolean normalise) {
        if (isNone()) {
            return;
        }
        double sum = 0;
        for (int label = 0; label < probabilities.length; label++) {
            probabilities[label] = of(probabilities[label]);
            sum += probabilities[label];
        }
        for (int label = 0; label < probabilities.length && normalise; label++) {
            probabilities[label] /= sum;
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ProbabilityMap map && Arrays.equals(from, map.from) && Arrays.equals(to, map.to);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(from) + Arrays.hashCode(to);
    }
}
