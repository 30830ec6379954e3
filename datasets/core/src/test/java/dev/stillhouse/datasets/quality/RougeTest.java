package dev.stillhouse.datasets.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillhouse.udfs.testing.SharedData;
import dev.stillhouse.udfs.text.Goldens;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class RougeTest {
    /** The goldens have six decimals, in percent. */
    private static final Offset<Double> ROUNDING = within(1e-6);

    private static final List<String> KINDS = List.of("rouge1", "rouge2", "rougeL", "rougeLsum");

    private final Texts texts = new Texts(20_260_101);

    @Test
    void figuresAreThoseOfGooglesRougeScore() {
        for (JsonNode golden : Goldens.jsonLines("rouge.jsonl")) {
            Rouge.Matches matches = Rouge.matches(
                    Rouge.tokens(golden.get("reference").asText()),
                    Rouge.tokens(golden.get("candidate").asText()));
            List<Rouge.Match> found =
                    List.of(matches.rouge1(), matches.rouge2(), matches.rougeL(), matches.rougeLsum());
            for (int kind = 0; kind < KINDS.size(); kind++) {
                JsonNode expected = golden.get(KINDS.get(kind));
                Rouge.Match match = found.get(kind);
                String described = KINDS.get(kind) + " of " + golden;
                assertThat(100 * match.precision())
                        .as(described)
                        .isCloseTo(expected.get(0).asDouble(), ROUNDING);
                assertThat(100 * match.recall())
                        .as(described)
                        .isCloseTo(expected.get(1).asDouble(), ROUNDING);
                assertThat(100 * match.f1())
                        .as(described)
                        .isCloseTo(expected.get(2).asDouble(), ROUNDING);
            }
        }
    }

    @Test
    void figuresOfPubmedAreThoseOfGooglesRougeScore() {
        Map<String, JsonNode> goldens = new HashMap<>();
        Goldens.jsonLines("rouge-pubmed.jsonl")
                .forEach(row -> goldens.put(row.get("id").asText(), row.get("f1")));
        List<JsonNode> documents = SharedData.jsonLines("pubmed/test.jsonl.gz");
        assertThat(documents).hasSameSizeAs(goldens.keySet());
        for (JsonNode document : documents) {
            Rouge.Scores scores = Rouge.score(
                    document.get("reference").asText(),
                    Texts.lead(document.get("text").asText(), 200));
            double[] found = {scores.rouge1(), scores.rouge2(), scores.rougeL(), scores.rougeLsum()};
            JsonNode golden = goldens.get(document.get("id").asText());
            for (int kind = 0; kind < found.length; kind++) {
                assertThat(100 * found[kind])
                        .as(document.get("id") + " " + KINDS.get(kind))
                        .isCloseTo(golden.get(kind).asDouble(), ROUNDING);
            }
        }
    }

    @Test
    void textAgreesWithItself() {
        for (int round = 0; round < 200; round++) {
            String text = texts.passage(6);
            Rouge.Scores scores = Rouge.score("two words " + text, "two words " + text);
            assertThat(scores).as(texts + text).isEqualTo(new Rouge.Scores(1, 1, 1, 1));
        }
    }

    @Test
    void swappingTextsChangesNoFigureOfWholeTexts() {
        for (int round = 0; round < 500; round++) {
            String left = texts.passage(6);
            String right = texts.passage(6);
            Rouge.Scores forth = Rouge.score(left, right);
            Rouge.Scores back = Rouge.score(right, left);
            assertThat(new double[] {back.rouge1(), back.rouge2(), back.rougeL()})
                    .as(texts + left + "|" + right)
                    .containsExactly(forth.rouge1(), forth.rouge2(), forth.rougeL());
        }
    }

    @Test
    void figuresAreSharesAndOrderOnlyTakesAway() {
        for (int round = 0; round < 500; round++) {
            String left = texts.passage(6);
            String right = texts.passage(6);
            Rouge.Scores scores = Rouge.score(left, right);
            assertThat(List.of(scores.rouge1(), scores.rouge2(), scores.rougeL(), scores.rougeLsum()))
                    .as(texts + left + "|" + right)
                    .allMatch(score -> score >= 0 && score <= 1);
            assertThat(scores.rouge1())
                    .isGreaterThanOrEqualTo(scores.rougeL())
                    .isGreaterThanOrEqualTo(scores.rougeLsum());
        }
    }

    @Test
    void textsOfOneLineHaveOneLongestCommonSubsequence() {
        for (int round = 0; round < 200; round++) {
            Rouge.Scores scores = Rouge.score(texts.sentence(), texts.sentence());
            assertThat(scores.rougeLsum()).isEqualTo(scores.rougeL());
        }
    }

    @Test
    void otherScriptsHaveWordsByTheUnicodeTokenizerOnly() {
        String greek = "Ελληνικά κείμενα";
        assertThat(Rouge.tokens(greek).size()).isZero();
        assertThat(Rouge.score(greek, greek).rouge1()).isZero();
        assertThat(unicode(greek, "ΕΛΛΗΝΙΚΆ").rouge1()).isEqualTo(2.0 / 3);
        assertThat(unicode("中文文本", "文本").rouge2()).isEqualTo(2 * 1 / 4.0);
        assertThat(unicode("naïve distillation", "naïve distilled").rouge1()).isEqualTo(1);
        assertThat(unicode("Straßen", "Straße").rouge1()).isZero();
    }

    @Test
    void longTextsOfOneLineFitInMemory() {
        String text = "still cask mash rye ".repeat(2_000);
        assertThat(Rouge.score(text, text).rougeLsum()).isEqualTo(1);
    }

    private static Rouge.Scores unicode(String reference, String candidate) {
        return Rouge.score(
                Rouge.tokens(reference, Rouge.Tokenizer.UNICODE), Rouge.tokens(candidate, Rouge.Tokenizer.UNICODE));
    }
}
