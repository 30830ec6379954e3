package dev.stillhouse.teacher;

import dev.stillhouse.udfs.Sha256;
import dev.stillhouse.udfs.TextScorer;
import dev.stillhouse.udfs.errors.DataException;
import dev.stillhouse.udfs.onnx.EncoderSpec;
import dev.stillhouse.udfs.onnx.TextEncoder;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The whole teacher as a function from text to probabilities: encoder and head. Safe for use by several threads; holds a share of the JVM's session until it is closed. */
public final class TeacherScorer implements TextScorer, AutoCloseable {
    private final EncoderSpec spec;
    private final Head head;
    private final TextEncoder encoder;

    /**
     * Opens the encoder.
     *
     * @throws IllegalArgumentException if head and encoder differ in dimensions
     */
    public TeacherScorer(EncoderSpec spec, Head head) {
        this.spec = spec;
        this.head = head;
        this.encoder = TextEncoder.open(spec);
        if (encoder.dimensions() != head.dimensions()) {
            encoder.close();
            throw new IllegalArgumentException("Invalid head: it takes " + head.dimensions()
                    + " dimensions (must be the encoder's " + encoder.dimensions() + ")");
        }
    }

    /**
     * What names a teacher in datasets: {@code <model>-<precision>-<maxTokens>-<head>}, model and head by the first 12 hexadecimal digits of their SHA-256. Equal identities give equal probabilities.
     */
    public static String identity(EncoderSpec spec, TeacherConfig.Precision precision, Head head) {
        return String.join(
                "-",
                spec.modelSha256().substring(0, 12),
                precision.name().toLowerCase(Locale.ROOT),
                Integer.toString(spec.maxTokens()),
                Sha256.hex(head.toJson()).substring(0, 12));
    }

    @Override
    public List<String> labels() {
        return head.labels();
    }

    @Override
    public float[][] probabilities(List<String> texts) {
        float[] @Nullable [] vectors = encoder.encode(texts);
        float[][] probabilities = new float[vectors.length][];
        for (int i = 0; i < vectors.length; i++) {
            float @Nullable [] vector = vectors[i];
            if (vector == null) {
                throw new DataException("Cannot score with the teacher: encoder " + spec.name()
                        + " returned values that are not finite. Export it in fp32");
            }
            probabilities[i] = head.probabilities(vector);
        }
        return probabilities;
    }

    /** What has to be shipped to score: model, tokenizer and head file, in bytes. */
    public long bytes() {
        return spec.bytes() + head.toJson().length;
    }

    /** Weights of the encoder and the head; reads the model file. */
    public long parameters() {
        return TextEncoder.parameters(spec) + head.parameters();
    }

    @Override
    public void close() {
        encoder.close();
    }
}
