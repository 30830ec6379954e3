package dev.stillhouse.teacher;

import dev.stillhouse.datasets.config.Checks;
import dev.stillhouse.datasets.config.Key;
import dev.stillhouse.datasets.config.Violation;

/** The {@code teacher} section of a task file. */
public record TeacherConfig(
        @Key(
                value =
                        "How the teacher comes to its probabilities: embedding-head (a frozen encoder and a multinomial head fitted on the gold rows).",
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
        int maxTokens) {

    public TeacherConfig {
        new Checks()
                .that(
                        !model.isBlank(),
                        new Violation("model", "\"\"", "minilm or a folder with model.onnx and tokenizer.json"))
                .atLeast(2, "gold", gold)
                .between(8, 512, "max_tokens", maxTokens)
                .verify();
    }

    /** How a teacher comes to its probabilities. */
    public enum Kind {
        EMBEDDING_HEAD
    }

    /** Numeric precision of the encoder. */
    public enum Precision {
        FP32
    }
}
