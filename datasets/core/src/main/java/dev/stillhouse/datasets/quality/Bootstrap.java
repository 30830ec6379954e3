package dev.stillhouse.datasets.quality;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Percentile bootstrap, 95 %: how much a figure would vary on other documents of the same kind. Two models are compared on the same resamples.
 *
 * <p>See B. Efron, R. Tibshirani, An Introduction to the Bootstrap, 1993, section 13.3.
 *
 * @param rounds resamples to draw, at least 100
 * @param seed equal seeds draw equal resamples
 */
public record Bootstrap(int rounds, long seed) {
    private static final double TAIL = 0.025;

    /** A thousand resamples. */
    public static Bootstrap standard(long seed) {
        return new Bootstrap(1_000, seed);
    }

    /**
     * An interval.
     *
     * @param value the figure on all documents
     * @param low its 2.5 % quantile over resamples
     * @param high its 97.5 % quantile
     */
    public record Interval(double value, double low, double high) {}

    /** Weighted F1. */
    public Interval f1Weighted(Classification model) {
        return interval(model.gold().length, model::f1Weighted, model.f1Weighted());
    }

    /** Weighted F1 of one model less that of another, on the same documents. */
    public Interval f1Difference(Classification left, Classification right) {
        return interval(
                left.gold().length,
                sample -> left.f1Weighted(sample) - right.f1Weighted(sample),
                left.f1Weighted() - right.f1Weighted());
    }

    /** Micro F1. */
    public Interval f1Micro(Classification model) {
        return interval(model.gold().length, model::f1Micro, model.f1Micro());
    }

    /** Spearman's rank correlation. */
    public Interval spearman(Regression model) {
        return interval(model.gold().length, model::spearman, model.spearman());
    }

    /** Spearman's rank correlation of one model less that of another, on the same documents. */
    public Interval spearmanDifference(Regression left, Regression right) {
        return interval(
                left.gold().length,
                sample -> left.spearman(sample) - right.spearman(sample),
                left.spearman() - right.spearman());
    }

    /** Mean absolute error. */
    public Interval meanAbsoluteError(Regression model) {
        return interval(model.gold().length, model::meanAbsoluteError, model.meanAbsoluteError());
    }

    /** Mean of a figure over documents. */
    public Interval mean(double[] values) {
        return interval(values.length, sample -> mean(values, sample), mean(values, null));
    }

    private static double mean(double[] values, int @Nullable [] sample) {
        double sum = 0;
        int count = sample == null ? values.length : sample.length;
        for (int i = 0; i < count; i++) {
            sum += values[sample == null ? i : sample[i]];
        }
        return sum / Math.max(1, count);
    }

    /** Share of documents on which two arrays of sets of labels agree. */
    public Interval agreement(int[][] left, int[][] right) {
        return interval(left.length, sample -> agreement(left, right, sample), Classification.agreement(left, right));
    }

    private Interval interval(int documents, ToDoubleFunction<int[]> figure, double value) {
        if (documents == 0) {
            return new Interval(value, value, value);
        }
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = new double[rounds];
        int[] sample = new int[documents];
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < documents; i++) {
                sample[i] = random.nextInt(documents);
            }
            values[round] = figure.applyAsDouble(sample);
        }
        Arrays.sort(values);
        return new Interval(value, quantile(values, TAIL), quantile(values, 1 - TAIL));
    }

    private static double agreement(int[][] left, int[][] right, int[] sample) {
        int equal = 0;
        for (int document : sample) {
            equal += Arrays.equals(left[document], right[document]) ? 1 : 0;
        }
        return (double) equal / sample.length;
    }

    static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
