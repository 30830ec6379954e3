package dev.stillhouse.teacher;

import dev.stillhouse.datasets.config.Checks;
import dev.stillhouse.datasets.config.Key;
import dev.stillhouse.datasets.config.Violation;
import dev.stillhouse.udfs.onnx.CatalogueModel;
import dev.stillhouse.udfs.onnx.EncoderSpec;
import dev.stillhouse.udfs.onnx.Reading;
import java.util.List;
import java.util.Locale;

/** The {@code teacher} section of a task file. */
public record TeacherConfig(
        @Key(
                value =
                        "How the teacher comes to its probabilities: embedding-head (a frozen encoder and a multinomial head fitted on the gold rows), zero-shot (the same encoder, and how near a document is to descriptions of the labels), onnx-classifier (a model with a logit for each label) or onnx-regressor (a model with one value, and what it says of the labels fitted on the gold rows).",
                defaultValue = "embedding-head")
        Kind kind,

        @Key(
                value =
                        "The encoder: minilm (all-MiniLM-L6-v2, comes with Stillhouse), bge-small-en-v15 or e5-small-v2 (add their jars), or a folder with model.onnx and tokenizer.json; the onnx kinds need a folder.",
                defaultValue = "minilm")
        String model,

        @Key(
                value = "The label budget: how many labelled documents the teacher may learn from, at least 2.",
                defaultValue = "1000")
        int gold,

        @Key(
                value =
                        "Numeric precision of the encoder: fp32, or int8 for the form of a named model that has integer weights; a folder's model is run as it is, with fp32.",
                defaultValue = "fp32")
        Precision precision,

        @Key(
                value = "Longest input in word pieces, special ones included; what is longer is cut off. 8 to 512.",
                defaultValue = "256")
        int maxTokens,

        @Key(
                value = "zero-shot: the labels, at least 2. onnx-classifier: the labels in the order of its logits.",
                defaultValue = "[]")
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
                        new Violation(
                                "model",
                                "\"\"",
                                String.join(", ", CatalogueModel.keys())
                                        + " or a folder with model.onnx and tokenizer.json"))
                .atLeast(2, "gold", gold)
                .between(8, 512, "max_tokens", maxTokens)
                .that(
                        !kind.namesLabels() || labels.size() > 1,
                        new Violation("labels", labels.size() + " labels", "at least 2 for " + kind.key()))
                .that(
                        kind.namesLabels() || labels.isEmpty(),
                        new Violation(
                                "labels", labels.size() + " labels", "absent but for zero-shot and onnx-classifier"))
                .that(
                        kind == Kind.ZERO_SHOT
                                || labels.stream()
                                        .allMatch(label -> label.descriptions().isEmpty()),
                        new Violation("labels", "labels with descriptions", "names alone but for zero-shot"))
                .that(
                        !kind.readsLogits() || CatalogueModel.of(model).isEmpty(),
                        new Violation("model", model, "a folder with model.onnx and tokenizer.json for " + kind.key()))
                .that(
                        labels.stream().map(LabelConfig::name).distinct().count() == labels.size(),
                        new Violation("labels", "a name twice", "labels of different names"))
                .that(
                        precision == Precision.FP32 || CatalogueModel.of(model).isPresent(),
                        new Violation(
                                "precision",
                                "int8",
                                "fp32 for a folder, whose model is run as it is; int8 is for "
                                        + String.join(", ", CatalogueModel.keys())))
                .that(
                        !phrasings.isEmpty()
                                && phrasings.stream().allMatch(phrasing -> phrasing.contains(ZeroShot.DESCRIPTION)),
                        new Violation("phrasings", phrasings.toString(), "sentences with {} in each"))
                .verify();
    }

    /**
     * The model that the section names.
     *
     * @param folder the folder that {@link #model} stands for, where it is one
     */
    public EncoderSpec encoder(String folder) {
        return encoder(kind, folder, precision, maxTokens);
    }

    /** The model of a teacher of that kind. */
    public static EncoderSpec encoder(Kind kind, String model, Precision precision, int maxTokens) {
        EncoderSpec encoder = EncoderSpec.of(model, precision == Precision.INT8, maxTokens);
        return kind.readsLogits() ? encoder.withReading(Reading.LOGITS) : encoder;
    }

    /** How the head comes about. */
    public HeadFitting fitting(EncoderSpec encoder) {
        return switch (kind) {
            case EMBEDDING_HEAD -> new HeadTrainer();
            case ONNX_REGRESSOR -> new RegressorHead(encoder);
            case ZERO_SHOT -> new ZeroShot(encoder, labels, phrasings);
            case ONNX_CLASSIFIER ->
                new LogitHead(encoder, labels.stream().map(LabelConfig::name).toList());
        };
    }

    /** How a teacher comes to its probabilities. */
    public enum Kind {
        EMBEDDING_HEAD,
        ZERO_SHOT,
        ONNX_CLASSIFIER,
        ONNX_REGRESSOR;

        /** The kind of that name in task files. */
        public static Kind of(String key) {
            return valueOf(key.toUpperCase(Locale.ROOT).replace('-', '_'));
        }

        /** The name in task files, such as {@code zero-shot}. */
        public String key() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** Whether the task file names the labels, rather than the gold rows alone. */
        boolean namesLabels() {
            return this == ZERO_SHOT || this == ONNX_CLASSIFIER;
        }

        /** Whether the model gives values of its own rather than an embedding. */
        boolean readsLogits() {
            return this == ONNX_CLASSIFIER || this == ONNX_REGRESSOR;
        }
    }

    /** Numeric precision of the encoder. */
    public enum Precision {
        FP32,
        INT8
    }
}
