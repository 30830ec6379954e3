package dev.stillhouse.datasets.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ClassificationTest {
    private static final double EXACT = 1e-12;

    /** Label 3 is in the gold labels only, as one that the model does not know. */
    private static final int[] GOLD = {0, 0, 1, 1, 2, 2, 2, 3, 0, 1};

    private static final int[] PREDICTED = {0, 1, 1, 1, 2, 0, 2, 2, 0, 2};

    private final Classification figures = new Classification(GOLD, PREDICTED, 4);

    /** Expected values: scikit-learn, f1_score(GOLD, PREDICTED, average='weighted' | 'macro' | None, zero_division=0) and accuracy_score. */
    @Test
    void agreesWithScikitLearn() {
        assertThat(figures.f1Weighted()).isCloseTo(0.5714285714285714, within(EXACT));
        assertThat(figures.f1Macro()).isCloseTo(0.47619047619047616, within(EXACT));
        assertThat(figures.accuracy()).isCloseTo(0.6, within(EXACT));
        assertThat(figures.f1ByLabel()).containsExactly(new double[] {2 / 3.0, 2 / 3.0, 4 / 7.0, 0}, within(EXACT));
        assertThat(figures.support()).containsExactly(3, 3, 3, 1);
    }

    @Test
    void labelThatNeitherGoldNorPredictionsHaveDoesNotLowerMacroF1() {
        assertThat(new Classification(GOLD, PREDICTED, 9).f1Macro()).isEqualTo(figures.f1Macro());
    }

    @Test
    void unknownGoldLabelCountsAsMissed() {
        Classification known = new Classification(new int[] {0, 1}, new int[] {0, 1}, 2);
        Classification unknown = new Classification(new int[] {0, 1, 2}, new int[] {0, 1, 1}, 3);
        assertThat(known.f1Weighted()).isEqualTo(1);
        assertThat(unknown.f1Weighted()).isCloseTo((1 + 2 / 3.0) / 3, within(EXACT));
    }

    @Test
    void resampleCountsDocumentsAsOftenAsItHoldsThem() {
        int[] twice = {0, 0, 1, 1};
        Classification repeated = new Classification(new int[] {0, 0, 0, 0}, new int[] {0, 0, 1, 1}, 4);
        assertThat(figures.f1Weighted(twice)).isEqualTo(repeated.f1Weighted());
    }

    @Test
    void nothingIsZeroAndNotUndefined() {
        Classification empty = new Classification(new int[0], new int[0], 2);
        assertThat(empty.f1Weighted()).isZero();
        assertThat(empty.f1Macro()).isZero();
        assertThat(empty.accuracy()).isZero();
    }

    @Test
    void argmaxTakesTheFirstOfEquals() {
        assertThat(Classification.argmax(new float[][] {{0.2f, 0.4f, 0.4f}, {1, 0, 0}}))
                .containsExactly(1, 0);
    }

    @Test
    void differentNumbersOfGoldLabelsAndPredictionsAreRefused() {
        assertThatThrownBy(() -> new Classification(new int[2], new int[3], 2))
                .hasMessageContaining("Invalid predictions: 3");
    }
}
