package dev.stillhouse.udfs.testing;

import ai.onnx.proto.OnnxMl;
import dev.stillhouse.udfs.student.EncoderFile;
import dev.stillhouse.udfs.student.StudentFile;
import dev.stillhouse.udfs.student.StudentFiles;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A student that takes tokens: the softmax of the sum of its words' values, every other word counting nothing. A word whose values are no numbers makes its text's probabilities none either. */
public final class TinyStudent {
    private TinyStudent() {}

    /**
     * Its files.
     *
     * @param labels as many as a word has values
     * @param words values of each word
     */
    public static StudentFiles files(List<String> labels, Map<String, float[]> words) {
        OnnxMl.ModelProto.Builder model = TinyClassifier.model(new TreeMap<>(words)).toBuilder();
        model.getGraphBuilder()
                .addNode(OnnxMl.NodeProto.newBuilder()
                        .setOpType("Softmax")
                        .addInput("logits")
                        .addOutput(StudentFile.PROBABILITIES))
                .setOutput(0, TinyEncoder.output(StudentFile.PROBABILITIES, labels.size()));
        metadata(labels)
                .forEach((key, value) -> model.addMetadataProps(
                        OnnxMl.StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        byte[] tokenizer = TinyClassifier.tokenizer(words.keySet()).getBytes(StandardCharsets.UTF_8);
        return StudentFiles.ofTokens(model.build().toByteArray(), tokenizer);
    }

    private static Map<String, String> metadata(List<String> labels) {
        return Map.of(
                StudentFile.META_FORMAT,
                EncoderFile.FORMAT_VERSION,
                StudentFile.META_LABELS,
                labels.stream().map(label -> "\"" + label + "\"").collect(Collectors.joining(",", "[", "]")),
                StudentFile.META_TEMPERATURE,
                "1",
                EncoderFile.META_KIND,
                EncoderFile.KIND,
                EncoderFile.META_LAYER,
                "1",
                EncoderFile.META_LAYERS,
                "1",
                EncoderFile.META_MAX_TOKENS,
                "64");
    }
}
