package dev.stillhouse.cli.config;

import dev.stillhouse.datasets.config.Checks;
import dev.stillhouse.datasets.config.Key;
import dev.stillhouse.datasets.config.Violation;
import dev.stillhouse.datasets.source.SourceConfig;
import java.util.List;
import java.util.Optional;

/**
 * The {@code evaluate} section of a task file: labelled sources of its own, or a part cut from the corpus. In a task file the sources may also be written as a list
 * without the key.
 */
public record EvaluateConfig(
        @Key(
                value = "Labelled sources that are read for evaluation only; may be written as the section itself.",
                alone = true)
        List<SourceConfig> sources,

        @Key(
                "Number of labelled documents, or of any where none is labelled, to cut from the curated corpus, at least 1.")
        Optional<Long> rows,

        @Key(
                "Share of the labelled documents, or of all where none is labelled, to cut from the curated corpus, greater than 0 and less than 1; without sources and rows a tenth. What is cut stays in curated, with the part evaluate.")
        Optional<Double> fraction) {

    /** The share that is cut when a task file says nothing. */
    public static final double DEFAULT_FRACTION = 0.1;

    public EvaluateConfig {
        sources = List.copyOf(sources);
        int ways = (sources.isEmpty() ? 0 : 1) + (rows.isPresent() ? 1 : 0) + (fraction.isPresent() ? 1 : 0);
        new Checks()
                .that(
                        ways <= 1,
                        new Violation(
                                "",
                                ways + " of sources, rows and fraction",
                                "a list of sources, or {rows: N}, or {fraction: F}"))
                .atLeast(1, "rows", rows)
                .that(
                        fraction.map(share -> share > 0 && share < 1).orElse(true),
                        new Violation(
                                "fraction", fraction.map(String::valueOf).orElse(""), "greater than 0 and less than 1"))
                .verify();
    }

    /** The share to cut from the corpus where neither {@link #sources} nor {@link #rows} says otherwise, greater than 0 and less than 1. */
    public double share() {
        return fraction.orElse(DEFAULT_FRACTION);
    }
}
