package dev.stillhouse.scoring.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillhouse.scoring.drift.Bins.Tally;
import dev.stillhouse.udfs.errors.DataException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferenceTest {
    private static final Reference REFERENCE = new Reference(
            30,
            Map.of(
                    Statistic.SCORE,
                    new Tally(new Bins(List.of(0.1, 0.123456789012345), List.of()), List.of(10L, 12L, 8L)),
                    Statistic.LABEL,
                    new Tally(new Bins(List.of(), List.of("été", "(none)")), List.of(20L, 10L, 0L))));

    @Test
    void whatIsWrittenIsRead() {
        assertThat(Reference.read(REFERENCE.write(), "run")).isEqualTo(REFERENCE);
        assertThat(REFERENCE.write())
                .isEqualTo(Reference.read(REFERENCE.write(), "run").write());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"format\" : 1 | \"format\" : 2 | Invalid format: 2 (must be 1)",
                "\"documents\" : 30 | \"documents\" : 0 | Invalid documents: 0 (must be at least 1)",
                "\"score\" | \"scare\" | Invalid statistic: scare (must be one that this version knows)",
                "0.1, | 0.2, | Invalid edges: [0.2, 0.123456789012345] (must be finite and ascending)",
                "0.1, | \"0.1\", | Invalid score.edges: \"0.1\" (must be numbers)",
                "12, | | Invalid counts: 2 (must be one for each of 3 bins)",
                "12, | -12, | must be 0 or more",
                "12, | 1.5, | Invalid score.counts: 1.5 (must be whole numbers)",
                "{ | [ | it is no JSON",
            })
    void damageIsTold(String part, String damaged, String message) {
        String content = new String(REFERENCE.write(), StandardCharsets.UTF_8);
        assertThat(content).contains(part);
        byte[] wrong = content.replace(part, damaged == null ? "" : damaged).getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> Reference.read(wrong, "r1"))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("Cannot read model/reference.json of run r1: ")
                .hasMessageContaining(message)
                .hasMessageEndingWith("; run ./stillhouse train again with --force");
    }

    @Test
    void anythingElseIsRefused() {
        for (String content : List.of("", "[]", "3", "{}", "{\"format\": 1, \"documents\": 3}")) {
            assertThatThrownBy(() -> Reference.read(content.getBytes(StandardCharsets.UTF_8), "r1"))
                    .as(content)
                    .isInstanceOf(DataException.class);
        }
    }
}
