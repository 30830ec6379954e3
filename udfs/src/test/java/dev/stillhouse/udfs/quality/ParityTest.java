package dev.stillhouse.udfs.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillhouse.udfs.testing.SharedData;
import dev.stillhouse.udfs.text.TextScan;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Against columns that data-prep-kit's annotators gave; n-gram columns are not compared, since they depend on its tokeniser. */
class ParityTest {
    private final QualityKernel kernel = QualityKernel.ofAll();
    private final TextScan scan = new TextScan();
    private final Signals signals = new Signals();

    @Test
    void linesAndParagraphsOfGopherRepetition() {
        compare(
                "gopher-repetition",
                Map.of(
                        "dup_line_frac", Signal.DUP_LINES,
                        "dup_para_frac", Signal.DUP_PARAGRAPHS,
                        "dup_line_char_frac", Signal.DUP_LINE_CHARS,
                        "dup_para_char_frac", Signal.DUP_PARAGRAPH_CHARS));
    }

    @Test
    void linesOfFineWeb() {
        compare(
                "fineweb-quality",
                Map.of(
                        "frac_line_punct", Signal.TERMINAL_LINES,
                        "dup_line_char_frac", Signal.DUP_LINE_TEXT,
                        "short_line_frac", Signal.SHORT_LINES));
    }

    @Test
    void textAndDropReasonsOfC4() {
        List<JsonNode> inputs = SharedData.jsonLines("parity/c4.input.jsonl");
        List<JsonNode> expected = SharedData.jsonLines("parity/c4.expected.jsonl");
        assertThat(inputs).hasSameSizeAs(expected).isNotEmpty();
        C4Lines lines = new C4Lines();
        for (int i = 0; i < inputs.size(); i++) {
            scan.scan(inputs.get(i).get("text").asText().getBytes(StandardCharsets.UTF_8));
            String kept = new String(lines.clean(scan, signals), StandardCharsets.UTF_8);
            String reason = firstFailing();
            assertThat("drop_" + reason)
                    .as("document " + i)
                    .isEqualTo(
                            reason.isEmpty()
                                    ? "drop_"
                                            + expected.get(i).get("drop_reason").asText()
                                    : expected.get(i).get("drop_reason").asText());
            assertThat(reason.isEmpty() ? kept : "")
                    .as("document " + i)
                    .isEqualTo(expected.get(i).get("clean_contents").asText());
        }
    }

    /** The first failing rule of C4 and mC4, without their names. */
    private String firstFailing() {
        return Stream.of(Profile.C4_2020, Profile.MC4_2021)
                .flatMap(profile -> profile.rules().stream())
                .filter(rule -> rule.fails(signals.value(rule.signal())))
                .map(rule -> rule.reason().replaceFirst("m?c4_", ""))
                .findFirst()
                .orElse("");
    }

    private void compare(String name, Map<String, Signal> columns) {
        List<JsonNode> inputs = SharedData.jsonLines("parity/" + name + ".input.jsonl");
        List<JsonNode> expected = SharedData.jsonLines("parity/" + name + ".expected.jsonl");
        assertThat(inputs).hasSameSizeAs(expected).isNotEmpty();
        for (int i = 0; i < inputs.size(); i++) {
            scan.scan(inputs.get(i).get("text").asText().getBytes(StandardCharsets.UTF_8));
            kernel.measure(scan, signals);
            for (Map.Entry<String, Signal> column : columns.entrySet()) {
                assertThat(signals.value(column.getValue()))
                        .as(name + " document " + i + " " + column.getKey())
                        .isCloseTo(expected.get(i).get(column.getKey()).asDouble(), within(1e-12));
            }
        }
    }
}
