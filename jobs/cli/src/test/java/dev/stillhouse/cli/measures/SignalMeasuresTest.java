package dev.stillhouse.cli.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SignalMeasuresTest {
    /** numpy.quantile([1, 2, 4, 8, 16], [0, .05, .5, .95, 1]) */
    @Test
    void quantilesAreNumpys() {
        double[] values = {1, 2, 4, 8, 16};

        assertThat(SignalMeasures.quantile(values, 0)).isEqualTo(1);
        assertThat(SignalMeasures.quantile(values, 0.05)).isCloseTo(1.2, within(1e-12));
        assertThat(SignalMeasures.quantile(values, 0.5)).isEqualTo(4);
        assertThat(SignalMeasures.quantile(values, 0.95)).isCloseTo(14.4, within(1e-12));
        assertThat(SignalMeasures.quantile(values, 1)).isEqualTo(16);
    }

    @Test
    void ofNoValuesThereIsNone() {
        assertThat(SignalMeasures.quantile(new double[0], 0.5)).isNaN();
        assertThat(SignalMeasures.quantile(new double[] {7}, 0.95)).isEqualTo(7);
    }
}
