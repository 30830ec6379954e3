package dev.stillhouse.student.export;

import static dev.stillhouse.student.export.GraphWriter.attribute;
import static dev.stillhouse.student.export.GraphWriter.operator;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stillhouse.udfs.onnx.EncoderLayers;
import dev.stillhouse.udfs.onnx.EncoderSpec;
import dev.stillhouse.udfs.onnx.Reading;
import dev.stillhouse.udfs.student.EncoderFile;
import dev.stillhouse.udfs.student.StudentFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Continues an encoder's graph from its layers: hidden states are pooled as the encoder's {@link Reading} says and made unit vectors, {@code v = m / |m|}. What is added are operators that mean the same in every opset from 9 on, and for exits from 11 on. Not safe for use by several threads.
 */
public final class EncoderStudentWriter {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LOGITS = "logits";

    private final EncoderLayers layers;
    private final EncoderSpec spec;

    /**
     * @param spec the encoder
     * @param layers of it
     */
    public EncoderStudentWriter(EncoderSpec spec, EncoderLayers layers) {
        this.spec = spec;
        this.layers = layers;
    }

    /** The encoder with the unit vectors of all layers after each other as its output: {@code logits float[batch, layers * dimensions]}. */
    public byte[] vectors() {
        ModelProto whole = layers.upTo(layers.count());
        GraphWriter graph = new GraphWriter(whole.getGraph());
        List<String> vectors = new ArrayList<>();
        for (int layer = 1; layer <= layers.count(); layer++) {
            vectors.add(heads(graph).vector("student.layer" + layer, layers.value(layer), HeadNodes.MASK));
        }
        graph.node(operator("Concat", attribute("axis", 1)), LOGITS, vectors.toArray(String[]::new));
        graph.output(LOGITS, TensorProto.DataType.FLOAT, layers.count() * layers.dimensions());
        return whole.toBuilder().setGraph(graph.graph()).build().toByteArray();
    }

    /**
     * The encoder up to a layer with a head on its vectors, and exits before it: {@code probabilities float[batch, labels]} and {@code label string[batch]}. Equal students give equal bytes.
     *
     * @param labels in the order of the probabilities
     * @param provenance the student's own metadata
     * @throws IllegalArgumentException if there are early exits and {@link #canExit} says no
     */
    public byte[] student(EncoderHeads heads, List<String> labels, Map<String, String> provenance) {
        if (!heads.early().isEmpty() && !canExit()) {
            throw new IllegalArgumentException("Cannot write early exits into a graph of opset " + layers.opset()
                    + ", expected " + ExitNodes.LEAST_OPSET + " or later and layers that give one value each");
        }
        ModelProto cut = layers.upTo(heads.first());
        GraphWriter graph = new GraphWriter(cut.getGraph());
        String given = new ExitNodes(graph, layers, heads(graph)).probabilities(heads);
        graph.node("Identity", StudentFile.PROBABILITIES, given);
        String best = graph.node(
                operator("ArgMax", attribute("axis", 1), attribute("keepdims", 0)),
                "student.best",
                StudentFile.PROBABILITIES);
        graph.node("Gather", StudentFile.LABEL, graph.strings("student.labels", labels), best);
        graph.output(StudentFile.PROBABILITIES, TensorProto.DataType.FLOAT, labels.size());
        graph.output(StudentFile.LABEL, TensorProto.DataType.STRING, 0);
        ModelProto.Builder file =
                cut.toBuilder().setProducerName(StudentFile.PRODUCER).setGraph(graph.graph());
        metadata(heads, labels, provenance)
                .forEach((key, value) -> file.addMetadataProps(
                        StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return file.build().toByteArray();
    }

    /** Whether texts may leave early: the graph's operators must have what puts rows back in their places, and its layers must be apart. */
    public boolean canExit() {
        return layers.opset() >= ExitNodes.LEAST_OPSET && layers.areSeparable();
    }

    private HeadNodes heads(GraphWriter graph) {
        return new HeadNodes(graph, spec.reading(), layers.dimensions());
    }

    private Map<String, String> metadata(EncoderHeads heads, List<String> labels, Map<String, String> provenance) {
        Map<String, String> metadata = new TreeMap<>(provenance);
        metadata.put(StudentFile.META_FORMAT, EncoderFile.FORMAT_VERSION);
        metadata.put(StudentFile.META_TEMPERATURE, Float.toString(heads.head().temperature()));
        metadata.put(EncoderFile.META_KIND, EncoderFile.KIND);
        metadata.put(EncoderFile.META_ENCODER, spec.name());
        metadata.put(EncoderFile.META_LAYER, Integer.toString(heads.layer()));
        metadata.put(EncoderFile.META_LAYERS, Integer.toString(layers.count()));
        metadata.put(EncoderFile.META_MAX_TOKENS, Integer.toString(spec.maxTokens()));
        metadata.put(EncoderFile.META_PREFIX, spec.prefix());
        try {
            metadata.put(StudentFile.META_LABELS, JSON.writeValueAsString(labels));
            metadata.put(
                    EncoderFile.META_EXITS,
                    JSON.writeValueAsString(
                            heads.early().stream().map(EncoderHeads.Early::exit).toList()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write labels and exits as JSON", e);
        }
        return metadata;
    }
}
