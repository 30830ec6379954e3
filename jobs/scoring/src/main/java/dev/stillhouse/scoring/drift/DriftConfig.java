package dev.stillhouse.scoring.drift;

import dev.stillhouse.datasets.config.Checks;
import dev.stillhouse.datasets.config.Key;
import java.util.Optional;

/** The section {@code score.drift}: how far scored documents may be from those that the student was chosen on. */
public record DriftConfig(
        @Key(
                "Population stability index of the statistic that differs most, above which (and above its noise floor) scores are not published and the run ends with 3; greater than 0. Without it there is a warning above 0.25.")
        Optional<Double> failAbove) {
    /** The bound that is customary for the population stability index: a change that calls for action. */
    public static final double CUSTOMARY = 0.25;

    public DriftConfig {
        new Checks().positive("fail_above", failAbove).verify();
    }

    /** Drift is looked at, and warned of. */
    public static DriftConfig warning() {
        return new DriftConfig(Optional.empty());
    }

    /** What is called drift. */
    public double bound() {
        return failAbove.orElse(CUSTOMARY);
    }
}
