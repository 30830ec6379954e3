package dev.stillhouse.datasets.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RegressionTest {
    private static final double[] GOLD = {1, 2, 3, 4, 5};
    private static final double[] PREDICTED = {2, 1, 4, 3, 7};

    private final Regression figures = new Regression(GOLD, PREDICTED);

    /** Spearman by the formula for distinct ranks: 1 - 6 * 4 / (5 * 24). */
    @Test
    void figuresAreThoseOfTheirDefinitions() {
        assertThat(figures.spearman()).isCloseTo(0.8, within(1e-12));
        assertThat(figures.meanAbsoluteError()).isCloseTo(6 / 5.0, within(1e-12));
        assertThat(figures.rootMeanSquaredError()).isCloseTo(Math.sqrt(8 / 5.0), within(1e-12));
        assertThat(figures.f1At(3)).isEqualTo(1);
        assertThat(figures.f1At(4)).isCloseTo(0.5, within(1e-12));
    }

    /** scipy.stats.spearmanr([1, 1, 2, 3], [1, 2, 2, 3]) is 0.8333. */
    @Test
    void equalValuesShareTheMeanOfTheirRanks() {
        assertThat(new Regression(new double[] {1, 1, 2, 3}, new double[] {1, 2, 2, 3}).spearman())
                .isCloseTo(5 / 6.0, within(1e-9));
    }

    @Test
    void whatDoesNotVaryOrIsNotThereHasNoCorrelation() {
        assertThat(new Regression(GOLD, new double[5]).spearman()).isZero();
        Regression none = new Regression(new double[0], new double[0]);
        assertThat(none.spearman()).isZero();
        assertThat(none.meanAbsoluteError()).isZero();
        assertThat(none.rootMeanSquaredError()).isZero();
        assertThat(none.f1At(0)).isZero();
    }

    @Test
    void aMonotoneChangeLeavesTheRankCorrelationAsItIs() {
        double[] cubed = java.util.Arrays.stream(PREDICTED).map(x -> x * x * x).toArray();
        assertThat(new Regression(GOLD, cubed).spearman()).isEqualTo(figures.spearman());
    }
}
