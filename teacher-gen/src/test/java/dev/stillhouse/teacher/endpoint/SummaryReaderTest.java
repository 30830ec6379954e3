package dev.stillhouse.teacher.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillhouse.datasets.schema.Rejects;
import dev.stillhouse.udfs.summary.Budget;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is asked about a summary, and what is kept of the answer. */
class SummaryReaderTest {
    private static final Budget WORDS = new Budget(Budget.Unit.WORDS, 200);

    @Test
    void allThatTheModelWroteIsTheSummary() {
        assertThat(read("  Ships sank.\nNobody came. ", "stop").text()).contains("Ships sank.\nNobody came.");
        assertThat(read("船沉了。", "").text()).contains("船沉了。");
        assertThat(read("x", "stop").output()).isEqualTo("x");
    }

    @Test
    void whatIsNoSummaryHasAReason() throws IOException {
        assertThat(read("", "stop").reason()).isEqualTo(SummaryReader.NO_SUMMARY);
        assertThat(read(" -- …\n", "stop").reason()).isEqualTo(SummaryReader.NO_SUMMARY);
        assertThat(read("Ships sank and", "length").reason()).isEqualTo(AnswerReader.CUT_OFF);
        assertThat(read("Ships", "content_filter").reason()).isEqualTo(Rejects.REFUSED_BY_MODEL);
        assertThat(read("Ships", "content_filter").output()).isNull();
        ChatAnswer refused = ChatAnswer.of(
                new ObjectMapper()
                        .readTree(
                                "{\"choices\":[{\"finish_reason\":\"stop\",\"message\":{\"content\":null,\"refusal\":\"I won't.\"}}]}"));
        assertThat(new SummaryReader().read(refused).reason()).isEqualTo(Rejects.REFUSED_BY_MODEL);
    }

    @Test
    void thePromptSaysHowLongAndKeepsTheBracesOfTheText() {
        assertThat(question("{budget} of {text}.", WORDS, 100).about("a {text} {budget}"))
                .isEqualTo("200 words of a {text} {budget}.");
        assertThat(question("{budget}: {text}", new Budget(Budget.Unit.SENTENCES, 1), 4)
                        .about("abc😀"))
                .isEqualTo("one sentence: abc");
        assertThat(question("{budget}: {text}", new Budget(Budget.Unit.SHARE, 0.125), 100)
                        .about("a"))
                .isEqualTo("12.5 % of its words: a");
        assertThat(question("{budget}: {text}", new Budget(Budget.Unit.CHARACTERS, 500), 100)
                        .about("a"))
                .isEqualTo("500 characters: a");
        assertThat(question("{budget}: {text}", new Budget(Budget.Unit.WORDS, 1), 100)
                        .about("a"))
                .isEqualTo("1 word: a");
        assertThat(question("{budget}: {text}", new Budget(Budget.Unit.TOKENS, 200, "minilm"), 100)
                        .about("a"))
                .isEqualTo("150 words: a");
        assertThat(question(SummaryQuestion.PROMPT, WORDS, 100).about("My text"))
                .contains("at most 200 words")
                .endsWith("\n\nMy text");
    }

    @Test
    void anAnswerMayBeAsLongAsTheBudgetAsksForInAnyLanguage() {
        assertThat(question("{text}", WORDS, 100).maxTokens("")).isBetween(800, 1000);
        assertThat(question("{text}", new Budget(Budget.Unit.TOKENS, 200, "minilm"), 100)
                        .maxTokens(""))
                .isBetween(600, 800);
        Budget share = new Budget(Budget.Unit.SHARE, 0.1);
        assertThat(question("{text}", share, 10_000).maxTokens("x".repeat(5000)))
                .isBetween(500, 700);
        // No more than what is sent of the text can be summarised.
        assertThat(question("{text}", share, 100).maxTokens("x".repeat(5000)))
                .isEqualTo(question("{text}", share, 100).maxTokens("x".repeat(100)));
    }

    @Test
    void aRequestIsFreeText() {
        ObjectNode request = new ObjectMapper().createObjectNode();
        question("{text}", WORDS, 100).shape(request);
        assertThat(request.isEmpty()).isTrue();
    }

    @Test
    void whatAnAnswerDependsOnIsInTheEssence() {
        SummaryQuestion question = question("{text}", WORDS, 100);
        assertThat(List.of(
                        question("{text} ", WORDS, 100).essence(),
                        question("{text}", new Budget(Budget.Unit.WORDS, 201), 100)
                                .essence(),
                        question("{text}", WORDS, 101).essence(),
                        question("{text}", new Budget(Budget.Unit.TOKENS, 200, "minilm"), 100)
                                .essence(),
                        new SummaryQuestion("other", "{text}", WORDS, 100).essence()))
                .doesNotContain(question.essence())
                .doesNotHaveDuplicates();
    }

    private static AnswerReader.Reading read(String content, String finishReason) {
        return new SummaryReader().read(new ChatAnswer(content, List.of(), finishReason, 1, 1));
    }

    private static SummaryQuestion question(String prompt, Budget budget, int maxCharacters) {
        return new SummaryQuestion("m", prompt, budget, maxCharacters);
    }
}
