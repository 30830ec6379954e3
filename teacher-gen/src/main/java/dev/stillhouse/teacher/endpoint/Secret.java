package dev.stillhouse.teacher.endpoint;

import java.io.Serializable;

/** A key that travels to executors and is never shown. Serialisable. */
final class Secret implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String value;

    Secret(String value) {
        this.value = value;
    }

    /** The key itself. */
    String reveal() {
        return value;
    }

    @Override
    public String toString() {
        return "***";
    }
}
