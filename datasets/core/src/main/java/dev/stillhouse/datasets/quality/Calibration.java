package dev.stillhouse.datasets.quality;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * How far confidences are from the share of right predictions: expected calibration error of the top label, in 15 bins of equal mass, beside what a perfectly calibrated model with the same confidences and count would show by chance.
 *
 * @param ece sum over bins of (share of documents) * |mean confidence - accuracy|
 * @param debiased {@code ece} less the mean of a perfectly calibrated model, not below 0
 * @param floor the 95 % quantile of a perfectly calibrated model, by simulation
 * @param bins the reliability diagram
 */
public record Calibration(double ece, double debiased, double floor, List<Bin> bins) {
    private static final int BINS = 15;
    private static final int SIMULATIONS = 1_000;

    /** Draws of all simulations together, from which on there are fewer of them, but never fewer than {@value #FEWEST}. */
    private static final long MOST_DRAWS = 100_000_000;

    private static final long FEWEST = 100;
    private static final double QUANTILE = 0.95;

    public Calibration {
        bins = List.copyOf(bins);
    }

    /**
     * A bin of the reliability diagram.
     *
     * @param confidence mean confidence
     * @param accuracy share of right predictions
     * @param documents how many it holds
     */
    public record Bin(double confidence, double accuracy, int documents) {}

    /**
     * Measures calibration.
     *
     * @param confidences probability of the predicted label, {@code float[documents]}
     * @param right whether the prediction was right
     * @param seed of the simulation
     */
    public static Calibration of(float[] confidences, boolean[] right, long seed) {
        int[] order = IntStream.range(0, confidences.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> confidences[i])
                        .thenComparing(Comparator.naturalOrder()))
                .mapToInt(Integer::intValue)
                .toArray();
        float[] sorted = new float[order.length];
        boolean[] outcomes = new boolean[order.length];
        for (int i = 0; i < order.length; i++) {
            sorted[i] = confidences[order[i]];
            outcomes[i] = right[order[i]];
        }
        double[] simulated = simulate(sorted, seed);
        double ece = ece(sorted, outcomes);
        double chance = Arrays.stream(simulated).average().orElse(0);
        double floor = simulated.length == 0 ? 0 : Bootstrap.quantile(simulated, QUANTILE);
        return new Calibration(ece, Math.max(0, ece - chance), floor, bins(sorted, outcomes));
    }

    private static double[] simulate(float[] sorted, long seed) {
        if (sorted.length == 0) {
            return new double[0];
        }
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = new double[(int) Math.min(SIMULATIONS, Math.max(FEWEST, MOST_DRAWS / sorted.length))];
        boolean[] outcomes = new boolean[sorted.length];
        for (int round = 0; round < values.length; round++) {
            for (int i = 0; i < sorted.length; i++) {
                outcomes[i] = random.nextDouble() < sorted[i];
            }
            values[round] = ece(sorted, outcomes);
        }
        Arrays.sort(values);
        return values;
    }

    private static double ece(float[] sorted, boolean[] outcomes) {
        double error = 0;
        for (int bin = 0; bin < BINS; bin++) {
            double gap = 0;
            for (int i = start(bin, sorted.length); i < start(bin + 1, sorted.length); i++) {
                gap += sorted[i] - (outcomes[i] ? 1 : 0);
            }
            error += Math.abs(gap);
        }
        return sorted.length == 0 ? 0 : error / sorted.length;
    }

    private static List<Bin> bins(float[] sorted, boolean[] outcomes) {
        List<Bin> bins = new ArrayList<>();
        for (int bin = 0; bin < BINS; bin++) {
            int from = start(bin, sorted.length);
            int to = start(bin + 1, sorted.length);
            double confidence = 0;
            int right = 0;
            for (int i = from; i < to; i++) {
                confidence += sorted[i];
                right += outcomes[i] ? 1 : 0;
            }
            if (to > from) {
                bins.add(new Bin(confidence / (to - from), (double) right / (to - from), to - from));
            }
        }
        return bins;
    }

    private static int start(int bin, int documents) {
        return (int) ((long) bin * documents / BINS);
    }
}
