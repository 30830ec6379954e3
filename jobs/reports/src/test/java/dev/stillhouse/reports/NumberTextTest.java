package dev.stillhouse.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberTextTest {
    @ParameterizedTest
    @CsvSource({"0,0.0 %", "0.0001,< 0.1 %", "0.978,97.8 %", "0.9999,> 99.9 %", "1,100.0 %", "NaN,–"})
    void percentNeverRoundsToNoneOrAll(double fraction, String text) {
        assertThat(NumberText.percent(fraction)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0,0 B",
        "999,999 B",
        "1000,1.00 kB",
        "1940000,1.94 MB",
        "91400000,91.4 MB",
        "999600,1.00 MB",
        "2500000000,2.50 GB"
    })
    void bytesAreInDecimalUnits(long value, String text) {
        assertThat(NumberText.bytes(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"12.34,12.3 s", "59.97,1 min 0 s", "200,3 min 20 s", "4320,1 h 12 min"})
    void timesAreInUnitsOfTheirSize(double value, String text) {
        assertThat(NumberText.seconds(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0.0184,+0.018", "-0.0184,−0.018", "-0.0001,0.000", "NaN,–"})
    void differencesHaveTheirSign(double value, String text) {
        assertThat(NumberText.signed(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"48210.4;48,210", "212.4;212", "99.96;100", "15.34;15.3", "9.996;10.0", "1;1.00"})
    void ratesHaveDecimalsWhereTheyAreSmall(double value, String text) {
        assertThat(NumberText.significant(value)).isEqualTo(text);
    }

    @Test
    void whatIsAbsentIsADash() {
        assertThat(NumberText.score(Optional.empty())).isEqualTo("–");
        assertThat(NumberText.share(3, 0)).isEqualTo("–");
    }
}
