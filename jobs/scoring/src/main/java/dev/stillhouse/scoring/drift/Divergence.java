package dev.stillhouse.scoring.drift;

import java.util.List;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;

/**
 * How far two counted distributions over the same bins are apart.
 *
 * <p>The population stability index is {@code sum (p - q) ln(p / q)}, with half a value added to each bin on both sides (Jeffreys), so that an empty one does not make it infinite; bins that are empty on both sides do not count. The Jensen-Shannon divergence is {@code (KL(p || m) + KL(q || m)) / 2} in bits, with {@code m = (p + q) / 2}, of the shares as they are (Lin 1991). Where both are drawn from one distribution, the index is about {@code (1 / n + 1 / m)} times a chi-squared value of as many degrees of freedom as there are bins less one (Yurdakul 2018); the floor is the 95 % quantile of that.
 *
 * @param stabilityIndex 0 or more
 * @param noiseFloor what chance alone makes of the index at most, 95 times in 100
 * @param jensenShannon 0, where they are the same, to 1, where they have nothing in common
 */
public record Divergence(double stabilityIndex, double noiseFloor, double jensenShannon) {
    private static final double ADDED = 0.5;
    private static final double QUANTILE = 0.95;

    /**
     * Compares.
     *
     * @param first counts by bin, one at least not 0
     * @param second counts of the same bins, one at least not 0
     */
    public static Divergence of(List<Long> first, List<Long> second) {
        int size = first.size();
        if (size != second.size()) {
            throw new IllegalArgumentException(
                    "Invalid counts: " + size + " and " + second.size() + " (must be of the same bins)");
        }
        long firstTotal = total(first);
        long secondTotal = total(second);
        if (firstTotal == 0 || secondTotal == 0) {
            throw new IllegalArgumentException("Invalid counts: " + first + " and " + second + " (must not all be 0)");
        }
        int bins = 0;
        for (int i = 0; i < size; i++) {
            bins += first.get(i) + second.get(i) > 0 ? 1 : 0;
        }
        double index = 0;
        double shannon = 0;
        for (int i = 0; i < size; i++) {
            if (first.get(i) + second.get(i) > 0) {
                double smoothedFirst = (first.get(i) + ADDED) / (firstTotal + ADDED * bins);
                double smoothedSecond = (second.get(i) + ADDED) / (secondTotal + ADDED * bins);
                index += (smoothedFirst - smoothedSecond) * Math.log(smoothedFirst / smoothedSecond);
                double p = (double) first.get(i) / firstTotal;
                double q = (double) second.get(i) / secondTotal;
                shannon += (bits(p, (p + q) / 2) + bits(q, (p + q) / 2)) / 2;
            }
        }
        return new Divergence(index, floor(bins, firstTotal, secondTotal), Math.max(0, Math.min(1, shannon)));
    }

    /** Whether it is greater than a bound, and than what chance makes. */
    public boolean isAbove(double bound) {
        return stabilityIndex > bound && stabilityIndex > noiseFloor;
    }

    private static double floor(int bins, long first, long second) {
        return bins < 2
                ? 0
                : (1.0 / first + 1.0 / second)
                        * new ChiSquaredDistribution(bins - 1).inverseCumulativeProbability(QUANTILE);
    }

    private static double bits(double p, double middle) {
        return p == 0 ? 0 : p * Math.log(p / middle) / Math.log(2);
    }

    private static long total(List<Long> counts) {
        return counts.stream().mapToLong(Long::longValue).sum();
    }
}
