package dev.stillhouse.datasets.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BootstrapTest {
    private static final int DOCUMENTS = 1_000;

    @Test
    void intervalOfAShareHasTheWidthOfItsNormalApproximation() {
        int[] ones = new int[DOCUMENTS];
        int[] mostly = new int[DOCUMENTS];
        Arrays.fill(ones, 1);
        Arrays.fill(mostly, 0, 800, 1);
        Bootstrap.Interval interval =
                Bootstrap.standard(11).agreement(Classification.sets(ones), Classification.sets(mostly));
        double half = 1.96 * Math.sqrt(0.8 * 0.2 / DOCUMENTS);
        assertThat(interval.value()).isEqualTo(0.8);
        assertThat(interval.low()).isCloseTo(0.8 - half, within(0.004));
        assertThat(interval.high()).isCloseTo(0.8 + half, within(0.004));
    }

    @Test
    void equalSeedsGiveEqualIntervalsAndOthersDoNot() {
        Classification model = model(3);
        assertThat(Bootstrap.standard(1).f1Weighted(model))
                .isEqualTo(Bootstrap.standard(1).f1Weighted(model));
        assertThat(Bootstrap.standard(1).f1Weighted(model))
                .isNotEqualTo(Bootstrap.standard(2).f1Weighted(model));
    }

    @Test
    void modelDoesNotDifferFromItself() {
        assertThat(Bootstrap.standard(1).f1Difference(model(3), model(3))).isEqualTo(new Bootstrap.Interval(0, 0, 0));
    }

    @Test
    void pairedIntervalIsNarrowerThanThatOfTheModelsAlone() {
        Bootstrap.Interval alone = Bootstrap.standard(1).f1Weighted(model(5));
        Bootstrap.Interval paired = Bootstrap.standard(1).f1Difference(model(6), model(5));
        assertThat(paired.value()).isGreaterThan(0).isBetween(paired.low(), paired.high());
        assertThat(paired.high() - paired.low()).isLessThan(alone.high() - alone.low());
    }

    @Test
    void noDocumentsHaveAnEmptyInterval() {
        assertThat(Bootstrap.standard(1).agreement(new int[0][], new int[0][]))
                .isEqualTo(new Bootstrap.Interval(0, 0, 0));
    }

    /** Right on all but {@code 9 - skill} of every 20 documents; what a more skilled one gets wrong, a less skilled one does too. */
    private static Classification model(int skill) {
        int[] gold = new int[DOCUMENTS];
        int[] predicted = new int[DOCUMENTS];
        for (int i = 0; i < DOCUMENTS; i++) {
            gold[i] = i % 4;
            predicted[i] = i % 20 < 9 - skill ? (i + 1) % 4 : i % 4;
        }
        return new Classification(gold, predicted, 4);
    }
}
