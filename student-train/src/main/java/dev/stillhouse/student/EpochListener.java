package dev.stillhouse.student;

/** Is told after each pass how far training has come. */
@FunctionalInterface
public interface EpochListener {
    /**
     * A pass has ended.
     *
     * @param epoch its number, from 1
     * @param most passes that are allowed
     * @param loss mean soft cross-entropy on the select part, in nats
     * @param agreement share of the select part's documents with the target's most probable label
     */
    void epoch(int epoch, int most, double loss, double agreement);
}
