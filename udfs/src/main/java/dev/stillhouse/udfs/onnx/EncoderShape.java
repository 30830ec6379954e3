package dev.stillhouse.udfs.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.ValueInfo;
import dev.stillhouse.udfs.errors.DataException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an encoder takes and gives, checked once when it is loaded.
 *
 * @param tokenTypes whether the model has an input {@code token_type_ids}
 * @param output name of the output that is read
 * @param reading what is read of the output
 * @param pooled whether the output is one vector a text already ({@code float[batch][dimensions]}) rather than one a token ({@code float[batch][tokens][dimensions]})
 * @param dimensions length of a vector
 */
record EncoderShape(boolean tokenTypes, Reading reading, String output, boolean pooled, int dimensions) {
    static final String IDS = "input_ids";
    static final String MASK = "attention_mask";
    static final String TYPES = "token_type_ids";

    private static final String LOGITS = "logits";
    private static final String PROBABILITIES = "probabilities";

    private static final Set<String> REQUIRED = Set.of(IDS, MASK);
    private static final Set<String> KNOWN = Set.of(IDS, MASK, TYPES);
    /** What the runtime reads as floats. */
    private static final Set<OnnxJavaType> FLOATS =
            Set.of(OnnxJavaType.FLOAT, OnnxJavaType.FLOAT16, OnnxJavaType.BFLOAT16);
    /** In order of preference: a model that pools knows best how it was trained to. */
    private static final List<String> OUTPUTS = List.of("sentence_embedding", "last_hidden_state", "token_embeddings");

    static EncoderShape of(EncoderSpec spec, OrtSession session) throws OrtException {
        String name = spec.name();
        Reading reading = spec.reading();
        Map<String, NodeInfo> inputs = session.getInputInfo();
        if (!inputs.keySet().containsAll(REQUIRED) || !KNOWN.containsAll(inputs.keySet()) || !allInt64(inputs)) {
            throw new DataException("Cannot use encoder " + name + ": its inputs are " + describe(inputs)
                    + ", expected INT64 " + IDS + " and " + MASK + ", with or without " + TYPES
                    + ". " + remedy(reading));
        }
        Map<String, NodeInfo> outputs = session.getOutputInfo();
        for (String output : outputs(reading)) {
            TensorInfo tensor =
                    outputs.containsKey(output) ? floats(outputs.get(output).getInfo()) : null;
            if (tensor != null && (!isWhole(reading) || tensor.getShape().length == 2)) {
                checkEntailment(spec, dimensions(tensor));
                return new EncoderShape(
                        inputs.containsKey(TYPES), reading, output, tensor.getShape().length == 2, dimensions(tensor));
            }
        }
        throw new DataException("Cannot use encoder " + name + ": its outputs are " + describe(outputs) + ", expected "
                + (isWhole(reading)
                        ? "FLOAT " + outputs(reading).get(0) + " [batch, values], with a fixed number of values. "
                        : "FLOAT last_hidden_state [batch, tokens, dimensions] or sentence_embedding [batch, dimensions], with fixed dimensions. ")
                + remedy(reading));
    }

    /** Whether an output is one row a text, to be read as it is. */
    private static boolean isWhole(Reading reading) {
        return reading != Reading.MEAN && reading != Reading.CLS;
    }

    private static List<String> outputs(Reading reading) {
        return switch (reading) {
            case MEAN, CLS -> OUTPUTS;
            case LOGITS, ENTAILMENT -> List.of(LOGITS);
            case PROBABILITIES -> List.of(PROBABILITIES);
        };
    }

    private static void checkEntailment(EncoderSpec spec, int classes) {
        if (spec.reading() == Reading.ENTAILMENT
                && (classes < 2 || spec.entailment().logit() >= classes)) {
            throw new DataException("Cannot use " + spec.name() + " for entailment: it has " + classes
                    + " logits, expected at least 2, and entailment is the one at "
                    + spec.entailment().logit() + ", counted from 0. Check teacher.entailment");
        }
    }

    private static String remedy(Reading reading) {
        return "Export the model for " + (isWhole(reading) ? "text classification" : "feature extraction");
    }

    private static boolean allInt64(Map<String, NodeInfo> inputs) {
        return inputs.values().stream()
                .allMatch(input -> input.getInfo() instanceof TensorInfo tensor
                        && tensor.type == OnnxJavaType.INT64
                        && tensor.getShape().length == 2);
    }

    private static @Nullable TensorInfo floats(ValueInfo info) {
        if (info instanceof TensorInfo tensor && FLOATS.contains(tensor.type)) {
            int rank = tensor.getShape().length;
            return (rank == 2 || rank == 3) && dimensions(tensor) > 0 ? tensor : null;
        }
        return null;
    }

    private static int dimensions(TensorInfo tensor) {
        long[] shape = tensor.getShape();
        return (int) shape[shape.length - 1];
    }

    private static String describe(Map<String, NodeInfo> nodes) {
        Map<String, String> described = new TreeMap<>();
        nodes.forEach((name, node) -> described.put(
                name,
                node.getInfo() instanceof TensorInfo tensor
                        ? tensor.type + "[" + tensor.getShape().length + "d]"
                        : "no tensor"));
        return described.toString();
    }
}
