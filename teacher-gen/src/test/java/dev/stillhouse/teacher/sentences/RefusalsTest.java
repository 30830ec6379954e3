package dev.stillhouse.teacher.sentences;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillhouse.datasets.schema.Rejects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalsTest {
    private static final String TEXT = "The old ship sailed at noon, and nobody came to see it.";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I'm sorry, but the ship is not a subject that I can write about.",
                "\u201cI can\u2019t help with the ship.\u201d",
                "  - I am\n unable to summarise the ship.",
                "As an AI, I have seen no ship."
            })
    void anAnswerThatBeginsAsRefusalsDoIsNone(String answer) {
        assertThat(Refusals.reason(TEXT, answer)).isEqualTo(Rejects.REFUSED_BY_MODEL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"The ship sailed.", "It sailed. I cannot say more.", "Корабль: I can't see the ship"})
    void whatIsSaidLaterIsNoRefusal(String answer) {
        assertThat(Refusals.reason(TEXT, answer)).isNull();
    }

    @Test
    void aDocumentMayBeginASentenceThatWay() {
        assertThat(Refusals.reason("Madam President, I\ncannot support this report.", "I cannot support this report."))
                .isNull();
    }

    @Test
    void anAnswerWithoutAWordOfTheDocumentIsUnlikeIt() {
        assertThat(Refusals.reason(TEXT, "Bananas grow abroad.")).isEqualTo(Refusals.UNLIKE);
    }
}
