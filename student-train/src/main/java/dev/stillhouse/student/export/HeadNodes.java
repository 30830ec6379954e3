package dev.stillhouse.student.export;

import static dev.stillhouse.student.export.GraphWriter.attribute;
import static dev.stillhouse.student.export.GraphWriter.operator;

import ai.onnx.proto.OnnxMl.TensorProto;
import dev.stillhouse.udfs.onnx.Reading;

/** The nodes from hidden states to a unit vector of each text, {@code v = m / |m|} of their pooled {@code m}, and from there to probabilities. */
final class HeadNodes {
    static final String MASK = "attention_mask";

    private final GraphWriter graph;
    private final Reading reading;
    private final int dimensions;

    /**
     * @param reading how hidden states are pooled
     * @param dimensions of a hidden state
     */
    HeadNodes(GraphWriter graph, Reading reading, int dimensions) {
        this.graph = graph;
        this.reading = reading;
        this.dimensions = dimensions;
    }

    /** {@code float[rows, dimensions]}, of hidden states and mask of these rows. */
    String vector(String at, String hidden, String mask) {
        String pooled = reading == Reading.CLS
                ? graph.node(
                        operator("Gather", attribute("axis", 1)),
                        at + ".first",
                        hidden,
                        graph.longScalar("student.zero", 0))
                : mean(at, hidden, mask);
        return graph.node(operator("LpNormalization", attribute("axis", 1), attribute("p", 2)), at + ".unit", pooled);
    }

    /** The sum of a text's token vectors, by a product with the mask; dividing it by their number would change no unit vector. */
    private String mean(String at, String hidden, String mask) {
        String row = at + ".mask";
        graph.cast(row + ".float", mask, TensorProto.DataType.FLOAT);
        graph.node("Reshape", row, row + ".float", graph.longs("student.row", 0, 1, -1));
        graph.node("MatMul", at + ".sum", row, hidden);
        return graph.node("Reshape", at + ".pooled", at + ".sum", graph.longs("student.flat", -1, dimensions));
    }

    /** {@code float[rows, labels]}, of hidden states and mask of these rows. */
    String probabilities(String at, String hidden, String mask, EncoderHead head) {
        int labels = head.bias().length;
        String vector = vector(at, hidden, mask);
        String weights = graph.floats(at + ".weights", head.transposed(), dimensions, labels);
        String bias = graph.floats(at + ".bias", head.bias(), labels);
        String temperature = graph.floats(at + ".temperature", new float[] {head.temperature()}, 1);
        String product = graph.node("MatMul", at + ".product", vector, weights);
        String logits = graph.node("Add", at + ".logits", product, bias);
        String cooled = graph.node("Div", at + ".cooled", logits, temperature);
        return graph.node(operator("Softmax", attribute("axis", 1)), at + ".probabilities", cooled);
    }
}
