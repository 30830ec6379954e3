package dev.stillhouse.scoring.summaries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillhouse.datasets.config.InvalidRecordException;
import dev.stillhouse.udfs.summary.Budget;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BudgetConfigTest {
    @Test
    void withoutABudgetThereAreAHundredWords() {
        assertThat(config(0, 0, 0, "").text()).isEqualTo("100 words");
        assertThat(config(1, 0, 0, "").text()).isEqualTo("1 sentence");
    }

    @Test
    void whatIsNoBudgetIsRefused() {
        refused(() -> config(1, 2, 0, ""));
        refused(() -> config(1, 0, 200, ""));
        refused(() -> config(-1, 0, 0, ""));
        refused(() -> config(0, 0, -1, ""));
        refused(() -> config(0, 0, 200, "mine"));
        refused(() -> config(0, 200, 0, "minilm"));
        refused(() -> new BudgetConfig(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(1.5),
                Optional.empty(),
                Optional.empty()));
    }

    @Test
    void tokensAreTheTeachersWhereTheTaskDoesNotSayWhose() {
        BudgetConfig tokens = config(0, 0, 200, "");
        assertThat(tokens.countedBy("e5-small-v2").budget())
                .isEqualTo(new Budget(Budget.Unit.TOKENS, 200, "e5-small-v2"));
        assertThat(tokens.text()).isEqualTo("200 tokens of minilm");
        assertThat(config(0, 0, 200, "minilm").countedBy("e5-small-v2").text()).isEqualTo("200 tokens of minilm");
        assertThat(config(0, 7, 0, "").countedBy("e5-small-v2")).isEqualTo(config(0, 7, 0, ""));
    }

    private static void refused(Runnable made) {
        assertThatThrownBy(made::run).isInstanceOf(InvalidRecordException.class);
    }

    /** Absent where 0, or empty. */
    private static BudgetConfig config(int sentences, int words, int tokens, String tokenizer) {
        return new BudgetConfig(
                given(sentences),
                given(words),
                Optional.empty(),
                Optional.empty(),
                given(tokens),
                Optional.of(tokenizer).filter(name -> !name.isEmpty()));
    }

    private static Optional<Integer> given(int amount) {
        return Optional.of(amount).filter(value -> value != 0);
    }
}
