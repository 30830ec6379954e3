package dev.stillhouse.student.export;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.stillhouse.udfs.student.StudentFile;
import dev.stillhouse.udfs.summary.FeatureBins;
import dev.stillhouse.udfs.summary.SalienceFeature;
import dev.stillhouse.udfs.summary.SalienceFile;
import dev.stillhouse.udfs.summary.SalienceModel;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Writes a {@link SalienceModel} as an ONNX file: {@code text} string [N] (sentences, with spaces around letters of scripts without) and {@code features} float [N, features] in, {@code salience} float [N] out, beside the {@code score} of the cues alone and, where the model has vectors of words, the sentences' own, which two of the features are computed from. The graph is that of {@link OnnxStudentWriter} for the cues, with the bins added. Equal models give equal bytes.
 */
public final class SalienceWriter {
    private final SalienceModel model;

    private SalienceWriter(SalienceModel model) {
        this.model = model;
    }

    /** The bytes of the file. */
    public static byte[] write(SalienceModel model) {
        return new SalienceWriter(model).file().toByteArray();
    }

    private ModelProto file() {
        ModelProto cues;
        try {
            cues = ModelProto.parseFrom(OnnxStudentWriter.write(model.cues()));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("Cannot read back what was written", e);
        }
        GraphWriter graph = new GraphWriter(cues.getGraph());
        draw(graph);
        ModelProto.Builder file = cues.toBuilder().setGraph(graph.graph());
        metadata()
                .forEach((key, value) -> file.addMetadataProps(
                        StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return file.build();
    }

    private void draw(GraphWriter graph) {
        FeatureBins bins = model.bins();
        int features = bins.size();
        int most = Arrays.stream(bins.edges())
                .mapToInt(edges -> edges.length)
                .max()
                .orElse(0);
        graph.input(SalienceFile.FEATURES, TensorProto.DataType.FLOAT, features);
        String edges = graph.floats(SalienceFile.EDGES, edges(bins, most), features, most);
        String steps = graph.doubles(SalienceFile.STEPS, steps(bins, most), features, most);
        String first = graph.floats(SalienceFile.FIRST, first(bins), features);
        String values = graph.node("Unsqueeze", "bins_values", SalienceFile.FEATURES, graph.constant(2));
        String reached = graph.cast(
                "bins_reached_double",
                graph.node("GreaterOrEqual", "bins_reached", values, edges),
                TensorProto.DataType.DOUBLE);
        String added = graph.sum("bins_added", graph.node("Mul", "bins_each", reached, steps), 2, false);
        String weights = graph.node(
                "Add", "bins_weights", added, graph.cast("bins_first_double", first, TensorProto.DataType.DOUBLE));
        String binned = graph.sum("bins_sum", weights, 1, false);
        String score = graph.cast("score_double", StudentFile.SCORE, TensorProto.DataType.DOUBLE);
        String cooled = graph.node(
                "Div",
                "salience_cooled",
                graph.node("Add", "salience_logit", binned, score),
                graph.doubleScalar(SalienceFile.TEMPERATURE, model.temperature()));
        graph.cast(SalienceFile.SALIENCE, graph.node("Sigmoid", "salience_double", cooled), TensorProto.DataType.FLOAT);
        graph.output(SalienceFile.SALIENCE, TensorProto.DataType.FLOAT, 0);
        if (!model.cues().vectors().isEmpty()) {
            graph.output(
                    SalienceFile.VECTORS,
                    TensorProto.DataType.DOUBLE,
                    model.cues().vectors().dimensions());
        }
    }

    private static float[] edges(FeatureBins bins, int most) {
        float[] edges = new float[bins.size() * most];
        Arrays.fill(edges, Float.POSITIVE_INFINITY);
        for (int f = 0; f < bins.size(); f++) {
            System.arraycopy(bins.edges()[f], 0, edges, f * most, bins.edges()[f].length);
        }
        return edges;
    }

    private static float[] first(FeatureBins bins) {
        float[] first = new float[bins.size()];
        for (int f = 0; f < first.length; f++) {
            first[f] = bins.weights()[f][0];
        }
        return first;
    }

    private static double[] steps(FeatureBins bins, int most) {
        double[] steps = new double[bins.size() * most];
        for (int f = 0; f < bins.size(); f++) {
            float[] weights = bins.weights()[f];
            for (int i = 1; i < weights.length; i++) {
                steps[f * most + i - 1] = (double) weights[i] - weights[i - 1];
            }
        }
        return steps;
    }

    private Map<String, String> metadata() {
        Map<String, String> all = new TreeMap<>();
        all.put(SalienceFile.META_FORMAT, SalienceFile.FORMAT_VERSION);
        all.put(
                SalienceFile.META_FEATURES,
                Arrays.stream(SalienceFeature.values())
                        .map(SalienceFeature::key)
                        .collect(Collectors.joining(",")));
        all.put(SalienceFile.META_REDUNDANCY, Float.toString(model.redundancy()));
        byte[] rarities = new byte[model.rarities().length];
        for (int row = 0; row < rarities.length; row++) {
            rarities[row] = (byte) Math.round(SalienceFile.RARITY_STEPS * model.rarities()[row]);
        }
        all.put(SalienceFile.META_RARITIES, Base64.getEncoder().encodeToString(rarities));
        return all;
    }
}
