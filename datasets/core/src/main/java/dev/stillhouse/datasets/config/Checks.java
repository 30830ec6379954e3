package dev.stillhouse.datasets.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Bounds of a configuration record, checked in its compact constructor: all are looked at before {@link #verify} throws, so a person sees every problem at once. Not
 * thread-safe; made for one record and thrown away.
 */
public final class Checks {
    private final List<Violation> violations = new ArrayList<>();

    /** The value of a key must be a whole number of at least {@code least}. */
    public Checks atLeast(long least, String key, long value) {
        return that(value >= least, new Violation(key, Long.toString(value), "at least " + least));
    }

    /** The value of a key, where it has one, must be a whole number of at least {@code least}. */
    public Checks atLeast(long least, String key, Optional<? extends Number> value) {
        value.ifPresent(number -> atLeast(least, key, number.longValue()));
        return this;
    }

    /** The value of a key must lie between two whole numbers, both included. */
    public Checks between(long least, long most, String key, long value) {
        return that(value >= least && value <= most, new Violation(key, Long.toString(value), least + " to " + most));
    }

    /** The value of a key must be a share: 0 to 1, both included. */
    public Checks share(String key, double value) {
        return that(value >= 0 && value <= 1, new Violation(key, Double.toString(value), "0 to 1"));
    }

    /** The value of a key, where it has one, must be a share: 0 to 1, both included. */
    public Checks share(String key, Optional<Double> value) {
        value.ifPresent(share -> share(key, share.doubleValue()));
        return this;
    }

    /** The value of a key, where it has one, must be greater than 0 and finite. */
    public Checks positive(String key, Optional<Double> value) {
        value.ifPresent(number -> that(
                number > 0 && number < Double.POSITIVE_INFINITY,
                new Violation(key, number.toString(), "greater than 0")));
        return this;
    }

    /** Adds the violation unless it {@code holds}. */
    public Checks that(boolean holds, Violation otherwise) {
        if (!holds) {
            violations.add(otherwise);
        }
        return this;
    }

    /**
     * Ends the checks.
     *
     * @throws InvalidRecordException with every violation, if there is one
     */
    public void verify() {
        if (!violations.isEmpty()) {
            throw new InvalidRecordException(violations);
        }
    }
}
