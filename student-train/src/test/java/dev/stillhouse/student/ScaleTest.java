package dev.stillhouse.student;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stillhouse.datasets.quality.TemperatureScaling.Prediction;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScaleTest {

    @Test
    void inAndOutAreInverse() {
        Scale scale = new Scale(3, 0.5f);
        assertThat(scale.out(scale.in(4.25))).isCloseTo(4.25, within(1e-6));
        assertThat(scale.in(3)).isZero();
    }

    @Test
    void theFittedLineIsThatOfTheLeastSquares() {
        List<Prediction> predictions = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            double noise = i % 2 == 0 ? 0.25 : -0.25;
            int pair = i / 2;
            predictions.add(new Prediction(new double[] {pair}, new double[] {7 + 3.0 * pair + noise}, 1 + pair));
        }
        Scale scale = Scale.fitted(predictions, Scale.NONE);
        assertThat(scale.unit()).isCloseTo(3, within(1e-5f));
        assertThat(scale.center()).isCloseTo(7, within(1e-4f));
    }

    @Test
    void fewRowsOrOutputsThatDoNotRiseWithTargetsLeaveTheScale() {
        Scale otherwise = new Scale(1, 2);
        List<Prediction> falling = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            falling.add(new Prediction(new double[] {i}, new double[] {-i}, 1));
        }
        assertThat(Scale.fitted(falling, otherwise)).isEqualTo(otherwise);
        assertThat(Scale.fitted(falling.subList(0, 10), otherwise)).isEqualTo(otherwise);
        assertThat(Scale.fitted(List.of(), otherwise)).isEqualTo(otherwise);
    }
}
