package dev.stillhouse.scoring.cascade;

import java.util.OptionalDouble;

/** A threshold that a sample has shown to keep a promise. */
public sealed interface Choice permits ThresholdChoice, LabelChoice {
    /** Documents of at least this sureness are the student's, or selected; absent where no threshold keeps the promise. */
    OptionalDouble threshold();

    /** What is kept. */
    Promise promise();

    /** Documents of the sample for which it is broken. */
    long wrong();

    /** Documents of the sample that count. */
    long among();

    /** The share that is shown, at least: of a source without end that the scored documents are a sample of. */
    double expected();

    /** Whether a document is on the threshold's side. */
    default boolean isAbove(double sureness) {
        return threshold().isPresent() && sureness >= threshold().getAsDouble();
    }
}
