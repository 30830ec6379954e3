package dev.stillhouse.udfs.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.stillhouse.udfs.errors.DataException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A part of an ONNX graph: what is needed for some of its values, and nothing else. */
final class GraphCut {
    private static final Set<String> BRANCHING = Set.of("If", "Loop", "Scan");

    private GraphCut() {}

    /**
     * Cuts a graph.
     *
     * @param wanted names of values that the part is to compute; they are not made outputs
     * @return nodes in their order, initializers and inputs that are needed, and no outputs
     * @throws DataException if nothing computes a wanted value, or a node that is needed holds graphs of its own
     */
    static GraphProto to(GraphProto graph, Collection<String> wanted) {
        return to(graph, wanted, Set.of());
    }

    /**
     * Cuts a part out of a graph that goes on from values which are there already.
     *
     * @param wanted names of values that the part is to compute; they are not made outputs
     * @param given names of values that it finds computed
     * @return nodes in their order, initializers and inputs that are needed, and no outputs
     * @throws DataException if nothing computes a wanted value, or a node that is needed holds graphs of its own
     */
    static GraphProto to(GraphProto graph, Collection<String> wanted, Set<String> given) {
        Set<String> needed = new HashSet<>(wanted);
        List<NodeProto> nodes = new ArrayList<>();
        Set<String> computed = new HashSet<>();
        for (int i = graph.getNodeCount() - 1; i >= 0; i--) {
            NodeProto node = graph.getNode(i);
            boolean isNeeded = node.getOutputList().stream().anyMatch(needed::contains);
            if (isNeeded && node.getOutputList().stream().noneMatch(given::contains)) {
                refuseBranches(node);
                nodes.add(node);
                needed.addAll(node.getInputList());
                computed.addAll(node.getOutputList());
            }
        }
        Collections.reverse(nodes);
        for (String value : wanted) {
            if (!computed.contains(value)) {
                throw new DataException("Cannot cut an ONNX graph at " + value + ": no node of it computes that");
            }
        }
        return part(graph, nodes, needed);
    }

    private static GraphProto part(GraphProto graph, List<NodeProto> nodes, Set<String> needed) {
        GraphProto.Builder part = GraphProto.newBuilder().setName(graph.getName());
        part.addAllNode(nodes);
        Set<String> constants = new HashSet<>();
        for (TensorProto tensor : graph.getInitializerList()) {
            constants.add(tensor.getName());
            if (needed.contains(tensor.getName())) {
                part.addInitializer(tensor);
            }
        }
        for (ValueInfoProto input : graph.getInputList()) {
            if (needed.contains(input.getName()) && !constants.contains(input.getName())) {
                part.addInput(input);
            }
        }
        return part.build();
    }

    private static void refuseBranches(NodeProto node) {
        if (BRANCHING.contains(node.getOpType())) {
            throw new DataException("Cannot cut an ONNX graph: its node " + node.getName() + " is " + node.getOpType()
                    + ", which holds graphs of its own. Export the model without control flow");
        }
    }
}
