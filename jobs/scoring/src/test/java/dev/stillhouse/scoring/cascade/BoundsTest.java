package dev.stillhouse.scoring.cascade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.commons.math3.distribution.HypergeometricDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundsTest {
    /** By scipy.stats.beta.ppf(0.95, found + 1, sample - found). */
    @ParameterizedTest
    @CsvSource({"0, 10, 0.2588656", "1, 10, 0.3941633", "5, 10, 0.7775589", "10, 10, 1", "3, 1000, 0.0077352447"})
    void rateIsClopperPearsons(long found, long sample, double expected) {
        assertThat(Bounds.rate(found, sample, 0.95)).isCloseTo(expected, within(1e-6));
    }

    @Test
    void atTheBoundTheSampleIsAsUnlikelyAsAskedFor() {
        double rate = Bounds.rate(7, 400, 0.9);
        assertThat(new BinomialDistribution(400, rate).cumulativeProbability(7)).isCloseTo(0.1, within(1e-9));
    }

    @Test
    void countIsTheLargestThatTheSampleLeavesPossible() {
        for (int[] one :
                new int[][] {{0, 50, 1_000}, {3, 50, 1_000}, {3, 50, 60}, {50, 50, 60}, {0, 60, 60}, {2, 1, 1}}) {
            int found = Math.min(one[0], one[1]);
            long bound = Bounds.count(found, one[1], one[2], 0.95);

            assertThat(chance(found, one[1], one[2], bound)).as("of " + bound).isGreaterThan(0.05);
            if (bound < one[2] - (one[1] - found)) {
                assertThat(chance(found, one[1], one[2], bound + 1)).isLessThanOrEqualTo(0.05);
            }
        }
    }

    private static double chance(int found, int sample, int population, long having) {
        return new HypergeometricDistribution(population, (int) having, sample).cumulativeProbability(found);
    }

    @Test
    void aWholePopulationLeavesNothingOpen() {
        assertThat(Bounds.count(4, 80, 80, 0.99)).isEqualTo(4);
    }

    @Test
    void ofAVastPopulationBothBoundsAreTheSame() {
        long population = 2_000_000_000L;
        assertThat(Bounds.count(12, 3_000, population, 0.95) / (double) population)
                .isCloseTo(Bounds.rate(12, 3_000, 0.95), within(1e-6));
    }

    @Test
    void boundsHoldAsOftenAsTheyPromise() {
        Random random = new Random(11);
        int population = 500;
        int having = 15;
        int trials = 2_000;
        int held = 0;
        for (int trial = 0; trial < trials; trial++) {
            int found = 0;
            int left = having;
            for (int draw = 0; draw < 120; draw++) {
                boolean has = random.nextInt(population - draw) < left;
                found += has ? 1 : 0;
                left -= has ? 1 : 0;
            }
            held += Bounds.count(found, 120, population, 0.9) >= having ? 1 : 0;
        }
        // Three standard errors below 0.9.
        assertThat(held / (double) trials).isGreaterThan(0.88);
    }

    @ParameterizedTest
    @CsvSource({"0.05, 0.95, 59", "0.02, 0.95, 149", "0.01, 0.95, 299", "0.5, 0.5, 1"})
    void theLeastSampleShowsItAndOneLessDoesNot(double most, double confidence, long expected) {
        assertThat(Bounds.leastSample(most, confidence)).isEqualTo(expected);
        assertThat(Bounds.rate(0, expected, confidence)).isLessThanOrEqualTo(most + 1e-9);
        if (expected > 1) {
            assertThat(Bounds.rate(0, expected - 1, confidence)).isGreaterThan(most);
        }
    }

    /** By exact sums of binomial probabilities in rational numbers; scipy.stats.binom.cdf gives the like. Small samples are Hoeffding's, and most others Bentkus's. */
    @ParameterizedTest
    @CsvSource({
        "0, 14, 0.2, 0.0439804651",
        "0, 13, 0.2, 0.0549755814",
        "3, 50, 0.2, 0.0153755834",
        "12.5, 100, 0.2, 0.1275206818",
        "40.25, 300, 0.2, 0.0074895422",
        "100.7, 1000, 0.15, 0.0000088707",
        "30, 50, 0.5, 1"
    })
    void chanceOfAMeanIsHoeffdingsOrBentkuss(double sum, long sample, double mean, double expected) {
        assertThat(Bounds.chanceOfMean(sum, sample, mean)).isCloseTo(expected, within(1e-9));
    }

    /** Where those are 0.05, by bisection. */
    @ParameterizedTest
    @CsvSource({
        "0, 14, 0.192636176",
        "0, 100, 0.029513050",
        "12.5, 100, 0.217571687",
        "40.25, 300, 0.183757747",
        "100.7, 1000, 0.122727170",
        "50, 50, 1"
    })
    void meanIsTheGreatestThatTheSampleLeavesPossible(double sum, long sample, double expected) {
        assertThat(Bounds.mean(sum, sample, 0.95)).isCloseTo(expected, within(1e-8));
    }

    @Test
    void ofASampleWithoutLossesTheMeanIsTheRate() {
        assertThat(Bounds.mean(0, 59, 0.95)).isCloseTo(Bounds.rate(0, 59, 0.95), within(1e-9));
        assertThat(Bounds.mean(5, 59, 0.95)).isGreaterThan(Bounds.rate(5, 59, 0.95));
    }

    @Test
    void theMeanHoldsAsOftenAsItPromisesWithoutReplacement() {
        Random random = new Random(3);
        double[] losses = random.doubles(400).map(x -> x < 0.6 ? 0 : x * x).toArray();
        double mean = Arrays.stream(losses).average().orElse(0);
        int trials = 1_000;
        int held = 0;
        for (int trial = 0; trial < trials; trial++) {
            double sum = 0;
            for (int draw = 0; draw < 100; draw++) {
                int other = draw + random.nextInt(losses.length - draw);
                double loss = losses[other];
                losses[other] = losses[draw];
                losses[draw] = loss;
                sum += loss;
            }
            held += Bounds.mean(sum, 100, 0.9) >= mean ? 1 : 0;
        }
        assertThat(held / (double) trials).isGreaterThan(0.9);
    }

    @Test
    void whatIsNoSampleIsRefused() {
        assertThatThrownBy(() -> Bounds.mean(2.5, 2, 0.9)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Bounds.mean(0, 0, 0.9)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Bounds.rate(3, 2, 0.9)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Bounds.rate(0, 0, 0.9)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Bounds.rate(0, 9, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Bounds.count(0, 9, 8, 0.9)).isInstanceOf(IllegalArgumentException.class);
    }
}
