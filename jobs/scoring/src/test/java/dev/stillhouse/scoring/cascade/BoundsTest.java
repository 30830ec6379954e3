package dev.stillhouse.scoring.cascade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

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

    @Test
    void whatIsNoSampleIsRefused() {
        assertThatThrownBy(() -> Bounds.rate(3, 2, 0.9)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Bounds.rate(0, 0, 0.9)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Bounds.rate(0, 9, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Bounds.count(0, 9, 8, 0.9)).isInstanceOf(IllegalArgumentException.class);
    }
}
