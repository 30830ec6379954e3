package dev.stillhouse.datasets.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stillhouse.datasets.quality.TemperatureScaling.Prediction;
import dev.stillhouse.udfs.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ThresholdsTest {
    private static final List<String> LABELS = List.of("common", "rare");

    /** Every document with the label has a probability of 0.3, every other one of 0.1: the middle between them is best. */
    @Test
    void theThresholdOfTheBestF1IsFound() {
        List<Prediction> predictions = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            boolean has = i % 3 == 0;
            predictions.add(new Prediction(
                    new double[] {logit(has ? 0.3 : 0.1), logit(0.01)}, new double[] {has ? 1 : 0, i == 0 ? 1 : 0}, 1));
        }
        Map<String, Float> thresholds = Thresholds.fit(LABELS, predictions, 1);
        assertThat(thresholds.get("common")).isCloseTo(0.2f, within(1e-4f));
        assertThat(thresholds.get("rare")).as("too few positives").isEqualTo(Decision.MIDDLE);
    }

    @Test
    void whereTheMiddleIsBestItStays() {
        List<Prediction> predictions = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            boolean has = i % 2 == 0;
            predictions.add(new Prediction(new double[] {logit(has ? 0.9 : 0.1), 0}, new double[] {has ? 1 : 0, 0}, 1));
        }
        assertThat(Thresholds.fit(LABELS, predictions, 1)).containsEntry("common", 0.5f);
        assertThat(Thresholds.fit(LABELS, List.of(), 1)).containsEntry("rare", 0.5f);
    }

    private static double logit(double probability) {
        return Math.log(probability / (1 - probability));
    }
}
