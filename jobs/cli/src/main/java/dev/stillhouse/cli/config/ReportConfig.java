package dev.stillhouse.cli.config;

import dev.stillhouse.datasets.config.Checks;
import dev.stillhouse.datasets.config.Key;
import dev.stillhouse.datasets.config.Violation;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The {@code report} section of a task file. */
public record ReportConfig(
        @Key(
                value = "Groups that get their own row in every quality table: source, length (groups by characters).",
                defaultValue = "[source, length]")
        List<String> slices,

        @Key(value = "Most removed documents to show in the report, 0 to 1000.", defaultValue = "20")
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

    private static final Set<String> SLICES = new LinkedHashSet<>(List.of("source", "length"));

    public ReportConfig {
        slices = List.copyOf(slices);
        Checks checks = new Checks().between(0, 1000, "examples", examples);
        for (int i = 0; i < slices.size(); i++) {
            checks.that(
                    SLICES.contains(slices.get(i)),
                    new Violation("slices[" + i + "]", slices.get(i), "one of " + String.join(", ", SLICES)));
        }
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
