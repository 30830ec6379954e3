package dev.stillhouse.teacher.outputs;

import java.util.Optional;

/**
 * What running texts is going to cost, as far as it can be told.
 *
 * @param seconds wall time on all processors
 * @param tokens tokens of questions to a server, guessed from their length
 * @param money what these cost, without the answers
 * @param currency of the money
 */
public record Cost(Optional<Double> seconds, Optional<Long> tokens, Optional<Double> money, String currency) {
    /** Nothing can be told. */
    public static final Cost UNKNOWN = new Cost(Optional.empty(), Optional.empty(), Optional.empty(), "");

    /** Time alone. */
    public static Cost ofSeconds(double seconds) {
        return new Cost(Optional.of(seconds), Optional.empty(), Optional.empty(), "");
    }
}
