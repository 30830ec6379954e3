package dev.stillhouse.student.export;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An ONNX graph under construction, node by node. Names are the caller's; a node has one output and the name of it. */
final class GraphWriter {
    private final GraphProto.Builder graph;
    private final Set<String> initializers = new HashSet<>();
    private final Set<String> inputs = new HashSet<>();

    GraphWriter(String name) {
        graph = GraphProto.newBuilder().setName(name);
    }

    /** A graph that continues a part of another. */
    GraphWriter(GraphProto start) {
        graph = start.toBuilder();
        start.getInitializerList().forEach(tensor -> initializers.add(tensor.getName()));
        start.getInputList().forEach(input -> inputs.add(input.getName()));
    }

    GraphProto graph() {
        return graph.build();
    }

    /**
     * Adds a part of another graph. Its weights and inputs are those of this one where they are there already.
     *
     * @param prefix for the names of its nodes and of what they compute
     * @param given names in this graph for values that the part reads by another
     */
    void copy(GraphProto part, String prefix, Map<String, String> given) {
        part.getInitializerList().stream()
                .filter(tensor -> initializers.add(tensor.getName()))
                .forEach(graph::addInitializer);
        part.getInputList().stream()
                .filter(input -> inputs.add(input.getName()))
                .forEach(graph::addInput);
        Map<String, String> names = new HashMap<>(given);
        for (NodeProto node : part.getNodeList()) {
            NodeProto.Builder copy = node.toBuilder().setName(node.getName().isEmpty() ? "" : prefix + node.getName());
            for (int i = 0; i < node.getInputCount(); i++) {
                copy.setInput(i, names.getOrDefault(node.getInput(i), node.getInput(i)));
            }
            for (int i = 0; i < node.getOutputCount(); i++) {
                String output = node.getOutput(i);
                // An empty name stands for an output that is left out.
                names.put(output, output.isEmpty() ? output : prefix + output);
                copy.setOutput(i, names.get(output));
            }
            graph.addNode(copy);
        }
    }

    /** A value computed by a standard operator without attributes. */
    String node(String operator, String output, String... inputs) {
        return node(NodeProto.newBuilder().setOpType(operator), output, inputs);
    }

    /** A value computed by an operator whose domain and attributes are set already. */
    String node(NodeProto.Builder operator, String output, String... inputs) {
        graph.addNode(operator.setName(output).addAllInput(List.of(inputs)).addOutput(output));
        return output;
    }

    /** An operator of the standard domain, with attributes. */
    static NodeProto.Builder operator(String name, AttributeProto... attributes) {
        return NodeProto.newBuilder().setOpType(name).addAllAttribute(List.of(attributes));
    }

    String sum(String name, String values, int axis, boolean keep) {
        return node(operator("ReduceSum", attribute("keepdims", keep ? 1 : 0)), name, values, constant(axis));
    }

    /** An int64 vector of one value. */
    String constant(long value) {
        return longs("int_" + value, value);
    }

    String cast(String name, String value, TensorProto.DataType type) {
        return node(operator("Cast", attribute("to", type.getNumber())), name, value);
    }

    /** A double without dimensions. */
    String doubleScalar(String name, double value) {
        ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putDouble(value);
        return raw(name, TensorProto.DataType.DOUBLE, bytes, new long[0]);
    }

    /** A double vector. */
    String doubles(String name, double[] values) {
        return doubles(name, values, values.length);
    }

    String doubles(String name, double[] values, long... shape) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asDoubleBuffer().put(values);
        return raw(name, TensorProto.DataType.DOUBLE, bytes, shape);
    }

    String floats(String name, float[] values, long... shape) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return raw(name, TensorProto.DataType.FLOAT, bytes, shape);
    }

    /**
     * A float matrix with a row of zeros above the given ones.
     *
     * @param rows {@code float[rows * columns]}
     */
    String floatsBelowZeros(String name, float[] rows, int columns) {
        ByteBuffer bytes =
                ByteBuffer.allocate((columns + rows.length) * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().position(columns).put(rows);
        return raw(name, TensorProto.DataType.FLOAT, bytes, 1L + rows.length / columns, columns);
    }

    /** @param values are not copied, and must not be written to afterwards */
    String bytes(String name, byte[] values, long... shape) {
        return raw(name, TensorProto.DataType.INT8, ByteBuffer.wrap(values), shape);
    }

    /** An int64 vector. One that is there already under this name stays. */
    String longs(String name, long... values) {
        return longs(name, values, values.length);
    }

    /** An int64 without dimensions. One that is there already under this name stays. */
    String longScalar(String name, long value) {
        return longs(name, new long[] {value}, new long[0]);
    }

    private String longs(String name, long[] values, long... shape) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(values);
        return raw(name, TensorProto.DataType.INT64, bytes, shape);
    }

    String strings(String name, List<String> values) {
        TensorProto.Builder tensor = tensor(name, TensorProto.DataType.STRING, values.size());
        values.forEach(value -> tensor.addStringData(ByteString.copyFromUtf8(value)));
        graph.addInitializer(tensor);
        return name;
    }

    void input(String name, TensorProto.DataType type) {
        input(name, type, 0);
    }

    /** An input of shape [N], or [N, columns] where {@code columns} is above 0. */
    void input(String name, TensorProto.DataType type, int columns) {
        graph.addInput(value(name, type, columns));
    }

    /** An output of shape [N], or [N, columns] where {@code columns} is above 0. */
    void output(String name, TensorProto.DataType type, int columns) {
        graph.addOutput(value(name, type, columns));
    }

    static AttributeProto attribute(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    static AttributeProto attribute(String name, String value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(value))
                .build();
    }

    static AttributeProto attribute(String name, List<String> values) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.STRINGS);
        values.forEach(value -> attribute.addStrings(ByteString.copyFromUtf8(value)));
        return attribute.build();
    }

    private String raw(String name, TensorProto.DataType type, ByteBuffer bytes, long... shape) {
        if (!initializers.add(name)) {
            return name;
        }
        // Not copied: nobody else has the bytes, and of many labels they are hundreds of megabytes.
        graph.addInitializer(tensor(name, type, shape).setRawData(UnsafeByteOperations.unsafeWrap(bytes.rewind())));
        return name;
    }

    private static TensorProto.Builder tensor(String name, TensorProto.DataType type, long... shape) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(type.getNumber());
        for (long dimension : shape) {
            tensor.addDims(dimension);
        }
        return tensor;
    }

    private static ValueInfoProto value(String name, TensorProto.DataType type, int columns) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("N"));
        if (columns > 0) {
            shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(columns));
        }
        TypeProto.Tensor tensor = TypeProto.Tensor.newBuilder()
                .setElemType(type.getNumber())
                .setShape(shape)
                .build();
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }
}
