package dev.stillhouse.student;

import dev.stillhouse.udfs.Decision;
import dev.stillhouse.udfs.Link;
import dev.stillhouse.udfs.student.StudentModel;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

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

    /** The values as they are now, which training will not change. */
    Parameters snapshot() {
        return new Parameters(ngrams.snapshot(), vectors.snapshot(), projection.snapshot(), bias.snapshot(), link);
    }

    /** Makes an earlier snapshot one of the values as they are now: of many labels there is no memory for a third one. */
    void snapshotTo(Parameters earlier) {
        List<Table> into = earlier.tables();
        for (int table = 0; table < into.size(); table++) {
            tables().get(table).snapshotTo(into.get(table));
        }
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

    /** The student that these are the parameters of, with temperature 1; may share their arrays. */
    StudentModel model(Vocabulary vocabulary, List<String> labels) {
        float[] ngrams = scaled(vocabulary.scales(), labels.size());
        int words = vocabulary.words().length * labels.size();
        boolean cut = vocabulary.characters().length > 0;
        float[] wordWeights = cut ? Arrays.copyOfRange(ngrams, 0, words) : ngrams;
        float[] characterWeights = cut ? Arrays.copyOfRange(ngrams, words, ngrams.length) : new float[0];
        return new StudentModel(
                labels,
                vocabulary.features(),
                block(vocabulary.words(), wordWeights, labels.size()),
                block(vocabulary.characters(), characterWeights, labels.size()),
                vectors(vocabulary),
                bias.values(),
                1,
                Decision.by(link),
                Map.of());
    }

    /** Weights of values as a student's kernel counts them. */
    private float[] scaled(float[] scales, int labels) {
        float[] values = ngrams.values();
        if (scales.length == 0) {
            return values;
        }
        float[] scaled = new float[values.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = values[i] * scales[i / labels];
        }
        return scaled;
    }

    private StudentModel.Vectors vectors(Vocabulary vocabulary) {
        return hasVectors()
                ? new StudentModel.Vectors(
                        block(vocabulary.vectorWords(), vectors.values(), vectors.columns()), projection.values())
                : StudentModel.Vectors.none();
    }

    private static StudentModel.Block block(String[] keys, float[] weights, int columns) {
        return new StudentModel.Block(keys, new StudentModel.Float32(weights, columns));
    }
}
