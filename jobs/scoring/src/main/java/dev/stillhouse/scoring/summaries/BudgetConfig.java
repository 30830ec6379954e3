package dev.stillhouse.scoring.summaries;

import dev.stillhouse.datasets.config.Checks;
import dev.stillhouse.datasets.config.Key;
import dev.stillhouse.datasets.config.Violation;
import dev.stillhouse.udfs.onnx.CatalogueModel;
import dev.stillhouse.udfs.summary.Budget;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The section {@code summarize.budget}: how long a summary may be, in one unit. */
public record BudgetConfig(
        @Key("Sentences, at least 1.") Optional<Integer> sentences,

        @Key(
                "Words, at least 1; what stands between white space, and each letter of a script without spaces, to which marks beside it belong.")
        Optional<Integer> words,

        @Key("Unicode characters, at least 1, line breaks between sentences included.")
        Optional<Integer> characters,

        @Key("Share of the document's words, greater than 0 and at most 1.")
        Optional<Double> share,

        @Key("Tokens, at least 1, as a tokenizer counts the summary, special ones not among them.")
        Optional<Integer> tokens,

        @Key(
                "Whose tokens: minilm, bge-small-en-v15 or e5-small-v2 (add the jar). Absent: the encoder's of the teacher, minilm where it names none; it must be given where that is a folder.")
        Optional<String> tokenizer) {
    /** Where the task names none. */
    private static final Budget DEFAULT = new Budget(Budget.Unit.WORDS, 100);

    public BudgetConfig {
        long given = given(sentences, words, characters, share, tokens);
        new Checks()
                .that(
                        given <= 1,
                        new Violation("", given + " units", "one of sentences, words, characters, share and tokens"))
                .atLeast(1, "sentences", sentences)
                .atLeast(1, "words", words)
                .atLeast(1, "characters", characters)
                .that(
                        share.isEmpty() || (share.get() > 0 && share.get() <= 1),
                        new Violation("share", share.map(Object::toString).orElse(""), "greater than 0 and at most 1"))
                .atLeast(1, "tokens", tokens)
                .that(
                        tokenizer.isEmpty() || tokens.isPresent(),
                        new Violation("tokenizer", tokenizer.orElse(""), "absent but for a budget of tokens"))
                .that(
                        CatalogueModel.keys().containsAll(tokenizer.stream().toList()),
                        new Violation(
                                "tokenizer",
                                tokenizer.orElse(""),
                                "one of " + String.join(", ", CatalogueModel.keys())))
                .verify();
    }

    private static long given(Optional<?>... units) {
        return List.of(units).stream().filter(Optional::isPresent).count();
    }

    /** The budget. */
    public Budget budget() {
        List<Budget> given = new ArrayList<>();
        sentences.ifPresent(amount -> given.add(new Budget(Budget.Unit.SENTENCES, amount)));
        words.ifPresent(amount -> given.add(new Budget(Budget.Unit.WORDS, amount)));
        characters.ifPresent(amount -> given.add(new Budget(Budget.Unit.CHARACTERS, amount)));
        share.ifPresent(amount -> given.add(new Budget(Budget.Unit.SHARE, amount)));
        tokens.ifPresent(amount ->
                given.add(new Budget(Budget.Unit.TOKENS, amount, tokenizer.orElseGet(CatalogueModel.MINILM::key))));
        return given.isEmpty() ? DEFAULT : given.get(0);
    }

    /**
     * The same budget, of the tokens of a model where it is one of tokens that does not say whose.
     *
     * @param model a name of the {@link CatalogueModel catalogue}
     */
    public BudgetConfig countedBy(String model) {
        return tokens.isPresent() && tokenizer.isEmpty()
                ? new BudgetConfig(sentences, words, characters, share, tokens, Optional.of(model))
                : this;
    }

    /** The budget for people, such as {@code 100 words} or {@code 10 % of the words}. */
    public String text() {
        return budget().text();
    }
}
