package dev.stillhouse.datasets.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CalibrationTest {
    private static final int DOCUMENTS = 3_000;

    @Test
    void errorIsTheGapOfEachBinWeightedByItsDocuments() {
        float[] confidences = new float[30];
        boolean[] right = new boolean[30];
        Arrays.fill(confidences, 0, 15, 0.5f);
        Arrays.fill(confidences, 15, 30, 0.9f);
        Arrays.fill(right, 15, 30, true);
        // Fifteen bins of two documents: seven with gap 0.5, one with one document of each kind, seven with gap 0.1.
        double expected = (14 * 0.5 + Math.abs(0.5 + 0.9 - 1) + 14 * 0.1) / 30;
        assertThat(Calibration.of(confidences, right, 1).ece()).isCloseTo(expected, within(1e-6));
    }

    @Test
    void binsHoldEquallyManyDocumentsInOrderOfConfidence() {
        Calibration calibration = calibrated(1);
        assertThat(calibration.bins()).hasSize(15).allSatisfy(bin -> assertThat(bin.documents())
                .isEqualTo(DOCUMENTS / 15));
        assertThat(calibration.bins())
                .isSortedAccordingTo((left, right) -> Double.compare(left.confidence(), right.confidence()));
    }

    @Test
    void calibratedModelStaysBelowTheFloorNineteenTimesInTwenty() {
        long below = LongStream.range(0, 100)
                .mapToObj(CalibrationTest::calibrated)
                .filter(figures -> figures.ece() <= figures.floor())
                .count();
        assertThat(below).isBetween(88L, 100L);
    }

    @Test
    void overconfidentModelIsAboveTheFloorAndKeepsItsErrorWithoutBias() {
        float[] confidences = confidences(3);
        boolean[] right = outcomes(confidences, 0.8, 3);
        Calibration calibration = Calibration.of(confidences, right, 3);
        double mean = 0;
        for (float confidence : confidences) {
            mean += confidence / confidences.length;
        }
        assertThat(calibration.ece()).isGreaterThan(calibration.floor());
        assertThat(calibration.debiased()).isBetween(0.5 * 0.2 * mean, calibration.ece());
    }

    @Test
    void orderOfDocumentsDoesNotMatter() {
        float[] confidences = confidences(5);
        boolean[] right = outcomes(confidences, 1, 5);
        float[] backwards = new float[DOCUMENTS];
        boolean[] outcomes = new boolean[DOCUMENTS];
        for (int i = 0; i < DOCUMENTS; i++) {
            backwards[i] = confidences[DOCUMENTS - 1 - i];
            outcomes[i] = right[DOCUMENTS - 1 - i];
        }
        assertThat(Calibration.of(backwards, outcomes, 7)).isEqualTo(Calibration.of(confidences, right, 7));
    }

    @Test
    void fewerDocumentsThanBinsAndNoneAtAllAreMeasured() {
        assertThat(Calibration.of(new float[] {0.75f}, new boolean[] {true}, 1).ece())
                .isCloseTo(0.25, within(1e-6));
        Calibration none = Calibration.of(new float[0], new boolean[0], 1);
        assertThat(none.ece()).isZero();
        assertThat(none.floor()).isZero();
        assertThat(none.bins()).isEmpty();
    }

    private static Calibration calibrated(long seed) {
        float[] confidences = confidences(seed);
        return Calibration.of(confidences, outcomes(confidences, 1, seed), seed);
    }

    private static float[] confidences(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] confidences = new float[DOCUMENTS];
        for (int i = 0; i < DOCUMENTS; i++) {
            confidences[i] = (float) (0.3 + 0.7 * random.nextDouble());
        }
        return confidences;
    }

    private static boolean[] outcomes(float[] confidences, double share, long seed) {
        SplittableRandom random = new SplittableRandom(~seed);
        boolean[] outcomes = new boolean[confidences.length];
        for (int i = 0; i < outcomes.length; i++) {
            outcomes[i] = random.nextDouble() < share * confidences[i];
        }
        return outcomes;
    }
}
