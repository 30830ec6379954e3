package dev.stillhouse.udfs.student;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.stillhouse.udfs.Decision;
import dev.stillhouse.udfs.Link;
import dev.stillhouse.udfs.ProbabilityMap;
import dev.stillhouse.udfs.ThresholdsJson;
import dev.stillhouse.udfs.errors.DataException;
import dev.stillhouse.udfs.student.StudentModel.Block;
import dev.stillhouse.udfs.student.StudentModel.Float32;
import dev.stillhouse.udfs.student.StudentModel.Int8;
import dev.stillhouse.udfs.student.StudentModel.Vectors;
import dev.stillhouse.udfs.student.StudentModel.Weights;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Reads a {@link StudentModel} back from the bytes of a published {@code student.onnx}, whose names are in {@link StudentFile}. Everything is checked here, once, so that the
 * engines need not. A block without entries comes back with float weights, whichever it was written with.
 */
public final class StudentReader {
    private static final int MOST_DIMENSIONS = 65_536;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, TensorProto> tensors = new HashMap<>();
    private final Map<String, NodeProto> nodes = new HashMap<>();
    private final Map<String, String> metadata = new HashMap<>();

    private final String name;

    private StudentReader(ModelProto file, String name) {
        this.name = name;
        GraphProto graph = file.getGraph();
        graph.getInitializerList().forEach(tensor -> tensors.put(tensor.getName(), tensor));
        graph.getNodeList().forEach(node -> nodes.put(node.getName(), node));
        for (StringStringEntryProto entry : file.getMetadataPropsList()) {
            metadata.put(entry.getKey(), entry.getValue());
        }
    }

    /**
     * Reads a student.
     *
     * @param content the whole file
     * @param name of the file, for messages
     * @throws DataException where this is no ONNX file, or none that Stillhouse published in this format, or one whose parts do not fit together
     */
    public static StudentModel read(byte[] content, String name) {
        StudentReader reader = new StudentReader(parse(content, name), name);
        try {
            return reader.model();
        } catch (IllegalArgumentException e) {
            throw new DataException("Cannot read student " + name + ": " + e.getMessage(), e);
        }
    }

    private static ModelProto parse(byte[] content, String name) {
        ModelProto file;
        try {
            file = ModelProto.parseFrom(content);
        } catch (InvalidProtocolBufferException e) {
            throw new DataException(
                    "Cannot read student " + name + ": its " + content.length
                            + " bytes are no ONNX file; give a whole student.onnx",
                    e);
        }
        if (!file.hasGraph() || !file.getProducerName().equals(StudentFile.PRODUCER)) {
            throw new DataException(
                    "Cannot read student " + name + ": its producer is '" + file.getProducerName() + "' where '"
                            + StudentFile.PRODUCER + "' is expected; give the student.onnx of a published student");
        }
        return file;
    }

    private StudentModel model() {
        String version = text(StudentFile.META_FORMAT);
        if (!StudentFile.READABLE_VERSIONS.contains(version)) {
            throw unreadable("format version '" + version + "' where '"
                    + String.join("' or '", StudentFile.READABLE_VERSIONS)
                    + "' is expected; publish the student again with this version");
        }
        Decision decision = decision();
        List<String> labels = labels(decision.link());
        FeatureSpec spec = new FeatureSpec(
                number(StudentFile.META_MAX_WORD),
                number(StudentFile.META_MIN_CHARACTER),
                number(StudentFile.META_MAX_CHARACTER));
        Map<String, String> rest = new HashMap<>(metadata);
        rest.keySet().removeAll(StudentFile.RESERVED_METADATA);
        StudentModel model = new StudentModel(
                labels,
                spec,
                block(StudentFile.WORDS, labels.size()),
                block(StudentFile.CHARACTERS, labels.size()),
                vectors(labels.size()),
                floats(StudentFile.BIAS, labels.size()),
                decision.link() == Link.IDENTITY ? 1 : temperature(),
                decision,
                rest);
        Vocabularies.check(model);
        return model;
    }

    /** The graph has their names where it gives one; elsewhere the metadata do. */
    private List<String> labels(Link link) {
        if (link == Link.SOFTMAX) {
            return strings(StudentFile.LABELS);
        }
        try {
            String[] names = JSON.readValue(text(StudentFile.META_LABELS), String[].class);
            if (names != null && Arrays.stream(names).allMatch(Objects::nonNull)) {
                return List.of(names);
            }
        } catch (JsonProcessingException e) {
            // As any other value that is none.
        }
        throw unreadable("metadata '" + StudentFile.META_LABELS + "' is no JSON array of names; the file was changed");
    }

    /** Files of formats 1 and 2 say nothing of a link. */
    private Decision decision() {
        if (!metadata.containsKey(StudentFile.META_LINK)) {
            return Decision.by(Link.SOFTMAX);
        }
        try {
            JsonNode object = JSON.readTree(text(StudentFile.META_THRESHOLDS));
            if (!object.isObject()) {
                throw unreadable("metadata '" + StudentFile.META_THRESHOLDS + "' is no JSON object");
            }
            return new Decision(link(), ThresholdsJson.read(object), map());
        } catch (JsonProcessingException e) {
            throw new DataException(
                    "Cannot read student " + name + ": metadata '" + StudentFile.META_THRESHOLDS
                            + "' is no JSON object; the file was changed",
                    e);
        }
    }

    private ProbabilityMap map() {
        String knots = metadata.get(StudentFile.META_MAP);
        if (knots == null) {
            return ProbabilityMap.NONE;
        }
        try {
            JsonNode map = JSON.readTree(knots);
            return new ProbabilityMap(knots(map.path("from")), knots(map.path("to")));
        } catch (JsonProcessingException e) {
            throw new DataException(
                    "Cannot read student " + name + ": metadata '" + StudentFile.META_MAP
                            + "' is no JSON object; the file was changed",
                    e);
        }
    }

    private static float[] knots(JsonNode array) {
        float[] values = new float[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) array.get(i).asDouble(Double.NaN);
        }
        return values;
    }

    private Link link() {
        String key = text(StudentFile.META_LINK);
        return Arrays.stream(Link.values())
                .filter(link -> link.key().equals(key))
                .findFirst()
                .orElseThrow(() -> unreadable("metadata '" + StudentFile.META_LINK + "' is '" + key
                        + "' where softmax, logistic or identity is expected"));
    }

    private Vectors vectors(int labels) {
        if (!nodes.containsKey(StudentFile.VECTORS + StudentFile.ROWS)) {
            return Vectors.none();
        }
        String projection = StudentFile.VECTORS + StudentFile.PROJECTION;
        TensorProto tensor = tensor(projection);
        if (tensor.getDimsCount() != 2 || tensor.getDims(0) < 1 || tensor.getDims(0) > MOST_DIMENSIONS) {
            throw unreadable("initializer '" + projection + "' has shape " + tensor.getDimsList()
                    + " where dimensions (1 to " + MOST_DIMENSIONS + ") and labels are expected");
        }
        int dimensions = (int) tensor.getDims(0);
        return new Vectors(block(StudentFile.VECTORS, dimensions), floats(projection, dimensions, labels));
    }

    private Block block(String prefix, int columns) {
        NodeProto encoder = nodes.get(prefix + StudentFile.ROWS);
        if (encoder == null) {
            return Block.none(columns);
        }
        String[] keys = keys(encoder);
        TensorProto weights = tensor(prefix + StudentFile.WEIGHTS);
        long[] shape = {keys.length + 1L, columns};
        if (weights.getDataType() == TensorProto.DataType.FLOAT.getNumber()) {
            float[] values = floats(prefix + StudentFile.WEIGHTS, shape);
            return new Block(keys, new Float32(Arrays.copyOfRange(values, columns, values.length), columns));
        }
        return new Block(keys, int8(prefix, shape));
    }

    private Weights int8(String prefix, long[] shape) {
        TensorProto weights = tensor(prefix + StudentFile.WEIGHTS, TensorProto.DataType.INT8, shape);
        float[] scales = floats(prefix + StudentFile.SCALES, shape[0]);
        byte[] values = raw(weights, 1).toByteArray();
        int columns = (int) shape[1];
        return new Int8(
                Arrays.copyOfRange(values, columns, values.length),
                Arrays.copyOfRange(scales, 1, scales.length),
                columns);
    }

    private String[] keys(NodeProto encoder) {
        List<String> keys = new ArrayList<>();
        encoder.getAttributeList().stream()
                .filter(attribute -> attribute.getName().equals("keys_strings"))
                .flatMap(attribute -> attribute.getStringsList().stream())
                .map(ByteString::toStringUtf8)
                .forEach(keys::add);
        if (keys.isEmpty()) {
            throw unreadable("node '" + encoder.getName() + "' has no keys_strings where a vocabulary is expected");
        }
        return keys.toArray(String[]::new);
    }

    private List<String> strings(String initializer) {
        TensorProto tensor = tensor(initializer);
        requireType(tensor, TensorProto.DataType.STRING);
        requireShape(tensor, tensor.getStringDataCount());
        return tensor.getStringDataList().stream().map(ByteString::toStringUtf8).toList();
    }

    private float[] floats(String initializer, long... shape) {
        TensorProto tensor = tensor(initializer, TensorProto.DataType.FLOAT, shape);
        ByteBuffer buffer = raw(tensor, Float.BYTES).asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[buffer.remaining() / Float.BYTES];
        buffer.asFloatBuffer().get(values);
        return values;
    }

    private TensorProto tensor(String initializer, TensorProto.DataType type, long... shape) {
        TensorProto tensor = tensor(initializer);
        requireType(tensor, type);
        requireShape(tensor, shape);
        return tensor;
    }

    private TensorProto tensor(String initializer) {
        TensorProto tensor = tensors.get(initializer);
        if (tensor == null) {
            throw unreadable("no initializer '" + initializer + "' among " + tensors.size()
                    + " where one is expected; the file is not a student or was changed");
        }
        return tensor;
    }

    private void requireType(TensorProto tensor, TensorProto.DataType type) {
        if (tensor.getDataType() != type.getNumber()) {
            throw unreadable("initializer '" + tensor.getName() + "' has data type "
                    + TensorProto.DataType.forNumber(tensor.getDataType()) + " where " + type + " is expected");
        }
    }

    private void requireShape(TensorProto tensor, long... shape) {
        long[] found = tensor.getDimsList().stream().mapToLong(Long::longValue).toArray();
        if (!Arrays.equals(found, shape)) {
            throw unreadable("initializer '" + tensor.getName() + "' has shape " + Arrays.toString(found) + " where "
                    + Arrays.toString(shape) + " is expected");
        }
    }

    /** The bytes of a tensor whose type and shape were checked. */
    private ByteString raw(TensorProto tensor, int bytesPerValue) {
        long expected = bytesPerValue;
        for (long dimension : tensor.getDimsList()) {
            expected *= dimension;
        }
        if (tensor.getRawData().size() != expected) {
            throw unreadable("initializer '" + tensor.getName() + "' has "
                    + tensor.getRawData().size() + " bytes where " + expected + " are expected");
        }
        return tensor.getRawData();
    }

    private String text(String key) {
        String value = metadata.get(key);
        if (value == null) {
            throw unreadable(
                    "no metadata '" + key + "' where one is expected; the file is not a student or was changed");
        }
        return value;
    }

    private int number(String key) {
        String value = text(key);
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new DataException(
                    "Cannot read student " + name + ": metadata '" + key + "' is '" + value
                            + "' where a whole number is expected",
                    e);
        }
    }

    private float temperature() {
        float temperature = floats(StudentFile.TEMPERATURE, 1)[0];
        if (!(temperature > 0) || Float.isInfinite(temperature)) {
            throw unreadable("its temperature is " + temperature + ", which must be positive and finite");
        }
        return temperature;
    }

    private DataException unreadable(String reason) {
        return new DataException("Cannot read student " + name + ": " + reason);
    }
}
