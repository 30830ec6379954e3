package dev.stillhouse.teacher.endpoint;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** A server that answers, though not what was asked, and may do so later. Its message is without the server's own words. */
final class BusyException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String words;
    private final long pauseMillis;

    /**
     * @param words of the server, which may repeat the text that it was asked about; empty where it gives none
     */
    BusyException(String message, String words, Optional<Duration> pause) {
        super(message);
        this.words = words;
        this.pauseMillis = pause.map(Duration::toMillis).orElse(-1L);
    }

    /** The message and the server's words. */
    String inFull() {
        return getMessage() + words;
    }

    /** How long the server asks to be left alone; empty where it does not say. */
    Optional<Duration> pause() {
        return pauseMillis < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(pauseMillis));
    }
}
