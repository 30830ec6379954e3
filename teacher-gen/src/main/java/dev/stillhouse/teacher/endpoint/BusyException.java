package dev.stillhouse.teacher.endpoint;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** A server that may answer later. */
final class BusyException extends IOException {
    private static final long serialVersionUID = 1L;

    private final long pauseMillis;

    BusyException(int status, Optional<Duration> pause) {
        super("HTTP " + status);
        this.pauseMillis = pause.map(Duration::toMillis).orElse(-1L);
    }

    /** How long the server asks to be left alone; empty where it does not say. */
    Optional<Duration> pause() {
        return pauseMillis < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(pauseMillis));
    }
}
