package dev.stillhouse.scoring.cascade;

import org.apache.commons.math3.distribution.BetaDistribution;
import org.apache.commons.math3.special.Gamma;

/**
 * Upper bounds on how many of a population have a property, from how many of a random sample of it have.
 *
 * <p>{@link #rate} is the one-sided bound of C. Clopper, E. Pearson, The Use of Confidence or Fiducial Limits, Biometrika 1934: of a rate, for a sample of a population without end. {@link #count} inverts the hypergeometric distribution in the same way: of the number in a finite population that was sampled without replacement. Both
 * hold whatever the true number, with at least the confidence asked for.
 */
public final class Bounds {
    private Bounds() {}

    /**
     * The greatest rate that the sample leaves possible: the {@code p} at which {@code P(X <= found) = 1 - confidence}, {@code X} binomial.
     *
     * @param found in the sample, 0 to {@code sample}
     * @param sample size, at least 1
     * @param confidence above 0 and below 1
     */
    public static double rate(long found, long sample, double confidence) {
        check(found, sample, confidence);
        return found == sample
                ? 1
                : new BetaDistribution(null, found + 1.0, sample - found, 1e-12)
                        .inverseCumulativeProbability(confidence);
    }

    /**
     * The greatest number in the population that the sample leaves possible: the largest {@code K} with {@code P(X <= found) > 1 - confidence}, {@code X} hypergeometric.
     *
     * @param found in the sample, 0 to {@code sample}
     * @param sample size, at least 1
     * @param population at least {@code sample}
     * @param confidence above 0 and below 1
     */
    public static long count(long found, long sample, long population, double confidence) {
        check(found, sample, confidence);
        if (population < sample) {
            throw new IllegalArgumentException(
                    "Invalid population: " + population + " (must be at least the sample, " + sample + ")");
        }
        long possible = found;
        long impossible = population - (sample - found) + 1;
        while (impossible - possible > 1) {
            long middle = possible + (impossible - possible) / 2;
            if (atMost(found, sample, population, middle) > 1 - confidence) {
                possible = middle;
            } else {
                impossible = middle;
            }
        }
        return possible;
    }

    /** {@code P(X <= found)} where {@code having} of the population have the property. */
    static double atMost(long found, long sample, long population, long having) {
        double all = choose(population, sample);
        double sum = 0;
        for (long x = Math.max(0, sample - (population - having)); x <= Math.min(found, having); x++) {
            sum += Math.exp(choose(having, x) + choose(population - having, sample - x) - all);
        }
        return sum;
    }

    /** Logarithm of the binomial coefficient. */
    private static double choose(long from, long some) {
        return Gamma.logGamma(from + 1.0) - Gamma.logGamma(some + 1.0) - Gamma.logGamma(from - some + 1.0);
    }

    /**
     * The least sample that can show a rate of at most {@code most}: the one in which nothing is found.
     *
     * @param most above 0 and below 1
     */
    public static long leastSample(double most, double confidence) {
        return (long) Math.ceil(Math.log(1 - confidence) / Math.log1p(-most) - 1e-9);
    }

    private static void check(long found, long sample, double confidence) {
        if (sample < 1 || found < 0 || found > sample || !(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("Invalid bound: " + found + " of " + sample + " at " + confidence
                    + " (must be 0 to the sample, 1 at least, and between 0 and 1)");
        }
    }
}
