package dev.stillhouse.datasets.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stillhouse.datasets.quality.TemperatureScaling.Prediction;
import dev.stillhouse.udfs.Link;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemperatureScalingTest {

    @ParameterizedTest
    @ValueSource(doubles = {0.2, 1, 3.5})
    void theTemperatureThatMadeTheTargetsIsFound(double temperature) {
        List<Prediction> predictions = new ArrayList<>();
        for (double[] logits : logits(100)) {
            predictions.add(new Prediction(logits, softmax(logits, temperature), 1));
        }
        assertThat(TemperatureScaling.fit(Link.SOFTMAX, predictions))
                .isCloseTo(temperature, within(1e-4 * temperature));
    }

    @Test
    void aModelThatIsTooSureIsCooledToItsAccuracy() {
        List<Prediction> predictions = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            predictions.add(Prediction.of(new double[] {6, 0}, i < 80 ? 0 : 1));
        }
        double temperature = TemperatureScaling.fit(Link.SOFTMAX, predictions);
        assertThat(1 / (1 + Math.exp(-6 / temperature))).isCloseTo(0.8, within(1e-4));
        assertThat(TemperatureScaling.loss(Link.SOFTMAX, predictions, temperature))
                .isLessThan(TemperatureScaling.loss(Link.SOFTMAX, predictions, 1));
    }

    @Test
    void surenessThatTargetsDoNotShareIsTakenBack() {
        List<Prediction> predictions = new ArrayList<>();
        for (double[] logits : logits(100)) {
            predictions.add(new Prediction(logits, new double[] {0.25, 0.25, 0.25, 0.25}, 1));
        }
        assertThat(TemperatureScaling.fit(Link.SOFTMAX, predictions)).isCloseTo(20, within(1e-4));
    }

    @Test
    void rowsCountByTheirWeight() {
        Prediction right = Prediction.of(new double[] {1, 0}, 0);
        Prediction wrong = Prediction.of(new double[] {1, 0}, 1);
        Prediction thrice = new Prediction(right.logits(), right.target(), 3);
        assertThat(TemperatureScaling.fit(Link.SOFTMAX, List.of(thrice, wrong)))
                .isCloseTo(TemperatureScaling.fit(Link.SOFTMAX, List.of(right, right, right, wrong)), within(1e-9));
    }

    @Test
    void withoutPredictionsItIsOneAndAFlawlessModelGetsTheLowest() {
        assertThat(TemperatureScaling.fit(Link.SOFTMAX, List.of())).isEqualTo(1);
        assertThat(TemperatureScaling.fit(Link.SOFTMAX, List.of(Prediction.of(new double[] {0.001, 0}, 0))))
                .isCloseTo(0.02, within(1e-6));
    }

    private static double[][] logits(int documents) {
        SplittableRandom random = new SplittableRandom(17);
        double[][] logits = new double[documents][4];
        for (double[] row : logits) {
            Arrays.setAll(row, label -> 6 * random.nextDouble() - 3);
        }
        return logits;
    }

    private static double[] softmax(double[] logits, double temperature) {
        double sum = Arrays.stream(logits)
                .map(logit -> Math.exp(logit / temperature))
                .sum();
        return Arrays.stream(logits)
                .map(logit -> Math.exp(logit / temperature) / sum)
                .toArray();
    }
}
