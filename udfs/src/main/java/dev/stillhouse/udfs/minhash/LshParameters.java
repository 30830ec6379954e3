package dev.stillhouse.udfs.minhash;

import java.util.ArrayList;
import java.util.List;

/**
 * Bands and rows of locality-sensitive hashing (Leskovec, Rajaraman, Ullman, Mining of Massive Datasets, section 3.4): two documents are proposed where all rows of at least one band agree, with probability {@code 1 - (1 - s^rows)^bands} at similarity s.
 *
 * @param bands number of bands, at least 1
 * @param rows signature values of a band, at least 1
 */
public record LshParameters(int bands, int rows) {
    /** Longest signature that parameters are chosen for. */
    public static final int MOST_PERMUTATIONS = 128;

    public LshParameters {
        if (bands < 1 || rows < 1) {
            throw new IllegalArgumentException(
                    "Invalid bands and rows: " + bands + " x " + rows + " (must be at least 1 each)");
        }
    }

    /**
     * The most rows, so the fewest false proposals, with just enough bands that a pair at the threshold is proposed with the wanted probability, in signatures of at most {@link #MOST_PERMUTATIONS} values; one row where even two are too many.
     *
     * @param threshold Jaccard's similarity, above 0 and at most 1
     * @param recall the wanted probability, above 0 and below 1
     */
    public static LshParameters of(double threshold, double recall) {
        if (!(threshold > 0 && threshold <= 1)) {
            throw new IllegalArgumentException("Invalid threshold: " + threshold + " (must be above 0 and at most 1)");
        }
        if (!(recall > 0 && recall < 1)) {
            throw new IllegalArgumentException("Invalid recall: " + recall + " (must be above 0 and below 1)");
        }
        LshParameters best = new LshParameters(bandsFor(threshold, recall, 1), 1);
        for (int rows = 2; rows <= MOST_PERMUTATIONS; rows++) {
            int bands = bandsFor(threshold, recall, rows);
            if ((long) bands * rows <= MOST_PERMUTATIONS) {
                best = new LshParameters(bands, rows);
            }
        }
        return best;
    }

    private static int bandsFor(double threshold, double recall, int rows) {
        double agreeing = Math.pow(threshold, rows);
        double bands = agreeing >= 1 ? 1 : Math.ceil(Math.log1p(-recall) / Math.log1p(-agreeing));
        return (int) Math.max(1, Math.min(bands, Integer.MAX_VALUE));
    }

    /** Length of the signatures. */
    public int permutations() {
        return bands * rows;
    }

    /** The probability that two documents of a similarity are proposed. */
    public double probability(double similarity) {
        return -Math.expm1(bands * Math.log1p(-Math.pow(similarity, rows)));
    }

    /** The S-curve: probabilities at similarities 0, 0.02 and so on to 1. */
    public List<Double> curve() {
        List<Double> curve = new ArrayList<>();
        for (int i = 0; i <= 50; i++) {
            curve.add(probability(i / 50.0));
        }
        return curve;
    }
}
