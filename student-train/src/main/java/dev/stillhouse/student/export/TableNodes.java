package dev.stillhouse.student.export;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.stillhouse.udfs.student.StudentFile;
import dev.stillhouse.udfs.student.StudentModel.Block;
import dev.stillhouse.udfs.student.StudentModel.Float32;
import dev.stillhouse.udfs.student.StudentModel.Int8;
import java.util.Arrays;

/** The part of the graph that looks n-grams up in a vocabulary and sums the rows of its table. */
final class TableNodes {
    private static final int RUN = 16;

    private final GraphWriter graph;

    TableNodes(GraphWriter graph) {
        this.graph = graph;
    }

    /** Int64 [N, R, {@value #RUN}]: the row of each n-gram, 0 where it is in no vocabulary. */
    String rows(String prefix, Block block, String ngrams) {
        return runs(prefix, graph.node(encoder(block), prefix + StudentFile.ROWS, ngrams));
    }

    /** Double [N, columns]: the sum of the block's rows. */
    String summed(String prefix, Block block, String rows) {
        String run = graph.sum(prefix + "_run", gathered(prefix, block, rows), 2, false);
        return graph.sum(
                prefix + "_sum", graph.cast(prefix + "_run_double", run, TensorProto.DataType.DOUBLE), 1, false);
    }

    /**
     * Int64 [N, T] to [N, R, {@value #RUN}], with zeros at the end. Floats are summed within a run and runs in double, because a plain sum of floats over a long text that
     * repeats itself is off by more than engines may differ.
     */
    private String runs(String prefix, String rows) {
        NodeProto.Builder second =
                GraphWriter.operator("Shape", GraphWriter.attribute("start", 1), GraphWriter.attribute("end", 2));
        String over =
                graph.node("Mod", prefix + "_over", graph.node(second, prefix + "_length", rows), graph.constant(RUN));
        String missing = graph.node("Sub", prefix + "_missing", graph.constant(RUN), over);
        String padded =
                graph.node("Pad", prefix + "_padded", rows, pads(prefix, missing), graph.longScalar("no_row", 0));
        return graph.node("Reshape", prefix + "_runs", padded, graph.longs("runs_shape", 0, -1, RUN));
    }

    private String pads(String prefix, String missing) {
        NodeProto.Builder concat = GraphWriter.operator("Concat", GraphWriter.attribute("axis", 0));
        return graph.node(concat, prefix + "_pads", graph.longs("no_pads", 0, 0, 0), missing);
    }

    private static NodeProto.Builder encoder(Block block) {
        AttributeProto.Builder values =
                AttributeProto.newBuilder().setName("values_int64s").setType(AttributeProto.AttributeType.INTS);
        for (int row = 1; row <= block.keys().length; row++) {
            values.addInts(row);
        }
        return GraphWriter.operator(
                        "LabelEncoder",
                        GraphWriter.attribute("default_int64", 0),
                        GraphWriter.attribute("keys_strings", Arrays.asList(block.keys())),
                        values.build())
                .setDomain(OnnxStudentWriter.ML);
    }

    /** Float [N, R, {@value #RUN}, columns]: the weights of each n-gram, zeros where it is in no vocabulary. */
    private String gathered(String prefix, Block block, String rows) {
        long count = block.keys().length + 1L;
        int columns = block.weights().columns();
        if (block.weights() instanceof Float32 full) {
            graph.floatsBelowZeros(prefix + StudentFile.WEIGHTS, full.values(), columns);
            return graph.node("Gather", prefix + "_gathered", prefix + StudentFile.WEIGHTS, rows);
        }
        Int8 small = (Int8) block.weights();
        byte[] values = new byte[columns + small.values().length];
        System.arraycopy(small.values(), 0, values, columns, small.values().length);
        float[] scales = new float[1 + small.scales().length];
        System.arraycopy(small.scales(), 0, scales, 1, small.scales().length);
        graph.bytes(prefix + StudentFile.WEIGHTS, values, count, columns);
        graph.floats(prefix + StudentFile.SCALES, scales, count);
        String steps = graph.node("Gather", prefix + "_steps", prefix + StudentFile.WEIGHTS, rows);
        String scale = graph.node("Gather", prefix + "_scale", prefix + StudentFile.SCALES, rows);
        String wide = graph.node("Unsqueeze", prefix + "_scale_wide", scale, graph.constant(-1));
        return graph.node(
                "Mul",
                prefix + "_gathered",
                graph.cast(prefix + "_steps_float", steps, TensorProto.DataType.FLOAT),
                wide);
    }
}
