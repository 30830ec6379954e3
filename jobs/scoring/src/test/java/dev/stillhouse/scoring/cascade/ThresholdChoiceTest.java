package dev.stillhouse.scoring.cascade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ThresholdChoiceTest {
    private static final Promise PROMISE = new Promise(0.95, 0.95);
    private static final double[] GRID = {0.9, 0.8, 0.7, 0.6, 0.5};

    @Test
    void theLoosestThresholdBeforeTheFirstThatFailsIsTaken() {
        List<Sampled> sample = new ArrayList<>(Collections.nCopies(200, new Sampled(0.95, true)));
        sample.addAll(Collections.nCopies(3, new Sampled(0.75, false)));
        sample.addAll(Collections.nCopies(20, new Sampled(0.65, false)));

        ThresholdChoice choice = ThresholdChoice.of(GRID, sample, PROMISE);

        assertThat(choice.threshold()).hasValue(0.7);
        assertThat(choice.disagreements()).isEqualTo(3);
        assertThat(choice.expected()).isEqualTo(1 - Bounds.rate(3, 223, 0.95));
        assertThat(choice.expected()).isGreaterThanOrEqualTo(0.95);
        assertThat(choice.isAbove(0.7)).isTrue();
        assertThat(choice.isAbove(0.69)).isFalse();
    }

    @Test
    void aThresholdBeyondOneThatFailsIsNotTried() {
        // More sure documents disagree than a sample of less sure ones could make up for.
        List<Sampled> sample = new ArrayList<>(Collections.nCopies(20, new Sampled(0.95, false)));
        sample.addAll(Collections.nCopies(2_000, new Sampled(0.55, true)));

        ThresholdChoice choice = ThresholdChoice.of(new double[] {0.99, 0.9, 0.5}, sample, new Promise(0.991, 0.95));

        assertThat(choice.threshold()).hasValue(0.99);
        assertThat(ThresholdChoice.of(new double[] {0.9, 0.5}, sample, new Promise(0.991, 0.95))
                        .threshold())
                .isEmpty();
    }

    @Test
    void aSampleThatIsTooSmallLeavesAllToTheTeacher() {
        List<Sampled> sample = Collections.nCopies(58, new Sampled(1, true));

        ThresholdChoice choice = ThresholdChoice.of(GRID, sample, PROMISE);

        assertThat(PROMISE.leastSample()).isEqualTo(59);
        assertThat(choice.threshold()).isEmpty();
        assertThat(choice.isAbove(1)).isFalse();
        assertThat(choice.expected()).isEqualTo(1);
        assertThat(choice.realisedAgreement(1_000)).isEqualTo(1);
        assertThat(ThresholdChoice.of(GRID, List.of(), PROMISE).threshold()).isEmpty();
    }

    @Test
    void ofARunThatWasSampledWholeTheRealisedAgreementIsAll() {
        List<Sampled> sample = new ArrayList<>(Collections.nCopies(300, new Sampled(0.95, true)));
        sample.addAll(Collections.nCopies(2, new Sampled(0.95, false)));

        ThresholdChoice choice = ThresholdChoice.of(GRID, sample, PROMISE);

        assertThat(choice.realisedAgreement(302)).isCloseTo(1, within(1e-12));
        assertThat(choice.realisedAgreement(100_000)).isBetween(0.95, 1.0).isLessThan(1);
    }

    @Test
    void thePromiseIsKeptAsOftenAsItSays() {
        Random random = new Random(5);
        int documents = 4_000;
        double[] sureness =
                DoubleStream.generate(random::nextDouble).limit(documents).toArray();
        // The less sure, the likelier another label: a fifth of all.
        boolean[] agrees = new boolean[documents];
        IntStream.range(0, documents).forEach(i -> agrees[i] = random.nextDouble() < 0.6 + 0.4 * sureness[i]);
        double[] grid = IntStream.range(1, 21).mapToDouble(i -> 1 - i / 20.0).toArray();
        int trials = 600;
        int kept = 0;
        int realised = 0;
        for (int trial = 0; trial < trials; trial++) {
            List<Integer> order =
                    new ArrayList<>(IntStream.range(0, documents).boxed().toList());
            Collections.shuffle(order, random);
            List<Sampled> sample = order.subList(0, 500).stream()
                    .map(i -> new Sampled(sureness[i], agrees[i]))
                    .toList();
            ThresholdChoice choice = ThresholdChoice.of(grid, sample, PROMISE);
            long wrong = order.subList(500, documents).stream()
                    .filter(i -> choice.isAbove(sureness[i]) && !agrees[i])
                    .count();
            double agreement = 1 - (double) wrong / documents;
            kept += agreement >= 0.95 ? 1 : 0;
            realised += agreement >= choice.realisedAgreement(documents) - 1e-12 ? 1 : 0;
            assertThat(choice.threshold()).isPresent();
        }
        // Three standard errors below 0.95.
        assertThat(kept / (double) trials).isGreaterThan(0.92);
        assertThat(realised / (double) trials).isGreaterThan(0.92);
    }

    @Test
    void whatAgreesInPartCountsInPart() {
        Promise promise = new Promise(0.8, 0.95, Bound.HOEFFDING_BENTKUS);
        List<Sampled> sample = new ArrayList<>(Collections.nCopies(150, new Sampled(0.95, 0.75)));
        sample.addAll(Collections.nCopies(150, new Sampled(0.65, 0.5)));

        ThresholdChoice choice = ThresholdChoice.of(GRID, sample, promise);

        assertThat(choice.threshold()).hasValue(0.7);
        assertThat(choice.disagreements()).isEqualTo(150);
        assertThat(choice.lost()).isEqualTo(37.5);
        assertThat(choice.sampleAgreement()).isEqualTo(0.875);
        assertThat(choice.expected())
                .isEqualTo(1 - Bounds.mean(37.5, 300, 0.95))
                .isBetween(0.8, 0.875);
        assertThat(choice.realisedAgreement(300)).isEqualTo(1);
        assertThat(choice.realisedAgreement(3_000))
                .isEqualTo(1 - Bounds.mean(37.5, 300, 0.95) + 37.5 / 3_000, within(1e-12));
    }

    @Test
    void theLeastSampleIsThatOfLabels() {
        Promise promise = new Promise(0.8, 0.95, Bound.HOEFFDING_BENTKUS);
        assertThat(promise.leastSample()).isEqualTo(14);
        assertThat(promise.isKept(0, 14)).isTrue();
        assertThat(promise.isKept(0, 13)).isFalse();
    }

    @Test
    void aGridThatRisesIsRefused() {
        assertThatThrownBy(() -> ThresholdChoice.of(new double[] {0.5, 0.6}, List.of(), PROMISE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must fall");
        assertThatThrownBy(() -> new Promise(1, 0.95)).isInstanceOf(IllegalArgumentException.class);
    }
}
