package dev.stillhouse.curation;

import dev.stillhouse.datasets.config.Checks;
import dev.stillhouse.datasets.config.Key;
import dev.stillhouse.datasets.config.Violation;

/** The {@code curate} section of a task file. */
public record CurateConfig(
        @Key(
                value =
                        "Shortest text that is kept, in characters (Unicode code points) of the normalised text, at least 1.",
                defaultValue = "1")
        int minCharacters,

        @Key(
                value = "Longest text that is kept, in characters of the normalised text, at least min_characters.",
                defaultValue = "1000000")
        int maxCharacters,

        @Key(
                value =
                        "Whether documents with the same normalised text are reduced to the one with the smallest source and id.",
                defaultValue = "true")
        boolean exactDuplicates,

        @Key(
                value = "Largest share of rows, 0 to 1, that may be rejects before the run fails with exit code 3.",
                defaultValue = "0.1")
        double maxRejectedShare) {

    public CurateConfig {
        new Checks()
                .atLeast(1, "min_characters", minCharacters)
                .that(
                        maxCharacters >= minCharacters,
                        new Violation(
                                "max_characters",
                                Integer.toString(maxCharacters),
                                "at least min_characters, " + minCharacters))
                .share("max_rejected_share", maxRejectedShare)
                .verify();
    }
}
