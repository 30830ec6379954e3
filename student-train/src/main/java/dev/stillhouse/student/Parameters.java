package dev.stillhouse.student;

import java.io.Serializable;
import java.util.List;

/**
 * The parameters of a student while it is trained.
 *
 * @param ngrams {@code [n-grams][labels]}
 * @param vectors {@code [words][dimensions]}; no rows where the student has none
 * @param projection {@code [dimensions][labels]}; no rows where the student has no vectors
 * @param bias {@code [1][labels]}
 */
record Parameters(Table ngrams, Table vectors, Table projection, Table bias) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** All zero, without vectors. */
    static Parameters zero(int features, int labels) {
        return new Parameters(
                Table.zero(features, labels),
                Table.ofRows(new float[0], 1),
                Table.zero(0, labels),
                Table.zero(1, labels));
    }

    /** All zero but the vectors, which begin as they are given. */
    static Parameters start(int features, int labels, Table vectors) {
        return new Parameters(
                Table.zero(features, labels),
                vectors,
                Table.zero(vectors.rows() == 0 ? 0 : vectors.columns(), labels),
                Table.zero(1, labels));
    }

    /** The tables in a fixed order. */
    List<Table> tables() {
        return List.of(ngrams, vectors, projection, bias);
    }

    Parameters copy() {
        return new Parameters(ngrams.copy(), vectors.copy(), projection.copy(), bias.copy());
    }

    /** The values as they are now, which training will not change. */
    Parameters snapshot() {
        return new Parameters(ngrams.snapshot(), vectors.snapshot(), projection.snapshot(), bias.snapshot());
    }

    int labels() {
        return bias.columns();
    }

    boolean hasVectors() {
        return vectors.rows() > 0;
    }

    /** Number of values in all tables. */
    long size() {
        return tables().stream().mapToLong(table -> table.values().length).sum();
    }
}
