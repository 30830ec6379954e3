package dev.stillhouse.datasets.config;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration record was made with values outside their bounds. Holds all of them, so that a reader of task files can say where each stands. */
public final class InvalidRecordException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient List<Violation> violations;

    InvalidRecordException(List<Violation> violations) {
        super(violations.stream()
                .map(violation -> violation.message(violation.key()))
                .collect(Collectors.joining("; ")));
        this.violations = List.copyOf(violations);
    }

    /** Every value out of bounds, in the order in which they were checked; never empty. */
    public List<Violation> violations() {
        return violations;
    }
}
