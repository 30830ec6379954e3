package dev.stillhouse.datasets.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillhouse.udfs.testing.SharedData;
import dev.stillhouse.udfs.text.Goldens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GreedyOracleTest {
    private final Texts texts = new Texts(20_260_102);

    @Test
    void choiceIsThatOfAGreedySearchByRougeScore() {
        for (JsonNode golden : Goldens.jsonLines("oracle.jsonl")) {
            List<String> sentences = strings(golden.get("sentences"));
            GreedyOracle oracle =
                    GreedyOracle.of(sentences, golden.get("reference").asText());
            assertThat(oracle.choose(costs(sentences), golden.get("budget").asInt()))
                    .as(golden.toString())
                    .containsExactly(ints(golden.get("chosen")));
            double[][] precisions = oracle.precisions();
            for (int i = 0; i < precisions.length; i++) {
                JsonNode expected = golden.get("precisions").get(i);
                assertThat(precisions[i][0]).isCloseTo(expected.get(0).asDouble(), within(1e-12));
                assertThat(precisions[i][1]).isCloseTo(expected.get(1).asDouble(), within(1e-12));
            }
        }
    }

    @Test
    void choiceOfPubmedIsThatOfAGreedySearchByRougeScore() {
        Map<String, JsonNode> goldens = new HashMap<>();
        Goldens.jsonLines("rouge-pubmed.jsonl").stream()
                .filter(row -> row.has("oracle"))
                .forEach(row -> goldens.put(row.get("id").asText(), row.get("oracle")));
        for (JsonNode document : SharedData.jsonLines("pubmed/test.jsonl.gz")) {
            JsonNode golden = goldens.remove(document.get("id").asText());
            if (golden != null) {
                List<String> sentences = List.of(document.get("text").asText().split("\n", -1));
                int[] chosen = GreedyOracle.of(
                                sentences, document.get("reference").asText())
                        .choose(costs(sentences), 200);
                assertThat(chosen).as(document.get("id").asText()).containsExactly(ints(golden));
            }
        }
        assertThat(goldens).isEmpty();
    }

    @Test
    void choiceFitsAndNoFurtherSentenceThatFitsWouldGain() {
        for (int round = 0; round < 300; round++) {
            List<String> sentences = texts.sentences(12);
            String reference = texts.passage(4);
            int[] costs = costs(sentences);
            int budget = texts.number(40);
            int[] chosen = GreedyOracle.of(sentences, reference).choose(costs, budget);
            int left = budget - Arrays.stream(chosen).map(i -> costs[i]).sum();
            String described = texts + reference + "|" + sentences + budget;
            assertThat(left).as(described).isNotNegative();
            assertThat(chosen).as(described).isSorted().doesNotHaveDuplicates();
            double value = value(reference, sentences, chosen);
            IntStream.range(0, sentences.size())
                    .filter(i -> costs[i] <= left && Arrays.binarySearch(chosen, i) < 0)
                    .forEach(i -> {
                        int[] more = IntStream.concat(Arrays.stream(chosen), IntStream.of(i))
                                .sorted()
                                .toArray();
                        assertThat(value(reference, sentences, more))
                                .as(described)
                                .isLessThanOrEqualTo(value);
                    });
        }
    }

    @Test
    void firstOfEqualSentencesIsChosenOnce() {
        List<String> sentences = Collections.nCopies(4, "The copper still.");
        assertThat(GreedyOracle.of(sentences, "the copper still").choose(new int[4], 0))
                .containsExactly(0);
    }

    @Test
    void nothingIsChosenWhereNothingMatchesOrFits() {
        assertThat(GreedyOracle.of(List.of(), "still").choose(new int[0], 10)).isEmpty();
        assertThat(GreedyOracle.of(List.of("still", "cask"), "").choose(new int[2], 10))
                .isEmpty();
        assertThat(GreedyOracle.of(List.of("", "...", "mash"), "still").choose(new int[3], 10))
                .isEmpty();
        assertThat(GreedyOracle.of(List.of("still"), "still").choose(new int[] {11}, 10))
                .isEmpty();
    }

    @Test
    void choosingLeavesTheOracleAsItWas() {
        List<String> sentences = texts.sentences(12);
        GreedyOracle oracle = GreedyOracle.of(sentences, texts.passage(4));
        double[][] precisions = oracle.precisions();
        int[] chosen = oracle.choose(costs(sentences), 30);
        assertThat(oracle.choose(costs(sentences), 30)).containsExactly(chosen);
        assertThat(oracle.precisions()).isDeepEqualTo(precisions);
    }

    @Test
    void unicodeWordsAreChosenByWhereAsked() {
        List<String> sentences = List.of("κείμενα", "中文");
        assertThat(GreedyOracle.of(sentences, "中文").choose(new int[2], 0)).isEmpty();
        assertThat(GreedyOracle.of(sentences, "中文", Rouge.Tokenizer.UNICODE).choose(new int[2], 0))
                .containsExactly(1);
    }

    @Test
    void costsAreOneForEachSentenceAndNotNegative() {
        GreedyOracle oracle = GreedyOracle.of(List.of("still"), "still");
        assertThatThrownBy(() -> oracle.choose(new int[2], 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid costs: 2 (must be one for each of 1 sentences)");
        assertThatThrownBy(() -> oracle.choose(new int[] {-1}, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid cost: -1 (must not be negative)");
    }

    private static double value(String reference, List<String> sentences, int[] chosen) {
        List<String> summary = new ArrayList<>();
        for (int i : chosen) {
            summary.add(sentences.get(i));
        }
        Rouge.Scores scores = Rouge.score(reference, String.join("\n", summary));
        return scores.rouge1() + scores.rouge2();
    }

    private static int[] costs(List<String> sentences) {
        return sentences.stream().mapToInt(Texts::words).toArray();
    }

    private static List<String> strings(JsonNode array) {
        List<String> strings = new ArrayList<>();
        array.forEach(node -> strings.add(node.asText()));
        return strings;
    }

    private static int[] ints(JsonNode array) {
        return IntStream.range(0, array.size()).map(i -> array.get(i).asInt()).toArray();
    }
}
