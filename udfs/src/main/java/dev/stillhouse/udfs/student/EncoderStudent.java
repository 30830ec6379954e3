package dev.stillhouse.udfs.student;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.stillhouse.udfs.errors.ConfigurationException;
import dev.stillhouse.udfs.errors.DataException;
import dev.stillhouse.udfs.onnx.EncoderSpec;
import dev.stillhouse.udfs.onnx.ModelFiles;
import dev.stillhouse.udfs.onnx.Reading;
import dev.stillhouse.udfs.onnx.TextEncoder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A student that is an encoder cut at a layer, with a head on top: tokenised and run in batches by {@link TextEncoder}, in the JVM's one session of it. Safe for use by several threads until closed; not serialisable. */
public final class EncoderStudent implements Student {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TextEncoder encoder;
    private final List<String> labels;
    private final Map<String, String> metadata;
    private final long parameters;
    private final String name;

    private EncoderStudent(TextEncoder encoder, Map<String, String> metadata, long parameters, String name) {
        this.encoder = encoder;
        this.labels = labels(metadata, name);
        this.metadata = metadata;
        this.parameters = parameters;
        this.name = name;
    }

    /**
     * Loads one.
     *
     * @param files with a tokenizer
     * @param name of the student, for messages
     * @throws DataException if the files are no such student, or one of another format
     */
    static EncoderStudent open(StudentFiles files, String name) {
        Map<String, String> metadata = metadata(files.onnx(), name);
        String format = metadata.getOrDefault(StudentFile.META_FORMAT, "");
        if (!format.equals(EncoderFile.FORMAT_VERSION)) {
            throw new DataException("Cannot read student " + name + ": its format version is '" + format + "' where '"
                    + EncoderFile.FORMAT_VERSION + "' is expected. Train it again");
        }
        for (String key : List.of(StudentFile.META_TEMPERATURE, EncoderFile.META_LAYER, EncoderFile.META_LAYERS)) {
            number(metadata, key, name);
        }
        labels(metadata, name);
        exits(metadata, name);
        EncoderSpec spec = spec(files, metadata, name);
        TextEncoder encoder = TextEncoder.open(spec);
        EncoderStudent student = new EncoderStudent(encoder, metadata, TextEncoder.parameters(spec), name);
        if (encoder.dimensions() != student.labels.size()) {
            encoder.close();
            throw new DataException("Cannot read student " + name + ": it has " + student.labels.size() + " labels and "
                    + encoder.dimensions() + " probabilities. Train it again");
        }
        return student;
    }

    private static EncoderSpec spec(StudentFiles files, Map<String, String> metadata, String name) {
        ModelFiles.Loaded loaded =
                new ModelFiles.Loaded(files.onnx(), files.tokenizer().orElseThrow());
        try {
            return EncoderSpec.of("student " + name, loaded, (int) number(metadata, EncoderFile.META_MAX_TOKENS, name))
                    .withReading(Reading.PROBABILITIES)
                    .withPrefix(metadata.getOrDefault(EncoderFile.META_PREFIX, ""));
        } catch (ConfigurationException e) {
            // The key that it names is the task file's, of a teacher.
            throw new DataException(
                    "Cannot read student " + name + ": its metadata " + EncoderFile.META_MAX_TOKENS
                            + " is out of range. Train it again",
                    e);
        }
    }

    @Override
    public List<String> labels() {
        return labels;
    }

    @Override
    public float temperature() {
        return number(metadata, StudentFile.META_TEMPERATURE, name);
    }

    @Override
    public long parameters() {
        return parameters;
    }

    /** The layer that is read, from 1. */
    public int layer() {
        return (int) number(metadata, EncoderFile.META_LAYER, name);
    }

    /** Layers of the encoder that it was cut from. */
    public int layers() {
        return (int) number(metadata, EncoderFile.META_LAYERS, name);
    }

    /** Where texts may leave before, the shallowest first; may be empty. */
    public List<EarlyExit> exits() {
        return exits(metadata, name);
    }

    /** Longest input in word pieces, special ones included. */
    public int maxTokens() {
        return (int) number(metadata, EncoderFile.META_MAX_TOKENS, name);
    }

    /** What every text is made to begin with; may be empty. */
    public String prefix() {
        return metadata.getOrDefault(EncoderFile.META_PREFIX, "");
    }

    /** Name of the encoder that it was cut from. */
    public String encoder() {
        return metadata.getOrDefault(EncoderFile.META_ENCODER, "");
    }

    @Override
    public Map<String, String> provenance() {
        Map<String, String> provenance = new TreeMap<>(metadata);
        provenance.keySet().removeAll(EncoderFile.RESERVED_METADATA);
        return provenance;
    }

    /** {@inheritDoc} Batches of its own are made of the texts, by their length; a text's probabilities depend on its batch within rounding of the last digits. */
    @Override
    public float[] @Nullable [] finiteProbabilities(List<String> texts) {
        return encoder.encode(texts);
    }

    /**
     * {@inheritDoc}
     *
     * @throws DataException if there are values that are not finite for one of the texts
     */
    @Override
    public float[][] probabilities(List<String> texts) {
        float[] @Nullable [] read = finiteProbabilities(texts);
        float[][] probabilities = new float[read.length][];
        for (int text = 0; text < read.length; text++) {
            float @Nullable [] row = read[text];
            if (row == null) {
                throw new DataException("Cannot score with student " + name
                        + ": its graph returned values that are not finite. Train it again, from an encoder in fp32");
            }
            probabilities[text] = row;
        }
        return probabilities;
    }

    @Override
    public void close() {
        encoder.close();
    }

    private static Map<String, String> metadata(byte[] onnx, String name) {
        try {
            Map<String, String> metadata = new TreeMap<>();
            ModelProto.parseFrom(onnx)
                    .getMetadataPropsList()
                    .forEach(entry -> metadata.put(entry.getKey(), entry.getValue()));
            return metadata;
        } catch (InvalidProtocolBufferException e) {
            throw new DataException("Cannot read student " + name + ": it is no ONNX file (" + e.getMessage() + ")", e);
        }
    }

    private static List<String> labels(Map<String, String> metadata, String name) {
        return List.of(array(metadata, StudentFile.META_LABELS, String[].class, name));
    }

    private static List<EarlyExit> exits(Map<String, String> metadata, String name) {
        return List.of(array(metadata, EncoderFile.META_EXITS, EarlyExit[].class, name));
    }

    private static <T> T[] array(Map<String, String> metadata, String key, Class<T[]> type, String name) {
        String problem =
                "Cannot read student " + name + ": its " + key + " are not what is expected there. Train it again";
        try {
            T @Nullable [] values = JSON.readValue(metadata.getOrDefault(key, "[]"), type);
            if (values == null || Arrays.stream(values).anyMatch(Objects::isNull)) {
                throw new DataException(problem);
            }
            return values;
        } catch (JsonProcessingException e) {
            throw new DataException(problem, e);
        }
    }

    /** A number greater than 0. */
    private static float number(Map<String, String> metadata, String key, String name) {
        String written = metadata.getOrDefault(key, "");
        float number;
        try {
            number = Float.parseFloat(written);
        } catch (NumberFormatException e) {
            number = Float.NaN;
        }
        if (!(number > 0 && number < Float.POSITIVE_INFINITY)) {
            throw new DataException("Cannot read student " + name + ": its metadata " + key + " is '" + written
                    + "' (must be a number greater than 0). Train it again");
        }
        return number;
    }
}
