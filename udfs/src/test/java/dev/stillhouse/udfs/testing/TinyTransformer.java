package dev.stillhouse.udfs.testing;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnxruntime.platform.Fp16Conversions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.DoubleSupplier;

/**
 * An encoder with layers, of some kilobytes: words are random vectors, and a layer adds to each token the tokens that it attends to, {@code h + softmax(h h' + mask) h}, and makes what comes out as wide as it is to be. The word nan is no number. Unknown words are one vector.
 */
public final class TinyTransformer {
    /** The word that is no number. */
    public static final String NAN = "nan";

    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("tiny-transformer");
    private final Random random = new Random(7);
    private final DataType type;

    private TinyTransformer(DataType type) {
        this.type = type;
    }

    /**
     * Writes model.onnx and tokenizer.json into the folder and gives its path.
     *
     * @param words that have vectors
     * @param widths of what each layer gives
     */
    public static String writeTo(Path folder, List<String> words, int... widths) throws IOException {
        return write(folder, vocabulary(words), DataType.FLOAT, widths);
    }

    /** As {@link #writeTo}, in half precision as {@code model_fp16.onnx} alone. */
    public static String writeHalfTo(Path folder, List<String> words, int... widths) throws IOException {
        return write(folder, vocabulary(words), DataType.FLOAT16, widths);
    }

    private static SortedSet<String> vocabulary(List<String> words) {
        SortedSet<String> vocabulary = new TreeSet<>(words);
        vocabulary.add(NAN);
        return vocabulary;
    }

    private static String write(Path folder, SortedSet<String> vocabulary, DataType type, int... widths)
            throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("tokenizer.json"), TinyClassifier.tokenizer(vocabulary));
        Files.write(
                folder.resolve(type == DataType.FLOAT ? "model.onnx" : "model_fp16.onnx"),
                new TinyTransformer(type).model(vocabulary, widths).toByteArray());
        return folder.toString();
    }

    private ModelProto model(SortedSet<String> vocabulary, int... widths) {
        graph.addInput(TinyEncoder.value("input_ids", DataType.INT64, "tokens"));
        graph.addInput(TinyEncoder.value("attention_mask", DataType.INT64, "tokens"));
        table(vocabulary, widths[0]);
        node("Gather", "hidden.0", "table", "input_ids");
        mask();
        for (int layer = 1; layer <= widths.length; layer++) {
            layer(layer, layer == widths.length ? "last_hidden_state" : "hidden." + layer, widths);
        }
        graph.addOutput(TinyEncoder.value("last_hidden_state", type, "tokens", widths[widths.length - 1]));
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13))
                .setGraph(graph)
                .build();
    }

    /** Nothing for a token, and so little for padding that no token attends to it. */
    private void mask() {
        cast("mask.float", "attention_mask");
        tensor("one", () -> 1, 1);
        tensor("most", () -> 10_000, 1);
        node("Sub", "mask.missing", "mask.float", "one");
        node("Mul", "mask.least", "mask.missing", "most");
        graph.addInitializer(TensorProto.newBuilder()
                .setName("row")
                .setDataType(DataType.INT64.getNumber())
                .addDims(1)
                .addInt64Data(1));
        node("Unsqueeze", "mask", "mask.least", "row");
    }

    private void layer(int layer, String output, int... widths) {
        String at = "layer" + layer + ".";
        String hidden = "hidden." + (layer - 1);
        int width = widths[Math.max(0, layer - 2)];
        graph.addNode(operator("Transpose", at + "turned", hidden)
                .addAttribute(AttributeProto.newBuilder()
                        .setName("perm")
                        .setType(AttributeProto.AttributeType.INTS)
                        .addInts(0)
                        .addInts(2)
                        .addInts(1)));
        node("MatMul", at + "scores", hidden, at + "turned");
        node("Add", at + "masked", at + "scores", "mask");
        node("Softmax", at + "attention", at + "masked");
        node("MatMul", at + "context", at + "attention", hidden);
        node("Add", at + "sum", hidden, at + "context");
        tensor(
                at + "weights",
                () -> random.nextGaussian() / Math.sqrt(width + (double) widths[layer - 1]),
                width,
                widths[layer - 1]);
        node("MatMul", output, at + "sum", at + "weights");
    }

    private void table(SortedSet<String> vocabulary, int width) {
        int nan = 1 + vocabulary.headSet(NAN).size();
        int[] next = {0};
        tensor(
                "table",
                () -> next[0]++ / width == nan ? Double.NaN : random.nextGaussian(),
                vocabulary.size() + 1,
                width);
    }

    private void tensor(String name, DoubleSupplier values, int... dimensions) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(type.getNumber());
        int size = 1;
        for (int dimension : dimensions) {
            tensor.addDims(dimension);
            size *= dimension;
        }
        for (int i = 0; i < size; i++) {
            float value = (float) values.getAsDouble();
            if (type == DataType.FLOAT) {
                tensor.addFloatData(value);
            } else {
                tensor.addInt32Data(Short.toUnsignedInt(Fp16Conversions.floatToFp16(value)));
            }
        }
        graph.addInitializer(tensor);
    }

    private void cast(String output, String input) {
        graph.addNode(operator("Cast", output, input)
                .addAttribute(AttributeProto.newBuilder()
                        .setName("to")
                        .setType(AttributeProto.AttributeType.INT)
                        .setI(type.getNumber())));
    }

    private void node(String operator, String output, String... inputs) {
        graph.addNode(operator(operator, output, inputs));
    }

    private static NodeProto.Builder operator(String operator, String output, String... inputs) {
        return NodeProto.newBuilder()
                .setOpType(operator)
                .addAllInput(List.of(inputs))
                .addOutput(output);
    }
}
