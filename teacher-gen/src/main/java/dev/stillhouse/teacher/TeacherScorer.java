package dev.stillhouse.teacher;

import dev.stillhouse.udfs.Decision;
import dev.stillhouse.udfs.TextScorer;
import dev.stillhouse.udfs.errors.DataException;
import dev.stillhouse.udfs.onnx.EncoderSpec;
import dev.stillhouse.udfs.onnx.TextEncoder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The whole teacher as a function from text to probabilities: its members' models and its heads. Safe for use by several threads; holds a share of the JVM's sessions until it is closed. */
public final class TeacherScorer implements TextScorer, AutoCloseable {
    private final Teacher teacher;
    private final List<EncoderSpec> models;
    private final List<TextEncoder> encoders = new ArrayList<>();

    /**
     * Opens the models.
     *
     * @param models of the members, in their order
     * @throws IllegalArgumentException if a head and its model differ in dimensions
     */
    public TeacherScorer(Teacher teacher, List<EncoderSpec> models) {
        this.teacher = teacher;
        this.models = List.copyOf(models);
        for (int m = 0; m < models.size(); m++) {
            TextEncoder encoder = TextEncoder.open(models.get(m));
            encoders.add(encoder);
            int dimensions = teacher.mixture().heads().get(m).dimensions();
            if (encoder.dimensions() != dimensions) {
                close();
                throw new IllegalArgumentException("Invalid head: it takes " + dimensions
                        + " dimensions (must be the encoder's " + encoder.dimensions() + ")");
            }
        }
    }

    @Override
    public List<String> labels() {
        return teacher.mixture().labels();
    }

    @Override
    public Decision decision() {
        return teacher.mixture().decision();
    }

    @Override
    public float[][] probabilities(List<String> texts) {
        float[][][] outputs = new float[texts.size()][encoders.size()][];
        for (int m = 0; m < encoders.size(); m++) {
            float[] @Nullable [] vectors = encoders.get(m).encode(texts);
            for (int i = 0; i < vectors.length; i++) {
                float @Nullable [] vector = vectors[i];
                if (vector == null) {
                    throw new DataException("Cannot score with the teacher: encoder "
                            + models.get(m).name() + " returned values that are not finite. Export it in fp32");
                }
                outputs[i][m] = vector;
            }
        }
        float[][] probabilities = new float[outputs.length][];
        for (int i = 0; i < outputs.length; i++) {
            probabilities[i] = teacher.mixture().probabilities(outputs[i]);
        }
        return probabilities;
    }

    /** What has to be shipped to score: models, tokenizers and {@code teacher.json}, in bytes. */
    public long bytes() {
        return models.stream().mapToLong(EncoderSpec::bytes).sum() + teacher.toJson().length;
    }

    /** Weights of the models and the heads; reads the model files. */
    public long parameters() {
        return models.stream().mapToLong(TextEncoder::parameters).sum()
                + teacher.mixture().heads().stream().mapToLong(Head::parameters).sum();
    }

    @Override
    public void close() {
        encoders.forEach(TextEncoder::close);
        encoders.clear();
    }
}
