package dev.stillhouse.datasets.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ProbabilityQualityTest {
    /** By scikit-learn 1.9: brier_score_loss and log_loss of these rows, the area by hand. */
    @Test
    void figuresAreThoseOfTheirDefinitions() {
        float[][] probabilities = {{0.7f, 0.2f, 0.1f}, {0.1f, 0.5f, 0.4f}, {0.3f, 0.3f, 0.4f}};
        ProbabilityQuality quality = of(probabilities, 0, 2, 2);
        double brier = ((0.09 + 0.04 + 0.01) + (0.01 + 0.25 + 0.36) + (0.09 + 0.09 + 0.36)) / 3;
        assertThat(quality.brier()).isCloseTo(brier, within(1e-6));
        assertThat(quality.loss()).isCloseTo(-(Math.log(0.7) + 2 * Math.log(0.4)) / 3, within(1e-6));
        assertThat(quality.riskCoverage()).isCloseTo((0 + 1 / 2.0 + 1 / 3.0) / 3, within(1e-9));
    }

    @Test
    void labelsThatTheModelDoesNotKnowAreMissed() {
        ProbabilityQuality quality = of(new float[][] {{1, 0}}, 2);
        assertThat(quality.brier()).isEqualTo(2);
        assertThat(quality.loss()).isCloseTo(-Math.log(1e-12), within(1e-9));
        assertThat(quality.riskCoverage()).isEqualTo(1);
    }

    @Test
    void areaUnderTheRocCurveCountsPairs() {
        assertThat(Auroc.of(new float[] {3, 4}, new float[] {1, 2})).isEqualTo(1);
        assertThat(Auroc.of(new float[] {1, 2}, new float[] {3, 4})).isEqualTo(0);
        assertThat(Auroc.of(new float[] {1, 1}, new float[] {1, 1})).isEqualTo(0.5);
        assertThat(Auroc.of(new float[] {0.9f, 0.4f, 0.35f}, new float[] {0.8f, 0.35f}))
                .isCloseTo((2 + 1 + 0.5) / 6, within(1e-9));
    }

    /** Brier and log loss by hand: each label is a forecast of its own. */
    @Test
    void independentProbabilitiesAreJudgedLabelByLabel() {
        float[][] probabilities = {{0.9f, 0.6f}, {0.2f, 0.7f}};
        Classification judged = new Classification(new int[][] {{0}, {1}}, new int[][] {{0, 1}, {1}}, 2);
        ProbabilityQuality quality = ProbabilityQuality.independent(probabilities, judged, new float[] {0.1f, 0.2f});
        assertThat(quality.brier()).isCloseTo((0.01 + 0.36 + 0.04 + 0.09) / 2, within(1e-6));
        assertThat(quality.loss())
                .isCloseTo(-(Math.log(0.9) + Math.log(0.4) + Math.log(0.8) + Math.log(0.7)) / 2, within(1e-6));
        assertThat(quality.riskCoverage()).isCloseTo((0 + 1 / 2.0) / 2, within(1e-9));
    }

    private static ProbabilityQuality of(float[][] probabilities, int... gold) {
        return ProbabilityQuality.of(probabilities, new Classification(gold, Classification.argmax(probabilities), 3));
    }
}
