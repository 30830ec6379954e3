package dev.stillhouse.udfs.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillhouse.udfs.text.Goldens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RankerTest {
    private static final Offset<Double> CLOSE = within(1e-8);

    static List<Arguments> rankers() {
        return List.of(Arguments.of(new TextRank(), "textRank"), Arguments.of(new LexRank(), "lexRank"));
    }

    @ParameterizedTest
    @MethodSource("rankers")
    void ranksAreThoseOfSumyWhereItDoesWhatThePapersSay(Ranker ranker, String golden) {
        for (JsonNode row : Goldens.jsonLines("ranks.jsonl")) {
            List<String> sentences = new ArrayList<>();
            row.get("sentences").forEach(sentence -> sentences.add(sentence.asText()));
            double[] ranks = ranker.rank(sentences);
            assertThat(ranks).hasSize(sentences.size());
            for (int i = 0; i < ranks.length; i++) {
                assertThat(ranks[i])
                        .as(sentences.get(i) + " in " + row)
                        .isCloseTo(row.get(golden).get(i).asDouble(), CLOSE);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("rankers")
    void noSentencesHaveNoRanksAndOneHasAll(Ranker ranker, String name) {
        assertThat(ranker.rank(List.of())).as(name).isEmpty();
        assertThat(ranker.rank(List.of(""))).as(name).containsExactly(1);
        assertThat(ranker.rank(List.of("The copper still."))).as(name).containsExactly(new double[] {1}, CLOSE);
    }

    @ParameterizedTest
    @MethodSource("rankers")
    void equalSentencesShareTheRank(Ranker ranker, String name) {
        for (String sentence : List.of("The copper still.", "still", "...", "蒸留所")) {
            double[] ranks = ranker.rank(Collections.nCopies(8, sentence));
            assertThat(ranks).as(name).hasSize(8);
            for (double rank : ranks) {
                assertThat(rank).as(name).isCloseTo(1.0 / 8, CLOSE);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("rankers")
    void sentenceThatSaysWhatTheOthersSayRanksHighest(Ranker ranker, String name) {
        double[] ranks = ranker.rank(List.of(
                "Copper stills make whiskey.",
                "Mash ferments in oak casks.",
                "Copper stills and oak casks shape whiskey.",
                "Nothing else!"));
        assertThat(List.of(ranks[0], ranks[1], ranks[3])).as(name).allMatch(rank -> rank < ranks[2]);
    }

    @ParameterizedTest
    @MethodSource("rankers")
    void sentencesAfterTheFirstTwoThousandHaveNoRank(Ranker ranker, String name) {
        List<String> sentences = IntStream.range(0, 3_000)
                .mapToObj(i -> "cask " + i % 50 + " of lot " + i % 7)
                .toList();
        double[] ranks = ranker.rank(sentences);
        assertThat(ranks).as(name).hasSize(3_000);
        assertThat(Arrays.stream(ranks).limit(2_000).min().orElseThrow())
                .as(name)
                .isPositive();
        assertThat(Arrays.stream(ranks).skip(2_000).max()).as(name).hasValue(0);
        assertThat(Arrays.stream(ranks).sum()).as(name).isCloseTo(1, CLOSE);
    }
}
