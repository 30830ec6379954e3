package dev.stillhouse.udfs.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.stillhouse.udfs.errors.DataException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Runs an encoder once on two word pieces, to see what its layers give: files do not say that of values inside the graph. */
final class LayerProbe {
    private static final String OTHER_KINDS = "choose student.kind lexical, static or hybrid";

    private final String name;
    private final EncoderLayers layers;

    /**
     * @param name of the encoder, for messages
     */
    LayerProbe(String name, EncoderLayers layers) {
        this.name = name;
        this.layers = layers;
    }

    /**
     * Checks that every layer gives what a head can be put on.
     *
     * @throws DataException if one gives something else than {@code float[batch][tokens][dimensions]}, or the graph cannot be run
     */
    void check() {
        ModelProto.Builder model = layers.upTo(layers.count()).toBuilder();
        for (int layer = 1; layer <= layers.count(); layer++) {
            model.getGraphBuilder().addOutput(ValueInfoProto.newBuilder().setName(layers.value(layer)));
        }
        try (OrtSession.SessionOptions options = OnnxEnvironment.options(Device.CPU);
                OrtSession session =
                        OnnxEnvironment.shared().createSession(model.build().toByteArray(), options)) {
            check(session);
        } catch (OrtException e) {
            throw new DataException(
                    "Cannot cut encoder " + name + " into layers: ONNX Runtime does not run it up to its layers ("
                            + e.getMessage() + "). Export the model for feature extraction, or " + OTHER_KINDS,
                    e);
        }
    }

    private void check(OrtSession session) throws OrtException {
        Set<String> inputs = session.getInputNames();
        if (!inputs.contains(EncoderShape.MASK)) {
            throw new DataException("Cannot cut encoder " + name + " into layers: they read " + inputs + ", not "
                    + EncoderShape.MASK + ". Export the model for feature extraction, or " + OTHER_KINDS);
        }
        try (OnnxTensor zeros = tensor(0);
                OnnxTensor ones = tensor(1)) {
            Map<String, OnnxTensor> values = new LinkedHashMap<>();
            inputs.forEach(input -> values.put(input, input.equals(EncoderShape.MASK) ? ones : zeros));
            try (OrtSession.Result result = session.run(values)) {
                for (int layer = 1; layer <= layers.count(); layer++) {
                    check(layer, result.get(layers.value(layer)).orElseThrow());
                }
            }
        }
    }

    private void check(int layer, OnnxValue value) throws OrtException {
        long[] expected = {1, 2, layers.dimensions()};
        TensorInfo found = value.getInfo() instanceof TensorInfo tensor ? tensor : null;
        if (found == null || !Arrays.equals(found.getShape(), expected)) {
            throw new DataException("Cannot cut encoder " + name + " into layers: of two tokens layer " + layer
                    + " gives " + (found == null ? "no tensor" : Arrays.toString(found.getShape())) + ", expected "
                    + Arrays.toString(expected)
                    + ", as the last layer does. Choose a teacher.model whose layers are all as wide as its output, or "
                    + OTHER_KINDS);
        }
        if (found.type != OnnxJavaType.FLOAT) {
            throw new DataException("Cannot cut encoder " + name + " into layers: layer " + layer + " gives "
                    + found.type + ", expected FLOAT. Add the model in float32 as model.onnx, or " + OTHER_KINDS);
        }
    }

    private static OnnxTensor tensor(long value) throws OrtException {
        return OnnxTensor.createTensor(OnnxEnvironment.shared(), new long[][] {{value, value}});
    }
}
