package dev.stillhouse.teacher.choice;

import dev.stillhouse.datasets.config.Checks;
import dev.stillhouse.datasets.config.Key;
import dev.stillhouse.datasets.config.Violation;
import java.util.List;

/** The {@code teacher.choose} section of a task file. */
public record ChoiceConfig(
        @Key(
                value =
                        "Which texts: random, stratified (as many of each stratum), diverse (as many of each cluster of similar texts), or uncertainty (those that a student of what is labelled so far is least sure of).",
                defaultValue = "random")
        By by,

        @Key(
                value =
                        "In how many rounds. After each a student learns from what is labelled so far, which gives the report its learning curve, and uncertainty its next texts. 1 to 50.",
                defaultValue = "1")
        int rounds,

        @Key(
                value =
                        "stratified: the columns whose values make a stratum: source, or names of columns that sources keep.",
                defaultValue = "[source]")
        List<String> strata) {

    /** Nothing to choose. */
    public static final ChoiceConfig ALL = new ChoiceConfig(By.RANDOM, 1, List.of("source"));

    public ChoiceConfig {
        strata = List.copyOf(strata);
        new Checks()
                .between(1, 50, "rounds", rounds)
                .that(!strata.isEmpty(), new Violation("strata", "[]", "at least one column"))
                .verify();
    }

    /** Whether students are trained between rounds. */
    public boolean trains() {
        return rounds > 1 || by == By.UNCERTAINTY;
    }

    /** Ways to choose. */
    public enum By {
        RANDOM,
        STRATIFIED,
        DIVERSE,
        UNCERTAINTY
    }
}
