package dev.stillhouse.udfs.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.stillhouse.udfs.errors.DataException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The layers of a transformer, found in its ONNX graph by structure, whatever its nodes are called: every attention (a {@code Softmax}, or a fused operator) is a layer's, and what the layer before it gives is the last value through which all that the attention reads of the
 * tokens passes, and all that the encoder's output reads too. The last layer gives the encoder's output. Values follow the tokens only: masks and shapes go around layers.
 */
public final class EncoderLayers {
    private static final List<String> OUTPUTS = List.of("last_hidden_state", "token_embeddings");
    private static final Set<String> TOKENS = Set.of(EncoderShape.IDS, EncoderShape.TYPES);
    private static final Set<String> ATTENTION =
            Set.of("Softmax", "Attention", "QAttention", "MultiHeadAttention", "GroupQueryAttention");
    private static final Set<String> SHAPES = Set.of("Shape", "Size");
    /** What makes integers of a value, which is read by integer kernels alone. */
    private static final Set<String> QUANTISING = Set.of("DynamicQuantizeLinear", "QuantizeLinear");

    private final ModelProto model;
    private final ValueInfoProto output;
    private final List<String> values;

    private EncoderLayers(ModelProto model, ValueInfoProto output, List<String> values) {
        this.model = model;
        this.output = output;
        this.values = values;
    }

    /**
     * Finds the layers, and runs the encoder once to see that each gives a vector a token.
     *
     * @throws DataException if the file is no ONNX file, has no output with a vector a token of fixed length, no layers, or layers that are not in float32 or not as wide as its output
     */
    public static EncoderLayers of(EncoderSpec spec) {
        EncoderLayers layers = of(spec.name(), spec.files().model());
        new LayerProbe(spec.name(), layers).check();
        return layers;
    }

    private static EncoderLayers of(String name, byte[] file) {
        ModelProto model = parse(name, file);
        ValueInfoProto output = output(name, model.getGraph());
        List<String> values = new Dominators(model.getGraph()).layers(output.getName());
        if (values.isEmpty()) {
            throw new DataException("Cannot cut encoder " + name
                    + " into layers: no attention stands between its tokens and its output " + output.getName()
                    + ". Choose student.kind lexical, static or hybrid, or a teacher.model that is a transformer");
        }
        return new EncoderLayers(model, output, values);
    }

    private static ModelProto parse(String name, byte[] file) {
        try {
            return ModelProto.parseFrom(file);
        } catch (InvalidProtocolBufferException e) {
            throw new DataException(
                    "Cannot read encoder " + name + ": its model file is no ONNX file (" + e.getMessage() + ")", e);
        }
    }

    private static ValueInfoProto output(String name, GraphProto graph) {
        for (String wanted : OUTPUTS) {
            for (ValueInfoProto found : graph.getOutputList()) {
                if (found.getName().equals(wanted) && dimensions(found) > 0) {
                    return found;
                }
            }
        }
        throw new DataException("Cannot cut encoder " + name + " into layers: its outputs are "
                + graph.getOutputList().stream().map(ValueInfoProto::getName).toList() + ", expected one of " + OUTPUTS
                + " [batch, tokens, dimensions], with fixed dimensions. Export the model for feature extraction");
    }

    private static int dimensions(ValueInfoProto value) {
        var shape = value.getType().getTensorType().getShape();
        return shape.getDimCount() == 3 ? (int) shape.getDim(2).getDimValue() : 0;
    }

    /** How many layers. */
    public int count() {
        return values.size();
    }

    /** Length of a token's vector in every layer. */
    public int dimensions() {
        return dimensions(output);
    }

    /**
     * The name of what a layer gives, {@code float[batch][tokens][dimensions]}.
     *
     * @param layer from 1
     */
    public String value(int layer) {
        return values.get(layer - 1);
    }

    /** The model up to a layer: no outputs yet, nothing that only later layers need. */
    public ModelProto upTo(int layer) {
        GraphProto part = GraphCut.to(model.getGraph(), List.of(value(layer)));
        return model.toBuilder().setGraph(part).clearMetadataProps().build();
    }

    /**
     * What computes a layer's value from that of a layer before it: the nodes of the layers between, and those of masks and shapes again; no outputs.
     *
     * @param from less than {@code to}
     */
    public GraphProto between(int from, int to) {
        return GraphCut.to(model.getGraph(), List.of(value(to)), Set.of(value(from)));
    }

    /** Whether layers can be run from what the one before them gave: no node that gives a layer's value gives anything else that is read, as fused nodes may. */
    public boolean areSeparable() {
        Set<String> read = new HashSet<>();
        model.getGraph().getNodeList().forEach(node -> read.addAll(node.getInputList()));
        return model.getGraph().getNodeList().stream()
                .filter(node -> node.getOutputList().stream().anyMatch(values::contains))
                .flatMap(node -> node.getOutputList().stream())
                .allMatch(given -> values.contains(given) || !read.contains(given));
    }

    /** The version of ONNX's standard operators that the graph is written for. */
    public long opset() {
        return model.getOpsetImportList().stream()
                .filter(opset -> opset.getDomain().isEmpty())
                .mapToLong(OperatorSetIdProto::getVersion)
                .max()
                .orElse(0);
    }

    /** What must be passed on the way from tokens to each node; nodes stand in the order in which they run. */
    private static final class Dominators {
        private final GraphProto graph;
        private final Map<String, Integer> producers = new HashMap<>();
        private final @Nullable BitSet[] passed;

        private Dominators(GraphProto graph) {
            this.graph = graph;
            this.passed = new BitSet[graph.getNodeCount()];
            for (int i = 0; i < passed.length; i++) {
                passed[i] = passed(i);
                for (String output : graph.getNode(i).getOutputList()) {
                    producers.put(output, i);
                }
            }
        }

        /** Null for a node that no token reaches. */
        private @Nullable BitSet passed(int index) {
            NodeProto node = graph.getNode(index);
            BitSet all = null;
            for (String input : node.getInputList()) {
                Integer producer = producers.get(input);
                BitSet before = producer == null ? null : passed[producer];
                if (TOKENS.contains(input)) {
                    before = new BitSet();
                }
                if (before != null && all == null) {
                    all = (BitSet) before.clone();
                } else if (before != null) {
                    all.and(before);
                }
            }
            if (all == null || SHAPES.contains(node.getOpType())) {
                return null;
            }
            all.set(index);
            return all;
        }

        private List<String> layers(String output) {
            Integer last = producers.get(output);
            BitSet passedByOutput = last == null ? null : passed[last];
            if (passedByOutput == null) {
                return List.of();
            }
            List<String> values = new ArrayList<>();
            for (int i = 0; i < passed.length; i++) {
                BitSet both = passed[i];
                if (ATTENTION.contains(graph.getNode(i).getOpType()) && both != null) {
                    String before = before((BitSet) both.clone(), passedByOutput);
                    if (!before.isEmpty() && !values.contains(before)) {
                        values.add(before);
                    }
                }
            }
            if (values.isEmpty()) {
                return List.of();
            }
            // The first attention reads the embeddings, which no layer gave.
            values.remove(0);
            // An attention after the output, such as one that pools, is no layer.
            values.remove(output);
            values.add(output);
            return values;
        }

        /** The last value that both an attention and the output pass; empty where there is none. */
        private String before(BitSet both, BitSet passedByOutput) {
            both.and(passedByOutput);
            int node = both.length() - 1;
            while (node >= 0 && QUANTISING.contains(graph.getNode(node).getOpType())) {
                node = both.previousSetBit(node - 1);
            }
            return node < 0 ? "" : graph.getNode(node).getOutput(0);
        }
    }
}
