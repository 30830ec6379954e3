package dev.stillhouse.cli.config;

import dev.stillhouse.datasets.config.Checks;
import dev.stillhouse.datasets.config.Key;
import dev.stillhouse.datasets.config.Violation;
import java.util.List;
import java.util.Set;

/** The {@code report} section of a task file. */
public record ReportConfig(
        @Key(
                value =
                        "Groups of evaluation documents that are judged apart: source, length (groups by characters), and columns that the sources keep.",
                defaultValue = "[source, length]")
        List<String> slices,

        @Key(
                value =
                        "Most removed documents, scored ones of each confidence, summarised ones, and digests to show in the report, 0 to 1000; with 0 scoring keeps no text for it. A stage keeps so many when it runs.",
                defaultValue = "20")
        int examples,

        @Key(
                value =
                        "Seconds that the speed of each model is measured for, in three interleaved rounds after one of warming up; greater than 0, and 10 at least for figures to quote.",
                defaultValue = "10.5")
        double speedSeconds,

        @Key(
                value =
                        "Watts of a busy core, memory and fans included, by which energy is estimated where the machine has no counters of it; greater than 0.",
                defaultValue = "10")
        double wattsPerCore) {

    public ReportConfig {
        slices = List.copyOf(slices);
        Checks checks = new Checks().between(0, 1000, "examples", examples);
        checks.that(
                speedSeconds > 0 && speedSeconds <= 3600,
                new Violation("speed_seconds", Double.toString(speedSeconds), "greater than 0 and at most 3600"));
        checks.that(
                wattsPerCore > 0 && wattsPerCore <= 10_000,
                new Violation("watts_per_core", Double.toString(wattsPerCore), "greater than 0 and at most 10000"));
        checks.that(
                        Set.copyOf(slices).size() == slices.size(),
                        new Violation("slices", slices.toString(), "without repetition"))
                .verify();
    }
}
