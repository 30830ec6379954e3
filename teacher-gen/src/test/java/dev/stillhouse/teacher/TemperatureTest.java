package dev.stillhouse.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TemperatureTest {

    @Test
    void aModelThatIsTooSureIsCooledToItsAccuracy() {
        List<Temperature.Prediction> predictions = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            predictions.add(new Temperature.Prediction(new double[] {6, 0}, i < 80 ? 0 : 1));
        }
        double temperature = Temperature.fit(predictions);
        assertThat(1 / (1 + Math.exp(-6 / temperature))).isCloseTo(0.8, within(1e-4));
        assertThat(Temperature.loss(predictions, temperature)).isLessThan(Temperature.loss(predictions, 1));
    }

    @Test
    void withoutPredictionsItIsOneAndAFlawlessModelGetsTheLowest() {
        assertThat(Temperature.fit(List.of())).isEqualTo(1);
        assertThat(Temperature.fit(List.of(new Temperature.Prediction(new double[] {0.001, 0}, 0))))
                .isCloseTo(0.02, within(1e-6));
    }
}
