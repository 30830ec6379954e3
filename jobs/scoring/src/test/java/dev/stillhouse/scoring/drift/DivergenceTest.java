package dev.stillhouse.scoring.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DivergenceTest {
    private static final long SEED = 11;

    /** Worked out by hand: shares 50.5 / 101 and 50.5 / 101 against 80.5 / 101 and 20.5 / 101. */
    @Test
    void theIndexIsThatOfSmoothedShares() {
        Divergence found = Divergence.of(List.of(50L, 50L), List.of(80L, 20L));

        double high = 80.5 / 101;
        double low = 20.5 / 101;
        assertThat(found.stabilityIndex())
                .isCloseTo((0.5 - high) * Math.log(0.5 / high) + (0.5 - low) * Math.log(0.5 / low), within(1e-12))
                .isCloseTo(0.406_287, within(1e-6));
    }

    /** Worked out by hand: shares 0.5 and 0.5 against 0.8 and 0.2, whose mean is 0.65 and 0.35. */
    @Test
    void theDivergenceIsInBitsAndWithoutSmoothing() {
        Divergence found = Divergence.of(List.of(50L, 50L), List.of(80L, 20L));

        assertThat(found.jensenShannon()).isCloseTo(0.073_104, within(1e-6));
    }

    @Test
    void whatHasNothingInCommonIsOneBitApart() {
        Divergence found = Divergence.of(List.of(100L, 0L), List.of(0L, 100L));

        assertThat(found.jensenShannon()).isEqualTo(1);
        assertThat(found.stabilityIndex()).isCloseTo(10.5016, within(1e-3)).isFinite();
    }

    @Test
    void binsThatAreEmptyOnBothSidesDoNotCount() {
        assertThat(Divergence.of(List.of(10L, 20L, 0L), List.of(40L, 30L, 0L)))
                .isEqualTo(Divergence.of(List.of(10L, 20L), List.of(40L, 30L)));
        Divergence one = Divergence.of(List.of(7L, 0L), List.of(9L, 0L));
        assertThat(one).isEqualTo(new Divergence(0, 0, 0));
        assertThat(one.isAbove(0.1)).isFalse();
    }

    @Test
    void equalsAreZeroApartAndSidesCanBeExchangedInAnyOrderOfBins() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int round = 0; round < 300; round++) {
            List<Long> first = counts(random, 1 + round % 12);
            List<Long> second = counts(random, first.size());
            Divergence found = Divergence.of(first, second);
            Divergence exchanged = Divergence.of(second, first);
            List<Long> reversed = new ArrayList<>(first);
            List<Long> others = new ArrayList<>(second);
            Collections.reverse(reversed);
            Collections.reverse(others);

            assertThat(Divergence.of(first, first).stabilityIndex())
                    .as("seed " + SEED)
                    .isZero();
            assertThat(Divergence.of(first, first).jensenShannon()).isZero();
            assertThat(found.stabilityIndex()).isNotNegative().isCloseTo(exchanged.stabilityIndex(), within(1e-12));
            assertThat(found.jensenShannon()).isBetween(0.0, 1.0).isCloseTo(exchanged.jensenShannon(), within(1e-12));
            assertThat(Divergence.of(reversed, others).stabilityIndex())
                    .isCloseTo(found.stabilityIndex(), within(1e-12));
        }
    }

    private static List<Long> counts(SplittableRandom random, int bins) {
        List<Long> counts = new ArrayList<>(List.of(1L + random.nextInt(50)));
        while (counts.size() < bins) {
            counts.add((long) random.nextInt(50));
        }
        return counts;
    }

    /** The approximation against 4,000 pairs of samples that were drawn from one distribution. */
    @Test
    void chanceIsAboveTheFloorFiveTimesInAHundred() {
        SplittableRandom random = new SplittableRandom(SEED);
        int above = 0;
        int rounds = 4_000;
        double floor = 0;
        for (int round = 0; round < rounds; round++) {
            Divergence found = Divergence.of(drawn(random, 1_000), drawn(random, 400));
            floor = found.noiseFloor();
            above += found.stabilityIndex() > found.noiseFloor() ? 1 : 0;
        }
        assertThat(floor).isCloseTo(16.919 * (1 / 1_000.0 + 1 / 400.0), within(1e-5));
        assertThat((double) above / rounds).as("seed " + SEED).isBetween(0.035, 0.065);
    }

    private static List<Long> drawn(SplittableRandom random, int values) {
        long[] counts = new long[10];
        for (int i = 0; i < values; i++) {
            counts[random.nextInt(counts.length)]++;
        }
        return Arrays.stream(counts).boxed().toList();
    }

    @Test
    void fewValuesDoNotAlarm() {
        assertThat(Divergence.of(List.of(100L, 100L), List.of(2L, 0L)).isAbove(0.25))
                .isFalse();
        assertThat(Divergence.of(List.of(100L, 100L), List.of(200L, 0L)).isAbove(0.25))
                .isTrue();
    }

    @Test
    void countsMustBeOfTheSameBinsAndNotAllZero() {
        assertThatThrownBy(() -> Divergence.of(List.of(1L), List.of(1L, 2L)))
                .hasMessage("Invalid counts: 1 and 2 (must be of the same bins)");
        assertThatThrownBy(() -> Divergence.of(List.of(0L), List.of(1L)))
                .hasMessage("Invalid counts: [0] and [1] (must not all be 0)");
    }
}
