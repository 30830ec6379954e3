package dev.stillhouse.udfs;

import java.util.List;

/**
 * A model as a function from text to probabilities, or to a score, tokenising included: what throughput is measured on and what teachers and students have in common. Implementations
 * are safe for use by several threads at once.
 */
public interface TextScorer {

    /** The labels, in the order of the probabilities; one name where the output is a score. */
    List<String> labels();

    /** How outputs are read: which of them sum to 1, and from where on one counts. */
    default Decision decision() {
        return Decision.by(Link.SOFTMAX);
    }

    /**
     * Scores a batch.
     *
     * @param texts any strings, none null; an empty one gets the probabilities of a text without evidence
     * @return {@code float[texts][labels]}, each row summing to 1 where the link is {@link Link#SOFTMAX}
     */
    float[][] probabilities(List<String> texts);
}
