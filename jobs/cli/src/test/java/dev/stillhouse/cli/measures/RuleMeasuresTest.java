package dev.stillhouse.cli.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stillhouse.reports.record.Interval;
import org.junit.jupiter.api.Test;

class RuleMeasuresTest {
    /** By hand: (30.5 / 100.5) / (10.5 / 200.5) = 5.795; of its logarithm the standard error is sqrt(1/30.5 - 1/100.5 + 1/10.5 - 1/200.5) = 0.3363. */
    @Test
    void theIntervalIsKatzsOnTheLogarithm() {
        Interval ratio = RuleMeasures.ratio(30, 100, 10, 200);

        assertThat(ratio.value()).isCloseTo(5.795, within(0.001));
        assertThat(Math.log(ratio.high() / ratio.value())).isCloseTo(1.96 * 0.3363, within(0.001));
        assertThat(Math.log(ratio.value() / ratio.low())).isCloseTo(1.96 * 0.3363, within(0.001));
    }

    @Test
    void noneAmongTheOthersStillGivesAnInterval() {
        Interval ratio = RuleMeasures.ratio(20, 20, 0, 1000);

        assertThat(ratio.low()).isBetween(2.0, ratio.value());
        assertThat(ratio.high()).isFinite();
    }

    @Test
    void equalSharesIncludeOne() {
        Interval ratio = RuleMeasures.ratio(50, 100, 500, 1000);

        assertThat(ratio.low()).isLessThan(1);
        assertThat(ratio.high()).isGreaterThan(1);
    }
}
