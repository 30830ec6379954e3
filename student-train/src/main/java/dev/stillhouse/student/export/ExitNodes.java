package dev.stillhouse.student.export;

import static dev.stillhouse.student.export.GraphWriter.attribute;
import static dev.stillhouse.student.export.GraphWriter.operator;

import ai.onnx.proto.OnnxMl.GraphProto;
import dev.stillhouse.udfs.onnx.EncoderLayers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The nodes by which texts leave an encoder early: after a layer with an exit only the rows that it is not sure of are gathered and go on, and what later layers say of them is scattered back. There is no control flow. So that no layer is without rows, the least sure row of a batch goes on whatever it says; what it gets there
 * is not used where it was sure.
 */
final class ExitNodes {
    /** The first version of ONNX's operators that has {@code ScatterND}. */
    static final long LEAST_OPSET = 11;

    private final GraphWriter graph;
    private final EncoderLayers layers;
    private final HeadNodes heads;

    /**
     * @param graph the encoder up to the first exit
     */
    ExitNodes(GraphWriter graph, EncoderLayers layers, HeadNodes heads) {
        this.graph = graph;
        this.layers = layers;
        this.heads = heads;
    }

    /** Probabilities, {@code float[batch, labels]}. */
    String probabilities(EncoderHeads all) {
        List<Part> parts = parts(all);
        Rows rows = Rows.all(inputs(parts), layers.value(all.first()));
        List<Left> left = new ArrayList<>();
        for (int i = 0; i < all.early().size(); i++) {
            EncoderHeads.Early early = all.early().get(i);
            String at = "student.exit" + early.exit().layer();
            String given = heads.probabilities(at, rows.hidden(), rows.mask(), early.head());
            Left one = left(at, given, early.exit().threshold());
            left.add(one);
            rows = goOn(rows, one, parts.get(i));
        }
        String given = heads.probabilities("student", rows.hidden(), rows.mask(), all.head());
        for (int i = left.size() - 1; i >= 0; i--) {
            given = left.get(i).joined(graph, given);
        }
        return given;
    }

    /** What runs between the exits, and after the last one. */
    private List<Part> parts(EncoderHeads all) {
        List<Part> parts = new ArrayList<>();
        int to = all.layer();
        for (int i = all.early().size() - 1; i >= 0; i--) {
            int from = all.early().get(i).exit().layer();
            parts.add(0, new Part(layers.between(from, to), to));
            to = from;
        }
        return parts;
    }

    private static Set<String> inputs(List<Part> parts) {
        Set<String> inputs = new TreeSet<>(Set.of(HeadNodes.MASK));
        parts.forEach(part -> part.graph().getInputList().forEach(input -> inputs.add(input.getName())));
        return inputs;
    }

    private Left left(String at, String probabilities, float threshold) {
        graph.node("Reshape", at + ".each", probabilities, graph.longs("student.each", 0, 1, -1));
        graph.node("GlobalMaxPool", at + ".greatest", at + ".each");
        String sureness = graph.node("Reshape", at + ".sureness", at + ".greatest", graph.longs("student.all", -1));
        String limit = graph.floats(at + ".threshold", new float[] {threshold}, 1);
        String sure = graph.node("Greater", at + ".sure", sureness, limit);
        graph.node("Greater", at + ".leaves", sureness, graph.node("Max", at + ".limit", limit, least(at, sureness)));
        graph.node("NonZero", at + ".found", graph.node("Not", at + ".stays", at + ".leaves"));
        String unsure = graph.node("Reshape", at + ".unsure", at + ".found", graph.longs("student.all", -1));
        return new Left(at, probabilities, sure, unsure);
    }

    private String least(String at, String sureness) {
        graph.node("Neg", at + ".unsureness", sureness);
        graph.node("Reshape", at + ".batch", at + ".unsureness", graph.longs("student.batch", 1, 1, -1));
        graph.node("GlobalMaxPool", at + ".most_unsure", at + ".batch");
        graph.node("Reshape", at + ".most", at + ".most_unsure", graph.longs("student.all", -1));
        return graph.node("Neg", at + ".least", at + ".most");
    }

    private Rows goOn(Rows rows, Left left, Part part) {
        String at = left.at();
        Map<String, String> inputs = new LinkedHashMap<>();
        rows.inputs().forEach((input, value) -> inputs.put(input, gathered(at + "." + input, value, left)));
        Map<String, String> given = new HashMap<>(inputs);
        given.put(rows.layer(), gathered(at + ".hidden", rows.hidden(), left));
        graph.copy(part.graph(), at + "/", given);
        return new Rows(inputs, layers.value(part.to()), at + "/" + layers.value(part.to()));
    }

    private String gathered(String name, String value, Left left) {
        return graph.node(operator("Gather", attribute("axis", 0)), name, value, left.unsure());
    }

    /**
     * A part of the encoder.
     *
     * @param to the layer that it ends with
     */
    private record Part(GraphProto graph, int to) {}

    /**
     * The rows that are still in the encoder.
     *
     * @param inputs names of the encoder's inputs for them
     * @param layer the name that the encoder has for what they came to
     * @param hidden the name of it for these rows
     */
    private record Rows(Map<String, String> inputs, String layer, String hidden) {
        static Rows all(Set<String> inputs, String layer) {
            Map<String, String> same = new LinkedHashMap<>();
            inputs.forEach(input -> same.put(input, input));
            return new Rows(same, layer, layer);
        }

        String mask() {
            return inputs.getOrDefault(HeadNodes.MASK, HeadNodes.MASK);
        }
    }

    /**
     * What an exit says.
     *
     * @param probabilities of all rows that came to it
     * @param sure which it is sure of, {@code bool[rows]}
     * @param unsure indices of those that go on, {@code int64[those]}
     */
    private record Left(String at, String probabilities, String sure, String unsure) {
        String joined(GraphWriter graph, String later) {
            String column = graph.longs("student.column", -1, 1);
            String indices = graph.node("Reshape", at + ".indices", unsure, column);
            String all = graph.node("ScatterND", at + ".scattered", probabilities, indices, later);
            return graph.node(
                    "Where", at + ".joined", graph.node("Reshape", at + ".kept", sure, column), probabilities, all);
        }
    }
}
