package dev.stillhouse.udfs.testing;

import ai.onnx.proto.OnnxMl;
import ai.onnxruntime.platform.Fp16Conversions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An encoder small enough to check by hand: the words a, b, c and d are the vectors (1 0), (0 1), (3 4) and (-1 0), the word nan is no number twice, any other word is (0 0), and a token's hidden state is its word's vector. Its tokenizer.json asks for padding to 16 and truncation to 2,
 * as published ones do, which a reader must overrule.
 */
public final class TinyEncoder {
    private static final float[][] VECTORS = {{0, 0}, {1, 0}, {0, 1}, {3, 4}, {-1, 0}, {Float.NaN, Float.NaN}};

    private static final String TOKENIZER = """
            {"version": "1.0",
             "truncation": {"direction": "Right", "max_length": 2, "strategy": "LongestFirst", "stride": 0},
             "padding": {"strategy": {"Fixed": 16}, "direction": "Right", "pad_to_multiple_of": null, "pad_id": 0, "pad_type_id": 0, "pad_token": "[UNK]"},
             "added_tokens": [], "normalizer": null, "pre_tokenizer": {"type": "WhitespaceSplit"}, "post_processor": null, "decoder": null,
             "model": {"type": "WordLevel", "vocab": {"[UNK]": 0, "a": 1, "b": 2, "c": 3, "d": 4, "nan": 5}, "unk_token": "[UNK]"}}
            """;

    private TinyEncoder() {}

    /** Writes model.onnx and tokenizer.json into the folder and gives its path. */
    public static String writeTo(Path folder) throws IOException {
        return writeTo(folder, "attention_mask", "last_hidden_state");
    }

    /** As {@link #writeTo(Path)}, with other names for the second input and for the output. */
    public static String writeTo(Path folder, String maskInput, String output) throws IOException {
        Files.write(folder.resolve("model.onnx"), model(maskInput, output).toByteArray());
        Files.write(folder.resolve("tokenizer.json"), TOKENIZER.getBytes(StandardCharsets.UTF_8));
        return folder.toString();
    }

    /** As {@link #writeTo(Path)}, and beside it the model in half precision as {@code model_fp16.onnx}. */
    public static String writeFormsTo(Path folder) throws IOException {
        OnnxMl.ModelProto whole = model("attention_mask", "last_hidden_state");
        OnnxMl.GraphProto.Builder graph = whole.getGraph().toBuilder();
        OnnxMl.TensorProto.Builder table =
                graph.getInitializerBuilder(0).setDataType(OnnxMl.TensorProto.DataType.FLOAT16.getNumber());
        table.getFloatDataList().forEach(value -> table.addInt32Data(Short.toUnsignedInt(half(value))));
        table.clearFloatData();
        graph.getOutputBuilder(0)
                .getTypeBuilder()
                .getTensorTypeBuilder()
                .setElemType(OnnxMl.TensorProto.DataType.FLOAT16.getNumber());
        Files.write(
                folder.resolve("model_fp16.onnx"),
                whole.toBuilder().setGraph(graph).build().toByteArray());
        return writeTo(folder);
    }

    /** As {@link #writeTo(Path)}, for a version of the operators that no runtime knows. */
    public static String writeOpsetTo(Path folder, int opset) throws IOException {
        OnnxMl.ModelProto.Builder model = model("attention_mask", "last_hidden_state").toBuilder();
        model.getOpsetImportBuilder(0).setVersion(opset);
        writeTo(folder);
        Files.write(folder.resolve("model.onnx"), model.build().toByteArray());
        return folder.toString();
    }

    private static short half(float value) {
        return Fp16Conversions.floatToFp16(value);
    }

    private static OnnxMl.ModelProto model(String maskInput, String output) {
        OnnxMl.TensorProto.Builder table = OnnxMl.TensorProto.newBuilder()
                .setName("table")
                .setDataType(OnnxMl.TensorProto.DataType.FLOAT.getNumber())
                .addDims(VECTORS.length)
                .addDims(VECTORS[0].length);
        for (float[] vector : VECTORS) {
            for (float value : vector) {
                table.addFloatData(value);
            }
        }
        OnnxMl.NodeProto gather = OnnxMl.NodeProto.newBuilder()
                .setOpType("Gather")
                .addInput("table")
                .addInput("input_ids")
                .addOutput(output)
                .build();
        return OnnxMl.ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setVersion(13))
                .setGraph(OnnxMl.GraphProto.newBuilder()
                        .setName("tiny")
                        .addInitializer(table)
                        .addNode(gather)
                        .addInput(value("input_ids", OnnxMl.TensorProto.DataType.INT64, "tokens"))
                        .addInput(value(maskInput, OnnxMl.TensorProto.DataType.INT64, "tokens"))
                        .addOutput(value(output, OnnxMl.TensorProto.DataType.FLOAT, "tokens", VECTORS[0].length)))
                .build();
    }

    /** An output of {@code float[batch, ...]}; a number is a fixed dimension, a text one of any size. */
    public static OnnxMl.ValueInfoProto output(String name, Object... dimensions) {
        return value(name, OnnxMl.TensorProto.DataType.FLOAT, dimensions);
    }

    /** A tensor of {@code [batch, ...]}; a number is a fixed dimension, a text one of any size. */
    static OnnxMl.ValueInfoProto value(String name, OnnxMl.TensorProto.DataType type, Object... dimensions) {
        OnnxMl.TensorShapeProto.Builder shape = OnnxMl.TensorShapeProto.newBuilder()
                .addDim(OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimParam("batch"));
        for (Object dimension : dimensions) {
            OnnxMl.TensorShapeProto.Dimension.Builder one = OnnxMl.TensorShapeProto.Dimension.newBuilder();
            shape.addDim(dimension instanceof Integer fixed ? one.setDimValue(fixed) : one.setDimParam("" + dimension));
        }
        return OnnxMl.ValueInfoProto.newBuilder()
                .setName(name)
                .setType(OnnxMl.TypeProto.newBuilder()
                        .setTensorType(OnnxMl.TypeProto.Tensor.newBuilder()
                                .setElemType(type.getNumber())
                                .setShape(shape)))
                .build();
    }
}
