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
 * Continues an encoder's graph from its layers: hidden states are pooled as the encoder's {@link Reading} says and made unit vectors, {@code v = m / |m|}. What is added are operators that mean the same in every opset from 9 on. Not safe for use by several threads.
 */
public final class EncoderStudentWriter {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LOGITS = "logits";
    private static final String MASK = "attention_mask";

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
            vectors.add(vector(graph, layer));
        }
        graph.node(operator("Concat", attribute("axis", 1)), LOGITS, vectors.toArray(String[]::new));
        graph.output(LOGITS, TensorProto.DataType.FLOAT, layers.count() * layers.dimensions());
        return whole.toBuilder().setGraph(graph.graph()).build().toByteArray();
    }

    /**
     * The encoder up to a layer with a head on its vectors: {@code probabilities float[batch, labels]} and {@code label string[batch]}. Equal students give equal bytes.
     *
     * @param layer from 1
     * @param labels in the order of the probabilities
     * @param provenance the student's own metadata
     */
    public byte[] student(int layer, EncoderHead head, List<String> labels, Map<String, String> provenance) {
        ModelProto cut = layers.upTo(layer);
        GraphWriter graph = new GraphWriter(cut.getGraph());
        String vector = vector(graph, layer);
        String weights = graph.floats("student.weights", head.transposed(), layers.dimensions(), labels.size());
        String bias = graph.floats("student.bias", head.bias(), labels.size());
        String temperature = graph.floats("student.temperature", new float[] {head.temperature()}, 1);
        String product = graph.node("MatMul", "student.product", vector, weights);
        String logits = graph.node("Add", "student.logits", product, bias);
        String cooled = graph.node("Div", "student.cooled", logits, temperature);
        graph.node(operator("Softmax", attribute("axis", 1)), StudentFile.PROBABILITIES, cooled);
        String best = graph.node(
                operator("ArgMax", attribute("axis", 1), attribute("keepdims", 0)),
                "student.best",
                StudentFile.PROBABILITIES);
        graph.node("Gather", StudentFile.LABEL, graph.strings("student.labels", labels), best);
        graph.output(StudentFile.PROBABILITIES, TensorProto.DataType.FLOAT, labels.size());
        graph.output(StudentFile.LABEL, TensorProto.DataType.STRING, 0);
        ModelProto.Builder file =
                cut.toBuilder().setProducerName(StudentFile.PRODUCER).setGraph(graph.graph());
        metadata(layer, head, labels, provenance)
                .forEach((key, value) -> file.addMetadataProps(
                        StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return file.build().toByteArray();
    }

    /** The unit vector that a layer gives of each text, {@code float[batch, dimensions]}. */
    private String vector(GraphWriter graph, int layer) {
        String at = "student.layer" + layer;
        String hidden = layers.value(layer);
        String pooled = spec.reading() == Reading.CLS
                ? graph.node(
                        operator("Gather", attribute("axis", 1)),
                        at + ".first",
                        hidden,
                        graph.longScalar("student.zero", 0))
                : mean(graph, at, hidden);
        return graph.node(operator("LpNormalization", attribute("axis", 1), attribute("p", 2)), at + ".unit", pooled);
    }

    /** The sum of a text's token vectors, by a product with the mask; dividing it by their number would change no unit vector. */
    private String mean(GraphWriter graph, String at, String hidden) {
        String mask = at + ".mask";
        graph.cast(mask + ".float", MASK, TensorProto.DataType.FLOAT);
        graph.node("Reshape", mask, mask + ".float", graph.longs("student.row", 0, 1, -1));
        graph.node("MatMul", at + ".sum", mask, hidden);
        return graph.node("Reshape", at + ".pooled", at + ".sum", graph.longs("student.flat", -1, layers.dimensions()));
    }

    private Map<String, String> metadata(
            int layer, EncoderHead head, List<String> labels, Map<String, String> provenance) {
        Map<String, String> metadata = new TreeMap<>(provenance);
        metadata.put(StudentFile.META_FORMAT, EncoderFile.FORMAT_VERSION);
        metadata.put(StudentFile.META_TEMPERATURE, Float.toString(head.temperature()));
        metadata.put(EncoderFile.META_KIND, EncoderFile.KIND);
        metadata.put(EncoderFile.META_ENCODER, spec.name());
        metadata.put(EncoderFile.META_LAYER, Integer.toString(layer));
        metadata.put(EncoderFile.META_LAYERS, Integer.toString(layers.count()));
        metadata.put(EncoderFile.META_MAX_TOKENS, Integer.toString(spec.maxTokens()));
        metadata.put(EncoderFile.META_PREFIX, spec.prefix());
        try {
            metadata.put(StudentFile.META_LABELS, JSON.writeValueAsString(labels));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write labels as JSON", e);
        }
        return metadata;
    }
}
