package dev.stillhouse.student;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemperatureTest {

    @ParameterizedTest
    @ValueSource(doubles = {0.2, 1, 3.5})
    void temperatureThatMadeTheTargetsIsFound(double temperature) {
        float[][] logits = logits(100);
        float[] targets = new float[100 * 4];
        for (int document = 0; document < 100; document++) {
            float[] scaled = logits[document].clone();
            Softmax.normalize(scaled, temperature);
            System.arraycopy(scaled, 0, targets, document * 4, 4);
        }
        assertThat((double) Temperature.fit(logits, targets)).isCloseTo(temperature, within(0.01 * temperature));
    }

    @Test
    void surenessThatTargetsDoNotShareIsTakenBack() {
        float[] even = new float[100 * 4];
        java.util.Arrays.fill(even, 0.25f);
        assertThat(Temperature.fit(logits(100), even)).isGreaterThan(10);
    }

    @Test
    void noExamplesLeaveLogitsAsTheyAre() {
        assertThat(Temperature.fit(new float[0][], new float[0])).isEqualTo(1);
    }

    private static float[][] logits(int documents) {
        SplittableRandom random = new SplittableRandom(17);
        float[][] logits = new float[documents][4];
        for (float[] row : logits) {
            for (int label = 0; label < 4; label++) {
                row[label] = (float) (6 * random.nextDouble() - 3);
            }
        }
        return logits;
    }
}
