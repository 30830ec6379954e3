package dev.stillhouse.udfs.onnx;

import java.io.Serializable;
import java.util.List;

/**
 * What a model for natural language inference is asked about every text: whether it entails each of some hypotheses. Serialisable.
 *
 * @param hypotheses sentences; none where nothing is asked
 * @param logit index of the logit that stands for entailment
 */
public record Entailment(List<String> hypotheses, int logit) implements Serializable {
    /** Nothing is asked. */
    public static final Entailment NONE = new Entailment(List.of(), 0);

    public Entailment {
        hypotheses = List.copyOf(hypotheses);
    }

    /** Whether something is asked. */
    boolean isAsked() {
        return !hypotheses.isEmpty();
    }
}
