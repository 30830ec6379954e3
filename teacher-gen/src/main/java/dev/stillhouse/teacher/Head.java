package dev.stillhouse.teacher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillhouse.udfs.Decision;
import dev.stillhouse.udfs.Link;
import dev.stillhouse.udfs.ThresholdsJson;
import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A linear model over embeddings: its outputs are what its link makes of {@code W v + b}, such as {@code p = softmax((W v + b) / temperature)}, computed in double precision. Immutable by agreement (arrays are not copied), safe for use by several threads, serialisable.
 *
 * @param labels in the order of the outputs, sorted by their UTF-16 units, as many as the link allows
 * @param weights {@code float[labels][dimensions]}
 * @param bias {@code float[labels]}
 * @param temperature greater than 0
 * @param decision how outputs are read
 */
public record Head(List<String> labels, float[][] weights, float[] bias, float temperature, Decision decision)
        implements Serializable {
    private static final ObjectMapper JSON = new ObjectMapper();

    public Head {
        labels = List.copyOf(labels);
        if (!decision.link().allows(labels.size()) || weights.length != labels.size() || bias.length != labels.size()) {
            throw new IllegalArgumentException("Invalid head: " + labels.size() + " labels, " + weights.length
                    + " rows of weights, " + bias.length + " biases (must be equal numbers, at least "
                    + decision.link().fewest() + ")");
        }
        for (float[] row : weights) {
            if (row.length != weights[0].length) {
                throw new IllegalArgumentException("Invalid head: rows of " + weights[0].length + " and " + row.length
                        + " weights (must be of one length)");
            }
        }
        if (!(temperature > 0) || !Float.isFinite(temperature)) {
            throw new IllegalArgumentException("Invalid temperature: " + temperature + " (must be > 0 and finite)");
        }
    }

    /** A head whose probabilities sum to 1. */
    public Head(List<String> labels, float[][] weights, float[] bias, float temperature) {
        this(labels, weights, bias, temperature, Decision.by(Link.SOFTMAX));
    }

    /** Length of the vectors it takes. */
    public int dimensions() {
        return weights[0].length;
    }

    /** Number of weights and biases. */
    public long parameters() {
        return (long) labels.size() * (dimensions() + 1);
    }

    /** The head that takes logits as they are, in the order of {@code outputs}, at temperature 1. */
    static Head identity(Link link, List<String> outputs) {
        List<String> labels = outputs.stream().sorted().toList();
        float[][] weights = new float[labels.size()][labels.size()];
        for (int label = 0; label < weights.length; label++) {
            weights[label][outputs.indexOf(labels.get(label))] = 1;
        }
        return new Head(labels, weights, new float[labels.size()], 1, Decision.by(link));
    }

    /** The same head with another temperature. */
    public Head withTemperature(float newTemperature) {
        return new Head(labels, weights, bias, newTemperature, decision);
    }

    /** The same head, its outputs read in another way. */
    Head withDecision(Decision newDecision) {
        return new Head(labels, weights, bias, temperature, newDecision);
    }

    /**
     * The outputs of one document.
     *
     * @param embedding {@code float[dimensions]}
     * @return {@code float[labels]}
     * @throws IllegalArgumentException if the vector has another length
     */
    public float[] probabilities(float[] embedding) {
        double[] exact = decision.link().outputs(logits(embedding), temperature);
        float[] probabilities = new float[exact.length];
        for (int label = 0; label < exact.length; label++) {
            probabilities[label] = (float) exact[label];
        }
        return probabilities;
    }

    /** {@code W v + b}, before the temperature. */
    double[] logits(float[] embedding) {
        if (embedding.length != dimensions()) {
            throw new IllegalArgumentException(
                    "Invalid embedding: " + embedding.length + " dimensions (must be " + dimensions() + ")");
        }
        double[] logits = new double[labels.size()];
        for (int label = 0; label < logits.length; label++) {
            float[] row = weights[label];
            double sum = bias[label];
            for (int d = 0; d < row.length; d++) {
                sum += (double) row[d] * embedding[d];
            }
            logits[label] = sum;
        }
        return logits;
    }

    /** The head as JSON, as {@link #toTree} says. Equal heads give equal bytes. */
    byte[] toJson() {
        try {
            return JSON.writeValueAsBytes(toTree());
        } catch (IOException e) {
            throw new IllegalStateException("Cannot write a head as JSON: " + e.getMessage(), e);
        }
    }

    /** Dimensions, temperature, link, thresholds, labels, bias as numbers, weights as Base64 of little-endian float32, row-major. */
    ObjectNode toTree() {
        ObjectNode root = JSON.createObjectNode();
        root.put("dimensions", dimensions()).put("temperature", temperature);
        root.put("link", decision.link().key());
        root.set("thresholds", ThresholdsJson.write(decision.thresholds()));
        ArrayNode names = root.putArray("labels");
        labels.forEach(names::add);
        ArrayNode biases = root.putArray("bias");
        for (float value : bias) {
            biases.add(value);
        }
        ByteBuffer bytes =
                ByteBuffer.allocate(labels.size() * dimensions() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float[] row : weights) {
            for (float value : row) {
                bytes.putFloat(value);
            }
        }
        return root.put("weights", Base64.getEncoder().encodeToString(bytes.array()));
    }

    /**
     * Reads what {@link #toTree} wrote.
     *
     * @throws IllegalArgumentException if it is something else
     */
    static Head fromTree(JsonNode root) {
        try {
            List<String> labels = new ArrayList<>();
            root.path("labels").forEach(label -> labels.add(label.asText()));
            float[] bias = new float[root.path("bias").size()];
            for (int i = 0; i < bias.length; i++) {
                bias[i] = (float) root.path("bias").get(i).asDouble();
            }
            int dimensions = root.path("dimensions").asInt();
            byte[] content = root.path("weights").binaryValue();
            if (content == null || content.length != labels.size() * dimensions * Float.BYTES) {
                throw new IllegalArgumentException("Invalid head: weights of another number than " + labels.size()
                        + " labels of " + dimensions + " dimensions");
            }
            ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
            float[][] weights = new float[labels.size()][dimensions];
            for (float[] row : weights) {
                for (int d = 0; d < dimensions; d++) {
                    row[d] = bytes.getFloat();
                }
            }
            return new Head(
                    labels,
                    weights,
                    bias,
                    (float) root.path("temperature").asDouble(),
                    new Decision(Link.of(root.path("link").asText()), ThresholdsJson.read(root.path("thresholds"))));
        } catch (IOException e) {
            throw new IllegalArgumentException("Invalid head: weights are no Base64", e);
        }
    }
}
