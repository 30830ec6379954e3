package dev.stillhouse.udfs.student;

import dev.stillhouse.udfs.TextScorer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A published student that can be scored, whatever its kind. Safe for use by several threads until closed; not serialisable: executors open it from {@link StudentFiles}. */
public sealed interface Student extends TextScorer, AutoCloseable permits StudentKernel, OnnxStudent, EncoderStudent {

    /** As {@link #probabilities}, but null for a text for which the graph returns values that are not finite. */
    default float[] @Nullable [] finiteProbabilities(List<String> texts) {
        return probabilities(texts);
    }

    /** What its logits are divided by. */
    float temperature();

    /** Number of its weights and biases. */
    long parameters();

    /** Where it comes from. */
    Map<String, String> provenance();

    /** Gives back what it holds of this JVM; a second call does nothing. */
    @Override
    default void close() {}
}
