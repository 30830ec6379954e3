package dev.stillhouse.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillhouse.datasets.config.Key;
import dev.stillhouse.teacher.TeacherConfig;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScalarsTest {

    @ParameterizedTest
    @CsvSource({
        "1000000, 1000000",
        "10 MB, 10000000",
        "10MB, 10000000",
        "1.5 GiB, 1610612736",
        "2 kB, 2000",
        "3 KiB, 3072",
        "7 B, 7",
        "1_000 B, 1000",
        "1 TiB, 1099511627776"
    })
    void sizesHaveUnits(String text, long bytes) {
        assertThat(Scalars.parse(Long.class, Key.Unit.BYTES, text).orElseThrow())
                .isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MB", "10 mb", "10 M", "-1 MB", "0.3 B", "1.5", "99999999999 TB", "1 MB 2"})
    void whatIsNoSizeIsNone(String text) {
        assertThat(Scalars.parse(Long.class, Key.Unit.BYTES, text)).isEmpty();
    }

    @Test
    void durationsHaveUnits() {
        assertThat(Scalars.parse(Duration.class, Key.Unit.NONE, "90 s").orElseThrow())
                .isEqualTo(Duration.ofSeconds(90));
        assertThat(Scalars.parse(Duration.class, Key.Unit.NONE, "2 h").orElseThrow())
                .isEqualTo(Duration.ofHours(2));
        assertThat(Scalars.parse(Duration.class, Key.Unit.NONE, "1.5 min").orElseThrow())
                .isEqualTo(Duration.ofSeconds(90));
        assertThat(Scalars.parse(Duration.class, Key.Unit.NONE, "90")).isEmpty();
        assertThat(Scalars.parse(Duration.class, Key.Unit.NONE, "2 hours")).isEmpty();
    }

    @Test
    void wholeNumbersAreExact() {
        assertThat(Scalars.parse(int.class, Key.Unit.NONE, "50_000").orElseThrow())
                .isEqualTo(50_000);
        assertThat(Scalars.parse(int.class, Key.Unit.NONE, "5e4").orElseThrow()).isEqualTo(50_000);
        assertThat(Scalars.parse(int.class, Key.Unit.NONE, "3000000000")).isEmpty();
        assertThat(Scalars.parse(int.class, Key.Unit.NONE, "_1")).isEmpty();
        assertThat(Scalars.parse(int.class, Key.Unit.NONE, "0x1F")).isEmpty();
    }

    @Test
    void namesOfConstantsAreLowerCaseWithDashes() {
        assertThat(Scalars.parse(TeacherConfig.Kind.class, Key.Unit.NONE, "embedding-head")
                        .orElseThrow())
                .isEqualTo(TeacherConfig.Kind.EMBEDDING_HEAD);
        assertThat(Scalars.parse(TeacherConfig.Kind.class, Key.Unit.NONE, "EMBEDDING_HEAD"))
                .isEmpty();
    }
}
