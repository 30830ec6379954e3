package dev.stillhouse.student;

import dev.stillhouse.udfs.Link;
import java.io.Serializable;
import java.util.List;

/**
 * The parameters of a student while it is trained.
 *
 * @param ngrams {@code [n-grams][labels]}
 * @param vectors {@code [words][dimensions]}; no rows where the student has none
 * @param projection {@code [dimensions][labels]}; no rows where the student has no vectors
 * @param bias {@code [1][labels]}
 * @param link what logits become
 */
record Parameters(Table ngrams, Table vectors, Table projection, Table bias, Link link) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** All zero, without vectors, of probabilities that sum to 1. */
    static Parameters zero(int features, int labels) {
        return new Parameters(
                Table.zero(features, labels),
                Table.ofRows(new float[0], 1),
                Table.zero(0, labels),
                Table.zero(1, labels),
                Link.SOFTMAX);
    }

    /** All zero but the vectors, which begin as they are given; of probabilities that sum to 1. */
    static Parameters start(int features, int labels, Table vectors) {
        return new Parameters(
                Table.zero(features, labels),
                vectors,
                Table.zero(vectors.rows() == 0 ? 0 : vectors.columns(), labels),
                Table.zero(1, labels),
                Link.SOFTMAX);
    }

    /** The same parameters of another link. */
    Parameters linked(Link newLink) {
        return new Parameters(ngrams, vectors, projection, bias, newLink);
    }

    /** The tables in a fixed order. */
    List<Table> tables() {
        return List.of(ngrams, vectors, projection, bias);
    }

    Parameters copy() {
        return new Parameters(ngrams.copy(), vectors.copy(), projection.copy(), bias.copy(), link);
    }

    int labels() {
        return bias.columns();
    }

    boolean hasVectors() {
        return vectors.rows() > 0;
    }
}
