package dev.stillhouse.datasets.config;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChecksTest {

    @Test
    void everyViolationIsTold() {
        Checks checks = new Checks()
                .atLeast(1, "a", 0)
                .atLeast(1, "b", Optional.of(0L))
                .between(1, 3, "c", 4)
                .share("d", 1.5)
                .share("e", Optional.of(Double.NaN))
                .positive("f", Optional.of(0.0))
                .that(false, new Violation("g", "x", "y"));
        assertThatThrownBy(checks::verify)
                .isInstanceOf(InvalidRecordException.class)
                .hasMessage(
                        "Invalid a: 0 (must be at least 1); Invalid b: 0 (must be at least 1); Invalid c: 4 (must be 1 to 3); Invalid d: 1.5 (must be 0 to 1); "
                                + "Invalid e: NaN (must be 0 to 1); Invalid f: 0.0 (must be greater than 0); Invalid g: x (must be y)");
    }

    @Test
    void boundsAreIncludedAndAbsentValuesAreWithinThem() {
        Checks checks = new Checks()
                .atLeast(1, "a", 1)
                .atLeast(1, "b", Optional.empty())
                .between(1, 3, "c", 1)
                .between(1, 3, "c", 3)
                .share("d", 0)
                .share("d", 1)
                .share("e", Optional.empty())
                .positive("f", Optional.empty())
                .that(true, new Violation("g", "x", "y"));
        assertThatCode(checks::verify).doesNotThrowAnyException();
    }
}
