package dev.stillhouse.udfs.quality;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillhouse.udfs.text.Goldens;
import dev.stillhouse.udfs.text.TextScan;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Against datatrove 0.10.1 with words split at white space: every value exactly, and every verdict. */
class DatatroveTest {
    private static final Map<String, String> REASONS = Map.ofEntries(
            Map.entry("gopher_short_doc", "gopher_too_few_words"),
            Map.entry("gopher_below_avg_threshold", "gopher_short_words"),
            Map.entry("gopher_above_avg_threshold", "gopher_long_words"),
            Map.entry("gopher_too_many_hashes", "gopher_hashes"),
            Map.entry("gopher_too_many_ellipsis", "gopher_ellipses"),
            Map.entry("gopher_too_many_bullets", "gopher_bullet_lines"),
            Map.entry("gopher_too_many_end_ellipsis", "gopher_ellipsis_lines"),
            Map.entry("gopher_below_alpha_threshold", "gopher_few_alphabetic_words"),
            Map.entry("gopher_enough_stop_words", "gopher_few_stop_words"),
            Map.entry("dup_para_frac", "gopher_duplicate_paragraphs"),
            Map.entry("dup_para_char_frac", "gopher_duplicate_paragraph_chars"),
            Map.entry("dup_line_frac", "gopher_duplicate_lines"),
            Map.entry("dup_line_char_frac", "gopher_duplicate_line_chars"),
            Map.entry("top_2_gram", "gopher_top_2gram"),
            Map.entry("top_3_gram", "gopher_top_3gram"),
            Map.entry("top_4_gram", "gopher_top_4gram"),
            Map.entry("duplicated_5_n_grams", "gopher_duplicate_5grams"),
            Map.entry("duplicated_6_n_grams", "gopher_duplicate_6grams"),
            Map.entry("line_punct_ratio", "fineweb_few_terminal_lines"),
            Map.entry("short_line_ratio", "fineweb_short_lines"),
            Map.entry("char_dup_ratio", "fineweb_duplicate_lines"),
            Map.entry("list_ratio", "fineweb_list"),
            Map.entry("", ""));

    private final List<JsonNode> goldens = Goldens.jsonLines("datatrove.jsonl");
    private final QualityKernel kernel = QualityKernel.ofAll();
    private final TextScan scan = new TextScan();
    private final Signals signals = new Signals();

    @Test
    void valuesAreEqualBitForBit() {
        Set<Signal> compared = EnumSet.noneOf(Signal.class);
        for (JsonNode golden : goldens) {
            measure(golden);
            golden.get("values").fields().forEachRemaining(column -> {
                Signal signal = Signal.valueOf(column.getKey().toUpperCase(Locale.ROOT));
                double expected = column.getValue().isNull()
                        ? Double.NaN
                        : column.getValue().asDouble();
                assertThat(signals.value(signal)).as(signal + " " + golden).isEqualTo(Double.valueOf(expected));
                compared.add(signal);
            });
        }
        Set<Signal> expected = EnumSet.noneOf(Signal.class);
        expected.addAll(SignalGroup.GOPHER_QUALITY.signals());
        expected.addAll(SignalGroup.GOPHER_REPETITION.signals());
        expected.addAll(SignalGroup.FINEWEB.signals());
        assertThat(compared).isEqualTo(expected);
    }

    @Test
    void verdictsAreEqual() {
        Set<String> reasons = new TreeSet<>();
        for (JsonNode golden : goldens) {
            measure(golden);
            JsonNode verdicts = golden.get("verdicts");
            assertThat(firstFailing(Profile.FINEWEB_PAPER, "")).isEqualTo(expected(verdicts, "fineweb-paper", reasons));
            assertThat(firstFailing(Profile.FINEWEB_CODE, ""))
                    .isEqualTo(expected(verdicts, "fineweb-code", reasons)
                            .replace("fineweb_duplicate_lines", "fineweb_code_duplicate_lines"));
            assertThat(firstFailing(Profile.GOPHER_2021, "gopher_(dup|top).*"))
                    .as(golden.toString())
                    .isEqualTo(expected(verdicts, "gopher-repetition", reasons));
            assertThat(firstFailing(Profile.GOPHER_2021, "gopher_(?!dup|top).*"))
                    .as(golden.toString())
                    .isEqualTo(expected(verdicts, "gopher-quality", reasons));
        }
        assertThat(reasons).hasSizeGreaterThan(15);
    }

    @Test
    void linesThatC4KeepsAreEqual() {
        C4Lines lines = new C4Lines();
        int kept = 0;
        int dropped = 0;
        for (JsonNode golden : Goldens.jsonLines("c4.jsonl")) {
            scan.scan(golden.get("text").asText().getBytes(StandardCharsets.UTF_8));
            String text = new String(lines.clean(scan, signals), StandardCharsets.UTF_8);
            boolean drops = signals.value(Signal.C4_LOREM_IPSUM) > 0 || signals.value(Signal.C4_CURLY_BRACKETS) > 0;
            assertThat(drops)
                    .as(golden.toString())
                    .isEqualTo(golden.get("dropped").asBoolean());
            assertThat(drops ? "" : text)
                    .as(golden.toString())
                    .isEqualTo(golden.get("kept").asText());
            kept += text.isEmpty() ? 0 : 1;
            dropped += drops ? 1 : 0;
        }
        assertThat(kept).isGreaterThan(50);
        assertThat(dropped).isGreaterThan(10);
    }

    private static String expected(JsonNode verdicts, String filter, Set<String> reasons) {
        String reason = REASONS.getOrDefault(verdicts.get(filter).asText(), "unknown");
        reasons.add(reason);
        return reason;
    }

    private String firstFailing(Profile profile, String reasons) {
        return profile.rules().stream()
                .filter(rule -> reasons.isEmpty() || rule.reason().matches(reasons))
                .filter(rule -> rule.fails(signals.value(rule.signal())))
                .map(Rule::reason)
                .findFirst()
                .orElse("");
    }

    private void measure(JsonNode golden) {
        scan.scan(golden.get("text").asText().getBytes(StandardCharsets.UTF_8));
        kernel.measure(scan, signals);
    }
}
