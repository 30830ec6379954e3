package dev.stillhouse.datasets.source;

import dev.stillhouse.datasets.config.Checks;
import dev.stillhouse.datasets.config.Key;
import dev.stillhouse.datasets.config.Violation;
import java.util.Optional;

/** Which part of a source to read: the documents with the smallest hash of seed and normalised text, so the same ones for any partitioning. */
public record SampleConfig(
        @Key("Number of documents to read at most, at least 1.")
        Optional<Long> rows,

        @Key("Share of documents to read, greater than 0 and at most 1; met about, for it is a bound on the hash.")
        Optional<Double> fraction) {

    public SampleConfig {
        new Checks()
                .that(
                        rows.isPresent() != fraction.isPresent(),
                        new Violation(
                                "", rows.isPresent() ? "rows and fraction" : "{}", "either {rows: N} or {fraction: F}"))
                .atLeast(1, "rows", rows)
                .positive("fraction", fraction)
                .share("fraction", fraction.filter(share -> share > 0))
                .verify();
    }
}
