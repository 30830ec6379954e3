package dev.stillhouse.teacher.choice;

import dev.stillhouse.datasets.config.Checks;
import dev.stillhouse.datasets.config.Key;

/** The {@code teacher.review} section of a task file. */
public record ReviewConfig(
        @Key(value = "How many documents people are asked about, 1 to 100000.", defaultValue = "200")
        int rows,

        @Key(
                value =
                        "Which: margin (those that the teacher is least sure of), or disagreement (those that the members of an ensemble differ most on).",
                defaultValue = "margin")
        By by) {

    public ReviewConfig {
        new Checks().between(1, 100_000, "rows", rows).verify();
    }

    /** What makes a document worth a look. */
    public enum By {
        MARGIN,
        DISAGREEMENT
    }
}
