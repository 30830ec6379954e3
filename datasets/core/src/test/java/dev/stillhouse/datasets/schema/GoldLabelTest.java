package dev.stillhouse.datasets.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillhouse.udfs.Link;
import dev.stillhouse.udfs.errors.DataException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoldLabelTest {
    @Test
    void severalLabelsAreAnArrayOrHaveBarsBetweenThem() {
        assertThat(GoldLabel.names(Link.LOGISTIC, "[\"b\", \"a\", \"b\", null]"))
                .containsExactly("a", "b");
        assertThat(GoldLabel.names(Link.LOGISTIC, " b | a|| ")).containsExactly("a", "b");
        assertThat(GoldLabel.names(Link.LOGISTIC, "[]")).isEmpty();
        assertThat(GoldLabel.names(Link.SOFTMAX, "[a|b]")).containsExactly("[a|b]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1, 2]", "[\"a\"", "[{}]"})
    void whatBeginsAsAnArrayAndIsNoneOfNamesIsRefused(String label) {
        assertThat(GoldLabel.problem(Link.LOGISTIC, label)).contains("JSON array");
        assertThatThrownBy(() -> GoldLabel.names(Link.LOGISTIC, label)).isInstanceOf(DataException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "-Infinity", "1e999", "1e39", "high", "1,5", "", "0x1p3", "1d"})
    void whatIsNoFiniteNumberIsRefused(String label) {
        assertThat(GoldLabel.problem(Link.IDENTITY, label)).isEqualTo("a label that is no finite number");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", " 3.0 ", "+3", ".3e1", "3.", "30E-1"})
    void numbersAreReadAsTheyAreWritten(String label) {
        assertThat(GoldLabel.number(label)).isEqualTo(3);
    }

    @Test
    void targetsHaveAOneForEachLabelThatIsKnown() {
        List<String> labels = List.of("a", "b", "c");
        assertThat(GoldLabel.target(Link.LOGISTIC, labels, "c|a|new")).containsExactly(1, 0, 1);
        assertThat(GoldLabel.target(Link.SOFTMAX, labels, "b")).containsExactly(0, 1, 0);
        assertThat(GoldLabel.target(Link.IDENTITY, List.of("score"), "2.5")).containsExactly(2.5);
    }
}
