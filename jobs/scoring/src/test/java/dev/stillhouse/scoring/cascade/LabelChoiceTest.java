package dev.stillhouse.scoring.cascade;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LabelChoiceTest {
    private static final double[] GRID = {0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0};

    @Test
    void recallTakesTheStrictestThresholdBeforeTheFirstThatMissesTooMany() {
        List<Sampled> sample = new ArrayList<>(Collections.nCopies(180, new Sampled(0.85, true)));
        sample.addAll(Collections.nCopies(4, new Sampled(0.35, true)));
        sample.addAll(Collections.nCopies(30, new Sampled(0.65, true)));
        sample.addAll(Collections.nCopies(500, new Sampled(0.05, false)));

        LabelChoice choice = LabelChoice.recall(GRID, sample, new Promise(0.95, 0.95));

        assertThat(choice.threshold()).hasValue(0.6);
        assertThat(choice.wrong()).isEqualTo(4);
        assertThat(choice.among()).isEqualTo(214);
        assertThat(choice.expected()).isGreaterThanOrEqualTo(0.95).isEqualTo(1 - Bounds.rate(4, 214, 0.95));
    }

    @Test
    void precisionTakesTheLoosestThresholdBeforeTheFirstThatSelectsTooManyOthers() {
        List<Sampled> sample = new ArrayList<>(Collections.nCopies(100, new Sampled(0.95, true)));
        sample.addAll(Collections.nCopies(2, new Sampled(0.75, false)));
        sample.addAll(Collections.nCopies(60, new Sampled(0.55, false)));

        LabelChoice choice = LabelChoice.precision(GRID, sample, new Promise(0.9, 0.95));

        assertThat(choice.threshold()).hasValue(0.6);
        assertThat(choice.wrong()).isEqualTo(2);
        assertThat(choice.among()).isEqualTo(102);
        assertThat(choice.isAbove(0.75)).isTrue();
        assertThat(choice.isAbove(0.55)).isFalse();
    }

    @Test
    void tooFewDocumentsOfTheLabelShowNothing() {
        List<Sampled> sample = new ArrayList<>(Collections.nCopies(10, new Sampled(0.95, true)));
        sample.addAll(Collections.nCopies(500, new Sampled(0.1, false)));
        Promise promise = new Promise(0.9, 0.95);

        assertThat(LabelChoice.recall(GRID, sample, promise).threshold()).isEmpty();
        assertThat(LabelChoice.recall(GRID, sample, promise).expected()).isZero();
        assertThat(LabelChoice.precision(GRID, sample, promise).threshold()).isEmpty();
        assertThat(LabelChoice.recall(GRID, List.of(), promise).threshold()).isEmpty();
    }

    @Test
    void inNineteenOfTwentySamplesThePromiseHoldsOverThePopulation() {
        long seed = 20_261_129;
        Random random = new Random(seed);
        List<Sampled> population = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            double probability = Math.pow(random.nextDouble(), 2);
            population.add(new Sampled(probability, random.nextDouble() < 0.9 * probability));
        }
        int recalled = 0;
        int precise = 0;
        for (int trial = 0; trial < 200; trial++) {
            Collections.shuffle(population, random);
            List<Sampled> sample = population.subList(0, 1_000);
            LabelChoice recall = LabelChoice.recall(GRID, sample, new Promise(0.9, 0.95));
            LabelChoice precision = LabelChoice.precision(GRID, sample, new Promise(0.6, 0.95));
            recalled += share(population, recall, true) >= 0.9 ? 1 : 0;
            precise += share(population, precision, false) >= 0.6 ? 1 : 0;
            assertThat(recall.threshold()).as("seed " + seed).isPresent();
        }

        assertThat(recalled).as("seed " + seed).isGreaterThanOrEqualTo(182);
        assertThat(precise).as("seed " + seed).isGreaterThanOrEqualTo(182);
    }

    private static double share(List<Sampled> population, LabelChoice choice, boolean isRecall) {
        long right = population.stream()
                .filter(one -> one.agrees() && choice.isAbove(one.sureness()))
                .count();
        long all = population.stream()
                .filter(one -> isRecall ? one.agrees() : choice.isAbove(one.sureness()))
                .count();
        return all == 0 ? 1 : (double) right / all;
    }
}
