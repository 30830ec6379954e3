package dev.stillhouse.udfs.testing;

import ai.onnx.proto.OnnxMl;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A model for natural language inference that is small enough to check by hand: the logits are contradiction 0 and entailment, which is twice the number of pairs of a word of the text and a word of the hypothesis that are of one topic, less one. Which words are the hypothesis's it takes from {@code token_type_ids}.
 */
public final class TinyInference {
    private TinyInference() {}

    /**
     * Writes model.onnx, tokenizer.json and config.json into the folder and gives its path.
     *
     * @param topics words of each topic; every other word belongs to none
     */
    public static String writeTo(Path folder, List<List<String>> topics) throws IOException {
        List<String> words = topics.stream().flatMap(List::stream).toList();
        String vocabulary = IntStream.range(0, words.size())
                .mapToObj(i -> "\"" + words.get(i) + "\": " + (i + 1))
                .collect(Collectors.joining(", "));
        Files.createDirectories(folder);
        Files.writeString(
                folder.resolve("tokenizer.json"),
                "{\"version\": \"1.0\", \"truncation\": null, \"padding\": null, \"added_tokens\": [], \"normalizer\": null, "
                        + "\"pre_tokenizer\": {\"type\": \"Whitespace\"}, \"post_processor\": null, \"decoder\": null, "
                        + "\"model\": {\"type\": \"WordLevel\", \"vocab\": {\"[UNK]\": 0, " + vocabulary
                        + "}, \"unk_token\": \"[UNK]\"}}");
        Files.writeString(
                folder.resolve("config.json"), "{\"id2label\": {\"0\": \"contradiction\", \"1\": \"ENTAILMENT\"}}");
        Files.write(folder.resolve("model.onnx"), model(topics).toByteArray());
        return folder.toString();
    }

    private static OnnxMl.ModelProto model(List<List<String>> topics) {
        OnnxMl.GraphProto.Builder graph = OnnxMl.GraphProto.newBuilder().setName("tiny-inference");
        graph.addInitializer(table(topics));
        graph.addInitializer(floats("one", 1));
        graph.addInitializer(floats("two", 2));
        graph.addInitializer(integers("last", 2));
        graph.addInitializer(integers("tokens", 1));
        graph.addNode(node("Gather", "topic", "table", "input_ids"));
        graph.addNode(node("Cast", "types", "token_type_ids").toBuilder()
                .addAttribute(attribute("to", DataType.FLOAT.getNumber())));
        graph.addNode(node("Unsqueeze", "hypothesis", "types", "last"));
        graph.addNode(node("Sub", "text", "one", "hypothesis"));
        for (String part : List.of("hypothesis", "text")) {
            graph.addNode(node("Mul", part + "-topic", "topic", part));
            graph.addNode(node("ReduceSum", part + "-topics", part + "-topic", "tokens").toBuilder()
                    .addAttribute(attribute("keepdims", 0)));
        }
        graph.addNode(node("Mul", "both", "hypothesis-topics", "text-topics"));
        graph.addNode(node("ReduceSum", "pairs", "both", "tokens").toBuilder().addAttribute(attribute("keepdims", 1)));
        graph.addNode(node("Mul", "doubled", "pairs", "two"));
        graph.addNode(node("Sub", "entailment", "doubled", "one"));
        graph.addNode(node("Sub", "contradiction", "entailment", "entailment"));
        graph.addNode(node("Concat", "logits", "contradiction", "entailment").toBuilder()
                .addAttribute(attribute("axis", 1)));
        for (String input : List.of("input_ids", "attention_mask", "token_type_ids")) {
            graph.addInput(TinyEncoder.value(input, DataType.INT64, "tokens"));
        }
        graph.addOutput(TinyEncoder.value("logits", DataType.FLOAT, 2));
        return OnnxMl.ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setVersion(13))
                .setGraph(graph)
                .build();
    }

    private static OnnxMl.TensorProto table(List<List<String>> topics) {
        long words = topics.stream().mapToLong(List::size).sum();
        OnnxMl.TensorProto.Builder table = OnnxMl.TensorProto.newBuilder()
                .setName("table")
                .setDataType(DataType.FLOAT.getNumber())
                .addDims(words + 1)
                .addDims(topics.size());
        topics.forEach(topic -> table.addFloatData(0));
        for (int topic = 0; topic < topics.size(); topic++) {
            for (int word = 0; word < topics.get(topic).size(); word++) {
                for (int t = 0; t < topics.size(); t++) {
                    table.addFloatData(t == topic ? 1 : 0);
                }
            }
        }
        return table.build();
    }

    private static OnnxMl.TensorProto floats(String name, float value) {
        return OnnxMl.TensorProto.newBuilder()
                .setName(name)
                .setDataType(DataType.FLOAT.getNumber())
                .addFloatData(value)
                .build();
    }

    private static OnnxMl.TensorProto integers(String name, long value) {
        return OnnxMl.TensorProto.newBuilder()
                .setName(name)
                .setDataType(DataType.INT64.getNumber())
                .addDims(1)
                .addInt64Data(value)
                .build();
    }

    private static OnnxMl.NodeProto node(String type, String output, String... inputs) {
        return OnnxMl.NodeProto.newBuilder()
                .setOpType(type)
                .addAllInput(List.of(inputs))
                .addOutput(output)
                .build();
    }

    private static OnnxMl.AttributeProto attribute(String name, long value) {
        return OnnxMl.AttributeProto.newBuilder()
                .setName(name)
                .setType(OnnxMl.AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }
}
