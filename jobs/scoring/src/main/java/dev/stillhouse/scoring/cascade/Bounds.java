package dev.stillhouse.scoring.cascade;

import org.apache.commons.math3.distribution.BetaDistribution;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.commons.math3.special.Gamma;

/**
 * Upper bounds on how many of a population have a property, from how many of a random sample of it have.
 *
 * <p>{@link #rate} is the one-sided bound of C. Clopper, E. Pearson, The Use of Confidence or Fiducial Limits, Biometrika 1934: of a rate, for a sample of a population without end. {@link #count} inverts the hypergeometric distribution in the same way: of the number in a finite population that was sampled without replacement. Both
 * hold whatever the true number, with at least the confidence asked for. {@link #mean} is for what is not there or absent, but more or less.
 */
public final class Bounds {
    private static final double PRECISION = 1e-12;
    /** What sums of fractions are off by. */
    private static final double ROUNDING = 1e-9;

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

    /**
     * The greatest mean that the sample leaves possible, of values between 0 and 1: the {@code a} at which {@link #chanceOfMean} is {@code 1 - confidence}. It holds for samples with and without replacement.
     *
     * @param sum over the sample, 0 to {@code sample}
     * @param sample size, at least 1
     * @param confidence above 0 and below 1
     */
    public static double mean(double sum, long sample, double confidence) {
        if (sample < 1 || !(sum >= 0 && sum <= sample + ROUNDING) || !(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("Invalid bound: sum " + sum + " of " + sample + " at " + confidence
                    + " (must be 0 to the sample, 1 at least, and between 0 and 1)");
        }
        double possible = Math.min(1, sum / sample);
        double impossible = 1;
        while (impossible - possible > PRECISION) {
            double middle = possible + (impossible - possible) / 2;
            if (chanceOfMean(sum, sample, middle) > 1 - confidence) {
                possible = middle;
            } else {
                impossible = middle;
            }
        }
        return impossible;
    }

    /**
     * The Hoeffding-Bentkus p-value: at most how likely a sum as small as this is where the mean of the population is {@code mean}. With {@code r} the mean of the sample, {@code n} its size and {@code h(r, a) = r ln(r / a) + (1 - r) ln((1 - r) / (1 - a))}: {@code min(exp(-n h(min(r, a), a)), e P(X <= ceil(n r)))}, {@code X} binomial of {@code n} and {@code a}.
     *
     * <p>S. Bates, A. Angelopoulos, L. Lei, J. Malik, M. Jordan, Distribution-Free, Risk-Controlling Prediction Sets, Journal of the ACM 2021; W. Hoeffding, JASA 1963; V. Bentkus, Annals of Probability 2004.
     *
     * @param mean above 0 and below 1
     */
    static double chanceOfMean(double sum, long sample, double mean) {
        double found = Math.min(sum / sample, mean);
        double divergence = xlog(found, found / mean) + xlog(1 - found, (1 - found) / (1 - mean));
        double hoeffding = Math.exp(-sample * divergence);
        int most = (int) Math.ceil(sum - ROUNDING);
        double bentkus = Math.E * new BinomialDistribution(null, (int) sample, mean).cumulativeProbability(most);
        return Math.min(1, Math.min(hoeffding, bentkus));
    }

    private static double xlog(double factor, double ratio) {
        return factor == 0 ? 0 : factor * Math.log(ratio);
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
