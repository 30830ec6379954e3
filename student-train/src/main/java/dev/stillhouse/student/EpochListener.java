package dev.stillhouse.student;

/** Is told after each pass how far training has come. */
@FunctionalInterface
public interface EpochListener {
    /** Is told and does nothing. */
    EpochListener NONE = epoch -> {};

    /** A pass has ended. */
    void epoch(Epoch epoch);

    /**
     * A pass over the fit part.
     *
     * @param variant of the student, such as "words and characters"
     * @param number from 1
     * @param most passes that are allowed
     * @param loss mean soft cross-entropy on the select part, in nats
     * @param agreement share of the select part's documents with the target's most probable label
     */
    record Epoch(String variant, int number, int most, double loss, double agreement) {}
}
