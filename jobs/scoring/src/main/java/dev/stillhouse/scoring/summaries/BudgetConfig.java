package dev.stillhouse.scoring.summaries;

import dev.stillhouse.datasets.config.Checks;
import dev.stillhouse.datasets.config.Key;
import dev.stillhouse.datasets.config.Violation;
import dev.stillhouse.udfs.summary.Budget;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The section {@code summarize.budget}: how long a summary may be, in one unit. */
public record BudgetConfig(
        @Key("Sentences, at least 1.") Optional<Integer> sentences,

        @Key("Words, at least 1; what stands between white space, and each letter of a script without spaces.")
        Optional<Integer> words,

        @Key("Unicode characters, at least 1, line breaks between sentences included.")
        Optional<Integer> characters,

        @Key("Share of the document's words, greater than 0 and at most 1.")
        Optional<Double> share) {
    /** Where the task names none. */
    private static final Budget DEFAULT = new Budget(Budget.Unit.WORDS, 100);

    public BudgetConfig {
        long given = given(sentences, words, characters, share);
        new Checks()
                .that(given <= 1, new Violation("", given + " units", "one of sentences, words, characters and share"))
                .atLeast(1, "sentences", sentences)
                .atLeast(1, "words", words)
                .atLeast(1, "characters", characters)
                .that(
                        share.isEmpty() || (share.get() > 0 && share.get() <= 1),
                        new Violation("share", share.map(Object::toString).orElse(""), "greater than 0 and at most 1"))
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
        return given.isEmpty() ? DEFAULT : given.get(0);
    }

    /** The budget in words, such as {@code 100 words} or {@code 10 % of the words}. */
    public String text() {
        Budget budget = budget();
        return budget.unit() == Budget.Unit.SHARE
                ? String.format(Locale.ROOT, "%.3g %% of the words", 100 * budget.amount())
                : (long) budget.amount() + " " + budget.unit().name().toLowerCase(Locale.ROOT);
    }
}
