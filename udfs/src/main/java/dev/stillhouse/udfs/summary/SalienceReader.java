package dev.stillhouse.udfs.summary;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.stillhouse.udfs.errors.DataException;
import dev.stillhouse.udfs.student.StudentModel;
import dev.stillhouse.udfs.student.StudentReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads a {@link SalienceModel} back from the bytes of a published {@code student.onnx}, whose names are in {@link SalienceFile}; everything is checked here, once. */
public final class SalienceReader {
    private final Map<String, TensorProto> tensors = new HashMap<>();
    private final Map<String, String> metadata = new HashMap<>();
    private final String name;

    private SalienceReader(ModelProto file, String name) {
        this.name = name;
        file.getGraph().getInitializerList().forEach(tensor -> tensors.put(tensor.getName(), tensor));
        for (StringStringEntryProto entry : file.getMetadataPropsList()) {
            metadata.put(entry.getKey(), entry.getValue());
        }
    }

    /** Whether a file is one of a student that summarises. */
    public static boolean summarizes(byte[] content) {
        try {
            return ModelProto.parseFrom(content).getMetadataPropsList().stream()
                    .anyMatch(entry -> entry.getKey().equals(SalienceFile.META_FORMAT));
        } catch (InvalidProtocolBufferException e) {
            return false;
        }
    }

    /**
     * Reads a student.
     *
     * @param content the whole file
     * @param name of the file, for messages
     * @throws DataException where this is no file of a student that summarises, or its parts do not fit together
     */
    public static SalienceModel read(byte[] content, String name) {
        StudentModel cues = StudentReader.read(content, name);
        try {
            return new SalienceReader(ModelProto.parseFrom(content), name).model(cues);
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            throw new DataException("Cannot read student " + name + ": " + e.getMessage(), e);
        }
    }

    private SalienceModel model(StudentModel cues) {
        String version = metadata.get(SalienceFile.META_FORMAT);
        if (!SalienceFile.FORMAT_VERSION.equals(version)) {
            throw unreadable(
                    version == null
                            ? "it does not summarise; give the student.onnx of a task with kind: summarize, or run ./stillhouse train first"
                            : "format version '" + version + "' where '" + SalienceFile.FORMAT_VERSION
                                    + "' is expected; publish the student again with this version");
        }
        String features = Arrays.stream(SalienceFeature.values())
                .map(SalienceFeature::key)
                .collect(Collectors.joining(","));
        if (!features.equals(metadata.get(SalienceFile.META_FEATURES))) {
            throw unreadable("its features are not those of this version; publish the student again");
        }
        requireFinite(cues);
        Map<String, String> rest = new HashMap<>(cues.metadata());
        rest.keySet()
                .removeAll(List.of(
                        SalienceFile.META_FORMAT,
                        SalienceFile.META_FEATURES,
                        SalienceFile.META_REDUNDANCY,
                        SalienceFile.META_RARITIES));
        if (SummaryDefaults.isIn(rest)) {
            SummaryDefaults.of(rest, name);
        }
        return new SalienceModel(
                bins(),
                cues.withMetadata(rest),
                (float) doubles(SalienceFile.TEMPERATURE, 1)[0],
                redundancy(),
                rarities(cues.words().keys().length));
    }

    private FeatureBins bins() {
        int size = SalienceFeature.size();
        float[] edges = floats(SalienceFile.EDGES);
        float[] first = floats(SalienceFile.FIRST);
        double[] steps = doubles(SalienceFile.STEPS, edges.length);
        if (first.length != size || edges.length % size != 0) {
            throw unreadable("its bins are of other features");
        }
        int most = edges.length / size;
        float[][] kept = new float[size][];
        float[][] weights = new float[size][];
        for (int f = 0; f < size; f++) {
            int count = 0;
            while (count < most && Float.isFinite(edges[f * most + count])) {
                count++;
            }
            kept[f] = Arrays.copyOfRange(edges, f * most, f * most + count);
            weights[f] = new float[count + 1];
            requirePadding(Arrays.copyOfRange(edges, f * most + count, (f + 1) * most));
            double weight = first[f];
            weights[f][0] = first[f];
            for (int i = 0; i < count; i++) {
                weight += steps[f * most + i];
                weights[f][i + 1] = (float) weight;
            }
            requireFinite("weights of bins", weights[f]);
        }
        return new FeatureBins(kept, weights);
    }

    /** Behind the last edge of a feature there is nothing but infinity. */
    private void requirePadding(float[] rest) {
        for (float edge : rest) {
            if (edge != Float.POSITIVE_INFINITY) {
                throw unreadable("tensor '" + SalienceFile.EDGES + "' holds " + edge + " behind the last edge");
            }
        }
    }

    private void requireFinite(String noun, float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw unreadable(noun + " are not finite: " + value);
            }
        }
    }

    private void requireFinite(StudentModel cues) {
        requireFinite("biases", cues.bias());
        requireFinite("projections of vectors", cues.vectors().projection());
        requireFinite("weights of n-grams", cues.words().weights());
        requireFinite("vectors of words", cues.vectors().entries().weights());
    }

    private void requireFinite(String noun, StudentModel.Weights weights) {
        float[] row = new float[weights.columns()];
        for (int i = 0; i < weights.rows(); i++) {
            for (int column = 0; column < row.length; column++) {
                row[column] = weights.at(i, column);
            }
            requireFinite(noun, row);
        }
    }

    private float redundancy() {
        try {
            return Float.parseFloat(metadata.getOrDefault(SalienceFile.META_REDUNDANCY, ""));
        } catch (NumberFormatException e) {
            throw new DataException(
                    "Cannot read student " + name + ": metadata '" + SalienceFile.META_REDUNDANCY
                            + "' is no number; the file was changed",
                    e);
        }
    }

    private float[] rarities(int rows) {
        byte[] steps;
        try {
            steps = Base64.getDecoder().decode(metadata.getOrDefault(SalienceFile.META_RARITIES, ""));
        } catch (IllegalArgumentException e) {
            throw unreadable("metadata '" + SalienceFile.META_RARITIES + "' is no Base64; the file was changed");
        }
        if (steps.length != rows) {
            throw unreadable(steps.length + " rarities of " + rows + " n-grams");
        }
        float[] rarities = new float[rows];
        for (int row = 0; row < rows; row++) {
            rarities[row] = (steps[row] & 0xFF) / SalienceFile.RARITY_STEPS;
        }
        return rarities;
    }

    private float[] floats(String tensor) {
        ByteBuffer bytes = raw(tensor, TensorProto.DataType.FLOAT);
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        return values;
    }

    private double[] doubles(String tensor, int size) {
        ByteBuffer bytes = raw(tensor, TensorProto.DataType.DOUBLE);
        double[] values = new double[bytes.remaining() / Double.BYTES];
        bytes.asDoubleBuffer().get(values);
        if (values.length != size || !Arrays.stream(values).allMatch(Double::isFinite)) {
            throw unreadable("tensor '" + tensor + "' does not hold " + size + " finite numbers");
        }
        return values;
    }

    private ByteBuffer raw(String tensor, TensorProto.DataType type) {
        return Optional.ofNullable(tensors.get(tensor))
                .filter(found -> found.getDataType() == type.getNumber())
                .map(found -> found.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN))
                .orElseThrow(() -> unreadable("it has no tensor '" + tensor + "' of type " + type));
    }

    private DataException unreadable(String reason) {
        return new DataException("Cannot read student " + name + ": " + reason);
    }
}
