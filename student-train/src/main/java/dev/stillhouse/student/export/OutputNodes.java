package dev.stillhouse.student.export;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.stillhouse.udfs.ProbabilityMap;
import dev.stillhouse.udfs.student.StudentFile;
import dev.stillhouse.udfs.student.StudentModel;

/** The nodes from logits to a student's outputs, by its {@link dev.stillhouse.udfs.Decision}. */
final class OutputNodes {
    private static final String MAP = "map";

    private final GraphWriter graph;
    private final StudentModel model;
    private final int labels;

    OutputNodes(GraphWriter graph, StudentModel model) {
        this.graph = graph;
        this.model = model;
        this.labels = model.labels().size();
    }

    /**
     * Probabilities that sum to 1, and the label of the largest.
     *
     * @param cooled double [N, labels]: logits over temperature
     */
    void label(String cooled) {
        graph.output(StudentFile.PROBABILITIES, TensorProto.DataType.FLOAT, labels);
        graph.output(StudentFile.LABEL, TensorProto.DataType.STRING, 0);
        String softmax =
                graph.node(GraphWriter.operator("Softmax", GraphWriter.attribute("axis", 1)), "softmax", cooled);
        graph.cast(StudentFile.PROBABILITIES, normalised(mapped(softmax)), TensorProto.DataType.FLOAT);
        NodeProto.Builder best =
                GraphWriter.operator("ArgMax", GraphWriter.attribute("axis", 1), GraphWriter.attribute("keepdims", 0));
        graph.node(
                "Gather", StudentFile.LABEL, StudentFile.LABELS, graph.node(best, "best", StudentFile.PROBABILITIES));
    }

    /**
     * Independent probabilities, and whether each is at or above its threshold.
     *
     * @param cooled double [N, labels]: logits over temperature
     */
    void decisions(String cooled) {
        graph.output(StudentFile.PROBABILITIES, TensorProto.DataType.FLOAT, labels);
        graph.output(StudentFile.DECISIONS, TensorProto.DataType.BOOL, labels);
        String sigmoid = graph.node("Sigmoid", "sigmoid", cooled);
        graph.cast(StudentFile.PROBABILITIES, mapped(sigmoid), TensorProto.DataType.FLOAT);
        String limits = graph.floats(StudentFile.LIMITS, model.decision().limits(model.labels()), labels);
        graph.node("GreaterOrEqual", StudentFile.DECISIONS, StudentFile.PROBABILITIES, limits);
    }

    /**
     * The score.
     *
     * @param logits double [N, 1]
     */
    void score(String logits) {
        graph.output(StudentFile.SCORE, TensorProto.DataType.FLOAT, 0);
        String flat = graph.node("Squeeze", "flat", logits, graph.constant(1));
        graph.cast(StudentFile.SCORE, flat, TensorProto.DataType.FLOAT);
    }

    /** Double [N, labels]: what the model's map makes of probabilities; a sum over knots of how far a probability is past each, times the slope from there on. */
    private String mapped(String probabilities) {
        ProbabilityMap map = model.decision().map();
        if (map.isNone()) {
            return probabilities;
        }
        int knots = map.from().length - 1;
        double[] from = new double[knots];
        double[] widths = new double[knots];
        double[] slopes = new double[knots];
        for (int i = 0; i < knots; i++) {
            from[i] = map.from()[i];
            widths[i] = (double) map.from()[i + 1] - map.from()[i];
            slopes[i] = (1 - ProbabilityMap.SLOPE) * map.slope(i + 1);
        }
        String each = graph.node("Unsqueeze", "map_each", probabilities, graph.constant(2));
        String past = graph.node("Sub", "map_past", each, graph.doubles("map_from", from));
        String begun = graph.node("Max", "map_begun", past, graph.doubleScalar("map_zero", 0));
        String along = graph.node("Min", "map_along", begun, graph.doubles("map_widths", widths));
        String risen = graph.node("Mul", "map_risen", along, graph.doubles("map_slopes", slopes));
        String level = graph.node(
                "Add",
                "map_level",
                graph.sum("map_sum", risen, 2, false),
                graph.doubleScalar("map_first", (1 - ProbabilityMap.SLOPE) * map.to()[0]));
        String steep =
                graph.node("Mul", "map_steep", probabilities, graph.doubleScalar("map_slope", ProbabilityMap.SLOPE));
        return graph.node("Add", MAP, level, steep);
    }

    private String normalised(String probabilities) {
        return model.decision().map().isNone()
                ? probabilities
                : graph.node("Div", "map_normalised", probabilities, graph.sum("map_total", probabilities, 1, true));
    }
}
