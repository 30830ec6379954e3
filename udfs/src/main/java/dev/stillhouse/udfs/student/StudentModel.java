package dev.stillhouse.udfs.student;

import dev.stillhouse.udfs.Decision;
import dev.stillhouse.udfs.Link;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A student: a linear model over an explicit vocabulary of n-grams, over the pooled static vectors of words, or over both; the one canonical definition that every engine (Java kernel, ONNX graph, SQL plan) computes.
 *
 * <p>A text is folded ({@link FeatureSpec}), cut into words and n-grams, and every occurrence of an n-gram that is in a vocabulary is a hit. With {@code W} the weight rows, {@code h_w} and {@code h_c} the number of word and character
 * hits (with multiplicity), the logits of label {@code l} are
 *
 * <pre>z_l = bias_l + (sum over word hits of W_w[hit][l]) / sqrt(max(h_w, 1)) + (sum over character hits of W_c[hit][l]) / sqrt(max(h_c, 1))
 *       + (sum over dimensions d of p_d * P[d][l]),   p = s / sqrt(|s|^2 + c^2),   s = sum over single words that have a vector of V[word]</pre>
 *
 * where {@code V} are the static vectors, {@code P} their {@linkplain Vectors#projection projection}, and {@code c} is {@value #POOLING_FLOOR}, so that a text of nothing but weak words has a small {@code p} and not a random direction; and the outputs are what the {@linkplain Link link} makes of {@code z}: probabilities {@code softmax(z / temperature)}, independent ones, or {@code z} itself, a score. A text without hits gets what the link makes of {@code bias}.
 *
 * <p>Immutable and safe for use by several threads; arrays are not copied and must not be written to.
 *
 * @param labels the labels, in the order of the outputs, distinct; at least two where one is chosen, one where each is decided on its own, and {@link #SCORE} alone where the output is a score
 * @param features how a text becomes n-grams
 * @param words the vocabulary of word n-grams and their weights
 * @param characters the vocabulary of character n-grams and their weights; empty where the model has none
 * @param vectors the static vectors of words; none where the model has none
 * @param bias {@code float[labels]}
 * @param temperature what logits are divided by, greater than 0; 1 where the output is a score
 * @param decision the link, and from where on an output counts
 * @param metadata provenance and anything else that travels in the file's {@code metadata_props}
 */
public record StudentModel(
        List<String> labels,
        FeatureSpec features,
        Block words,
        Block characters,
        Vectors vectors,
        float[] bias,
        float temperature,
        Decision decision,
        Map<String, String> metadata) {

    /** The one label of a student whose output is a score. */
    public static final String SCORE = "score";

    /** What keeps the length of a pooled vector away from zero; vectors of telling words have a length of about 1. */
    public static final double POOLING_FLOOR = 0.1;

    public StudentModel {
        labels = List.copyOf(labels);
        metadata = Map.copyOf(metadata);
        Link link = decision.link();
        require(
                link.allows(labels.size()),
                "labels",
                labels.size(),
                link == Link.IDENTITY ? "1" : "at least " + link.fewest());
        require(bias.length == labels.size(), "bias length", bias.length, "the number of labels, " + labels.size());
        require(temperature > 0 && Float.isFinite(temperature), "temperature", temperature, "> 0 and finite");
        words.check("words", labels.size());
        characters.check("characters", labels.size());
        vectors.check(labels.size());
    }

    /** A student whose probabilities sum to 1. */
    public StudentModel(
            List<String> labels,
            FeatureSpec features,
            Block words,
            Block characters,
            Vectors vectors,
            float[] bias,
            float temperature,
            Map<String, String> metadata) {
        this(labels, features, words, characters, vectors, bias, temperature, Decision.by(Link.SOFTMAX), metadata);
    }

    /** The same model with another temperature. */
    public StudentModel withTemperature(float newTemperature) {
        return new StudentModel(labels, features, words, characters, vectors, bias, newTemperature, decision, metadata);
    }

    /** The same model, its outputs read in another way. */
    public StudentModel withDecision(Decision newDecision) {
        return new StudentModel(labels, features, words, characters, vectors, bias, temperature, newDecision, metadata);
    }

    /** The same model with the weights of every vocabulary changed. */
    public StudentModel withWeights(UnaryOperator<Weights> change) {
        return new StudentModel(
                labels,
                features,
                words.with(change),
                characters.with(change),
                new Vectors(vectors.entries().with(change), vectors.projection()),
                bias,
                temperature,
                decision,
                metadata);
    }

    /** Weights, biases and vectors' values, those that a text cannot reach included. */
    public long parameters() {
        return words.values()
                + characters.values()
                + vectors.entries().values()
                + vectors.projection().length
                + labels.size();
    }

    /** The same model with other metadata. */
    public StudentModel withMetadata(Map<String, String> newMetadata) {
        return new StudentModel(labels, features, words, characters, vectors, bias, temperature, decision, newMetadata);
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
    public record Block(String[] keys, Weights weights) implements Serializable {
        private static final long serialVersionUID = 1L;

        public Block {
            require(
                    weights.rows() == keys.length,
                    "rows of weights",
                    weights.rows(),
                    "the number of keys, " + keys.length);
        }

        /** No entries. */
        public static Block none(int columns) {
            return new Block(new String[0], new Float32(new float[0], columns));
        }

        public boolean isEmpty() {
            return keys.length == 0;
        }

        private Block with(UnaryOperator<Weights> change) {
            return isEmpty() ? this : new Block(keys, change.apply(weights));
        }

        private long values() {
            return (long) keys.length * weights.columns();
        }

        private void check(String noun, int labels) {
            require(
                    weights.columns() == labels,
                    "columns of the weights of " + noun,
                    weights.columns(),
                    "the number of labels, " + labels);
        }
    }

    /**
     * The static vectors of single words, with the words' weights (smooth inverse frequency) already in them, and the linear layer on top of their pooled sum.
     *
     * @param entries a vector for each word, {@code [words][dimensions]}
     * @param projection {@code float[dimensions * labels]}, row-major; empty where there are no entries
     */
    public record Vectors(Block entries, float[] projection) implements Serializable {
        private static final long serialVersionUID = 1L;

        /** No vectors. */
        public static Vectors none() {
            return new Vectors(Block.none(1), new float[0]);
        }

        public boolean isEmpty() {
            return entries.isEmpty();
        }

        /** Length of each vector. */
        public int dimensions() {
            return entries.weights().columns();
        }

        private void check(int labels) {
            int values = isEmpty() ? 0 : Math.multiplyExact(dimensions(), labels);
            require(
                    projection.length == values,
                    "length of the projection of vectors",
                    projection.length,
                    "dimensions times labels, " + values);
        }
    }

    /** Weights of {@code rows} n-grams for {@code columns} labels, row-major. */
    public sealed interface Weights extends Serializable permits Float32, Int8 {
        int rows();

        int columns();

        /** The weight of n-gram {@code row} for label {@code column}, dequantised. */
        float at(int row, int column);
    }

    /** Uncompressed weights, {@code values[row * columns + column]}. */
    public record Float32(float[] values, int columns) implements Weights {
        private static final long serialVersionUID = 1L;

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
        private static final long serialVersionUID = 1L;

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
