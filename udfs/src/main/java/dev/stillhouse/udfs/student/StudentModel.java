package dev.stillhouse.udfs.student;

import java.util.List;
import java.util.Map;

/**
 * A lexical student: a linear model over an explicit vocabulary of n-grams, the one canonical definition that every engine (Java kernel, ONNX graph, SQL plan) computes.
 *
 * <p>A text is folded ({@link FeatureSpec}), cut into words and n-grams, and every occurrence of an n-gram that is in a vocabulary is a hit. With {@code W} the weight rows, {@code h_w} and {@code h_c} the number of word and character
 * hits (with multiplicity), the logits of label {@code l} are
 *
 * <pre>z_l = bias_l + (sum over word hits of W_w[hit][l]) / sqrt(max(h_w, 1)) + (sum over character hits of W_c[hit][l]) / sqrt(max(h_c, 1))</pre>
 *
 * and the probabilities are {@code softmax(z / temperature)}. A text without hits gets {@code softmax(bias / temperature)}.
 *
 * <p>Immutable and safe for use by several threads; arrays are not copied and must not be written to.
 *
 * @param labels the labels, in the order of the probabilities; at least two, distinct
 * @param features how a text becomes n-grams
 * @param words the vocabulary of word n-grams and their weights
 * @param characters the vocabulary of character n-grams and their weights; empty where the model has none
 * @param bias {@code float[labels]}
 * @param temperature what logits are divided by, greater than 0
 * @param metadata provenance and anything else that travels in the file's {@code metadata_props}
 */
public record StudentModel(
        List<String> labels,
        FeatureSpec features,
        Block words,
        Block characters,
        float[] bias,
        float temperature,
        Map<String, String> metadata) {

    public StudentModel {
        labels = List.copyOf(labels);
        metadata = Map.copyOf(metadata);
        require(labels.size() >= 2, "labels", labels.size(), "at least 2");
        require(bias.length == labels.size(), "bias length", bias.length, "the number of labels, " + labels.size());
        require(temperature > 0 && Float.isFinite(temperature), "temperature", temperature, "> 0 and finite");
        words.check("words", labels.size());
        characters.check("characters", labels.size());
    }

    /** The same model with another temperature. */
    public StudentModel withTemperature(float newTemperature) {
        return new StudentModel(labels, features, words, characters, bias, newTemperature, metadata);
    }

    /** The same model with other weights for the same vocabularies. */
    public StudentModel withWeights(Weights wordWeights, Weights characterWeights) {
        return new StudentModel(
                labels,
                features,
                new Block(words.keys(), wordWeights),
                new Block(characters.keys(), characterWeights),
                bias,
                temperature,
                metadata);
    }

    /** The same model with other metadata. */
    public StudentModel withMetadata(Map<String, String> newMetadata) {
        return new StudentModel(labels, features, words, characters, bias, temperature, newMetadata);
    }

    private static void require(boolean condition, String noun, Object value, String rule) {
        if (!condition) {
            throw new IllegalArgumentException("Invalid " + noun + ": " + value + " (must be " + rule + ")");
        }
    }

    /**
     * A vocabulary and its weights, row by row.
     *
     * @param keys the n-grams, distinct, none empty; row {@code i} of the weights belongs to {@code keys[i]}
     * @param weights {@code keys.length} rows
     */
    public record Block(String[] keys, Weights weights) {
        public Block {
            require(
                    weights.rows() == keys.length,
                    "rows of weights",
                    weights.rows(),
                    "the number of keys, " + keys.length);
        }

        private void check(String noun, int labels) {
            require(
                    weights.columns() == labels,
                    "columns of the weights of " + noun,
                    weights.columns(),
                    "the number of labels, " + labels);
        }
    }

    /** Weights of {@code rows} n-grams for {@code columns} labels, row-major. */
    public sealed interface Weights permits Float32, Int8 {
        int rows();

        int columns();

        /** The weight of n-gram {@code row} for label {@code column}, dequantised. */
        float at(int row, int column);
    }

    /** Uncompressed weights, {@code values[row * columns + column]}. */
    public record Float32(float[] values, int columns) implements Weights {
        public Float32 {
            require(
                    columns > 0 && values.length % columns == 0,
                    "number of weights",
                    values.length,
                    "a multiple of columns, " + columns);
        }

        @Override
        public int rows() {
            return values.length / columns;
        }

        @Override
        public float at(int row, int column) {
            return values[row * columns + column];
        }
    }

    /** Symmetric int8 weights with a scale for each row: weight = {@code scales[row] * values[row * columns + column]}, values in [-127, 127]. */
    public record Int8(byte[] values, float[] scales, int columns) implements Weights {
        public Int8 {
            require(
                    columns > 0 && values.length == scales.length * columns,
                    "number of weights",
                    values.length,
                    "rows times columns, " + scales.length + " * " + columns);
        }

        @Override
        public int rows() {
            return scales.length;
        }

        @Override
        public float at(int row, int column) {
            return scales[row] * values[row * columns + column];
        }
    }
}
