package dev.stillhouse.datasets.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stillhouse.udfs.ProbabilityMap;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class IsotonicScalingTest {

    /** Probabilities of 0.9 that come true in 6 of 10 cases, of 0.3 in 4 of 10. */
    @Test
    void whatWasSaidBecomesWhatHappened() {
        ProbabilityMap map = IsotonicScaling.fit(overconfident(4_000, 1));
        assertThat(map.of(0.9)).isCloseTo(0.6, within(0.03));
        assertThat(map.of(0.3)).isCloseTo(0.4, within(0.03));
    }

    @Property(tries = 30)
    void theMapRisesEverywhereAndEndsNowhereInZeroOrOne(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<IsotonicScaling.Point> points = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            double given = random.nextDouble();
            double target = random.nextDouble() < given ? 1 : given * random.nextDouble();
            points.add(new IsotonicScaling.Point(given, target, 0.5 + random.nextDouble()));
        }
        ProbabilityMap map = IsotonicScaling.fit(points);
        double last = 0;
        for (double given = 0; given <= 1; given += 1.0 / 512) {
            assertThat(map.of(given))
                    .as("seed %s at %s", seed, given)
                    .isGreaterThan(last)
                    .isLessThan(1);
            last = map.of(given);
        }
        assertThat(map.from()).hasSizeLessThanOrEqualTo(64);
    }

    @Test
    void mappedProbabilitiesKeepTheirOrderAndSumToOne() {
        ProbabilityMap map = IsotonicScaling.fit(overconfident(1_000, 2));
        double[] probabilities = {0.2, 0.45, 0.35};
        map.apply(probabilities, true);
        assertThat(probabilities[1]).isGreaterThan(probabilities[2]);
        assertThat(probabilities[2]).isGreaterThan(probabilities[0]);
        assertThat(probabilities[0] + probabilities[1] + probabilities[2]).isCloseTo(1, within(1e-12));
    }

    @Test
    void whatIsNeverWrongHasAMapToo() {
        List<IsotonicScaling.Point> points = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            points.add(new IsotonicScaling.Point(1e-60, 0, 1));
            points.add(new IsotonicScaling.Point(1, 1, 1));
        }
        ProbabilityMap map = IsotonicScaling.fit(points);
        assertThat(map.of(0)).isPositive();
        assertThat(map.of(1)).isLessThanOrEqualTo(1);
    }

    @Test
    void nothingToLearnFromChangesNothing() {
        assertThat(IsotonicScaling.fit(List.of())).isEqualTo(ProbabilityMap.NONE);
        assertThat(IsotonicScaling.fit(List.of(new IsotonicScaling.Point(0.5, 1, 1))))
                .isEqualTo(ProbabilityMap.NONE);
        assertThat(ProbabilityMap.NONE.of(0.25)).isEqualTo(0.25);
    }

    private static List<IsotonicScaling.Point> overconfident(int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<IsotonicScaling.Point> points = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            points.add(new IsotonicScaling.Point(0.9, random.nextDouble() < 0.6 ? 1 : 0, 1));
            points.add(new IsotonicScaling.Point(0.3, random.nextDouble() < 0.4 ? 1 : 0, 1));
        }
        return points;
    }
}
