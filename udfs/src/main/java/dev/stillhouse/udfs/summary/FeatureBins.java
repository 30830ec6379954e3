package dev.stillhouse.udfs.summary;

import java.util.Arrays;

/**
 * A piecewise constant function of each feature: {@code sum over features f of weights[f][number of edges of f that are at most x_f]}. Immutable by agreement.
 *
 * @param edges of each feature, ascending and distinct: {@code float[features][any number]}
 * @param weights of each feature, one more than it has edges
 */
public record FeatureBins(float[][] edges, float[][] weights) {
    public FeatureBins {
        if (edges.length != weights.length) {
            throw new IllegalArgumentException("Invalid bins: edges of " + edges.length + " features, weights of "
                    + weights.length + " (must be of equally many)");
        }
        for (int f = 0; f < edges.length; f++) {
            if (weights[f].length != edges[f].length + 1) {
                throw new IllegalArgumentException("Invalid bins of feature " + f + ": " + edges[f].length
                        + " edges and " + weights[f].length + " weights (must be one more)");
            }
            for (int i = 1; i < edges[f].length; i++) {
                if (!(edges[f][i - 1] < edges[f][i])) {
                    throw new IllegalArgumentException(
                            "Invalid edges of feature " + f + ": " + Arrays.toString(edges[f]) + " (must ascend)");
                }
            }
        }
    }

    /** Features. */
    public int size() {
        return edges.length;
    }

    /** The bin that a value of a feature is in, from 0. */
    public int bin(int feature, float value) {
        float[] of = edges[feature];
        int bin = 0;
        while (bin < of.length && of[bin] <= value) {
            bin++;
        }
        return bin;
    }

    /**
     * The function's value.
     *
     * @param values features of sentences, row-major
     * @param start where a sentence's begin
     */
    double sum(float[] values, int start) {
        double sum = 0;
        for (int f = 0; f < edges.length; f++) {
            sum += weights[f][bin(f, values[start + f])];
        }
        return sum;
    }
}
