package dev.stillhouse.udfs;

import java.util.List;

/**
 * A model as a function from text to probabilities, tokenising included: what throughput is measured on and what teachers and students have in common. Implementations
 * are safe for use by several threads at once.
 */
public interface TextScorer {

    /** The labels, in the order of the probabilities. */
    List<String> labels();

    /**
     * Scores a batch.
     *
     * @param texts any strings, none null; an empty one gets the probabilities of a text without evidence
     * @return {@code float[texts][labels]}, each row summing to 1
     */
    float[][] probabilities(List<String> texts);
}
