package dev.stillhouse.udfs.testing;

import ai.onnx.proto.OnnxMl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A model that gives logits: the sum of its words' values, every other word counting nothing. Words are split at white space and punctuation. */
public final class TinyClassifier {
    private TinyClassifier() {}

    /**
     * Writes model.onnx and tokenizer.json into the folder and gives its path.
     *
     * @param words values of each word, all of one length
     */
    public static String writeTo(Path folder, Map<String, float[]> words) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("tokenizer.json"), tokenizer(words.keySet()));
        Files.write(folder.resolve("model.onnx"), model(new TreeMap<>(words)).toByteArray());
        return folder.toString();
    }

    /** A tokenizer.json of these words, numbered from 1 in their order; every other word is 0. */
    static String tokenizer(Set<String> words) {
        int[] next = {1};
        String vocabulary = new TreeSet<>(words)
                .stream().map(word -> "\"" + word + "\": " + next[0]++).collect(Collectors.joining(", "));
        return "{\"version\": \"1.0\", \"truncation\": null, \"padding\": null, \"added_tokens\": [], \"normalizer\": null, "
                + "\"pre_tokenizer\": {\"type\": \"Whitespace\"}, \"post_processor\": null, \"decoder\": null, "
                + "\"model\": {\"type\": \"WordLevel\", \"vocab\": {\"[UNK]\": 0, " + vocabulary
                + "}, \"unk_token\": \"[UNK]\"}}";
    }

    /** The graph alone, of words in their order. */
    static OnnxMl.ModelProto model(Map<String, float[]> words) {
        int values = words.values().iterator().next().length;
        OnnxMl.TensorProto.Builder table = OnnxMl.TensorProto.newBuilder()
                .setName("table")
                .setDataType(OnnxMl.TensorProto.DataType.FLOAT.getNumber())
                .addDims(words.size() + 1L)
                .addDims(values);
        for (int i = 0; i < values; i++) {
            table.addFloatData(0);
        }
        words.values().forEach(row -> {
            for (float value : row) {
                table.addFloatData(value);
            }
        });
        OnnxMl.TensorProto axes = OnnxMl.TensorProto.newBuilder()
                .setName("axes")
                .setDataType(OnnxMl.TensorProto.DataType.INT64.getNumber())
                .addDims(1)
                .addInt64Data(1)
                .build();
        return OnnxMl.ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setVersion(13))
                .setGraph(OnnxMl.GraphProto.newBuilder()
                        .setName("tiny-classifier")
                        .addInitializer(table)
                        .addInitializer(axes)
                        .addNode(OnnxMl.NodeProto.newBuilder()
                                .setOpType("Gather")
                                .addInput("table")
                                .addInput("input_ids")
                                .addOutput("values"))
                        .addNode(OnnxMl.NodeProto.newBuilder()
                                .setOpType("ReduceSum")
                                .addInput("values")
                                .addInput("axes")
                                .addOutput("logits")
                                .addAttribute(OnnxMl.AttributeProto.newBuilder()
                                        .setName("keepdims")
                                        .setType(OnnxMl.AttributeProto.AttributeType.INT)
                                        .setI(0)))
                        .addInput(TinyEncoder.value("input_ids", OnnxMl.TensorProto.DataType.INT64, "tokens"))
                        .addInput(TinyEncoder.value("attention_mask", OnnxMl.TensorProto.DataType.INT64, "tokens"))
                        .addOutput(TinyEncoder.value("logits", OnnxMl.TensorProto.DataType.FLOAT, values)))
                .build();
    }
}
