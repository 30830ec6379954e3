package dev.stillhouse.teacher;

import dev.stillhouse.datasets.config.Checks;
import dev.stillhouse.datasets.config.Key;
import dev.stillhouse.datasets.config.Violation;
import java.util.List;

/** The {@code teacher} section of a task file. */
public record TeacherConfig(
        @Key(
                value =
                        "How the teacher comes to its probabilities: embedding-head (a frozen encoder and a multinomial head fitted on the gold rows) or zero-shot (the same encoder, and how near a document is to descriptions of the labels).",
                defaultValue = "embedding-head")
        Kind kind,

        @Key(
                value =
                        "The encoder: minilm (all-MiniLM-L6-v2, comes with Stillhouse), or a folder with model.onnx and tokenizer.json.",
                defaultValue = "minilm")
        String model,

        @Key(
                value = "The label budget: how many labelled documents the teacher may learn from, at least 2.",
                defaultValue = "1000")
        int gold,

        @Key(value = "Numeric precision of the encoder: fp32.", defaultValue = "fp32")
        Precision precision,

        @Key(
                value = "Longest input in word pieces, special ones included; what is longer is cut off. 8 to 512.",
                defaultValue = "256")
        int maxTokens,

        @Key(value = "zero-shot: the labels, at least 2.", defaultValue = "[]")
        List<LabelConfig> labels,

        @Key(
                value =
                        "zero-shot: sentences that a description is put into, in the place of {}; the one that finds the gold labels best is chosen.",
                defaultValue = "['{}', 'This text is about {}.', 'This is an example of {}.']")
        List<String> phrasings) {

    public TeacherConfig {
        labels = List.copyOf(labels);
        phrasings = List.copyOf(phrasings);
        new Checks()
                .that(
                        !model.isBlank(),
                        new Violation("model", "\"\"", "minilm or a folder with model.onnx and tokenizer.json"))
                .atLeast(2, "gold", gold)
                .between(8, 512, "max_tokens", maxTokens)
                .that(
                        kind != Kind.ZERO_SHOT || labels.size() > 1,
                        new Violation("labels", labels.size() + " labels", "at least 2 for zero-shot"))
                .that(
                        kind == Kind.ZERO_SHOT || labels.isEmpty(),
                        new Violation("labels", labels.size() + " labels", "absent but for zero-shot"))
                .that(
                        labels.stream().map(LabelConfig::name).distinct().count() == labels.size(),
                        new Violation("labels", "a name twice", "labels of different names"))
                .that(
                        !phrasings.isEmpty()
                                && phrasings.stream().allMatch(phrasing -> phrasing.contains(ZeroShot.DESCRIPTION)),
                        new Violation("phrasings", phrasings.toString(), "sentences with {} in each"))
                .verify();
    }

    /** How a teacher comes to its probabilities. */
    public enum Kind {
        EMBEDDING_HEAD,
        ZERO_SHOT
    }

    /** Numeric precision of the encoder. */
    public enum Precision {
        FP32
    }
}
