package dev.stillhouse.teacher;

import dev.stillhouse.datasets.config.Checks;
import dev.stillhouse.datasets.config.Key;
import dev.stillhouse.datasets.config.Violation;
import dev.stillhouse.teacher.choice.ChoiceConfig;
import dev.stillhouse.teacher.choice.ReviewConfig;
import dev.stillhouse.teacher.endpoint.EndpointConfig;
import dev.stillhouse.udfs.onnx.ModelForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The {@code teacher} section of a task file. */
public record TeacherConfig(
        @Key(
                value =
                        "How the teacher comes to its probabilities: embedding-head (a frozen encoder and a linear head fitted on the gold rows), zero-shot (the same encoder, and how near a document is to descriptions of the labels), onnx-classifier (a model with a logit for each label), onnx-regressor (a model with one value, and what it says of the labels, or of the score, fitted on the gold rows), nli (a model for inference is asked whether a document entails descriptions of the labels), http (a server is asked), column (a column has the labels already) or ensemble (several of these). kind: multilabel has embedding-head, onnx-classifier and column; kind: regress embedding-head, onnx-regressor and column. kind: summarize has others: reference (summaries that people wrote, named by reference in corpus, tell which sentences matter), salience (how near the encoder's vector of a sentence is to those of the whole document), http (a server writes summaries, which take the place of people's) and ensemble (several of these).",
                defaultValue = "embedding-head")
        Kind kind,

        @Key(
                value =
                        "The encoder: minilm (all-MiniLM-L6-v2, comes with Stillhouse), bge-small-en-v15 or e5-small-v2 (add their jars), or a folder with model.onnx and tokenizer.json; onnx-classifier, onnx-regressor and nli need a folder.",
                defaultValue = "minilm")
        String model,

        @Key(
                value = "The label budget: how many labelled documents the teacher may learn from, at least 2.",
                defaultValue = "" + TeacherConfig.DEFAULT_GOLD)
        int gold,

        @Key(
                value =
                        "Numeric precision of the encoder: fp32, int8 (integer weights), fp16 (half precision, for GPUs), or auto: fp32, or int8 (on a GPU fp16) where that finds the same labels for 99 % of the gold rows and is faster; not for nli. The named models have fp32 and int8; a folder has model.onnx, model_quantized.onnx or model_int8.onnx, and model_fp16.onnx.",
                defaultValue = "fp32")
        Precision precision,

        @Key(
                value =
                        "Where models are run: cpu, cuda:all (the GPU that Spark gives a task) or cuda:N. A GPU that is not there is an error. See docs/gpu.md.",
                defaultValue = "cpu")
        String device,

        @Key(
                value = "What ONNX Runtime may take of a GPU's memory, beside RAPIDS; absent: all that is free.",
                unit = Key.Unit.BYTES)
        Optional<Long> gpuMemory,

        @Key(
                value = "Longest input in word pieces, special ones included; what is longer is cut off. 8 to 512.",
                defaultValue = "256")
        int maxTokens,

        @Key(
                value =
                        "How many overlapping windows of max_tokens a long document may have; the mean of their outputs counts. 1: what is longer than one is cut off. 1 to 256.",
                defaultValue = "1")
        int windows,

        @Key(
                value =
                        "zero-shot, nli, http, column, and ensembles of them: the labels, at least 2; none for a column of scores, and for kind: summarize. onnx-classifier, also in an ensemble: the labels in the order of its logits. Those of onnx-classifier and column have no descriptions.",
                defaultValue = "[]")
        List<LabelConfig> labels,

        @Key(
                value =
                        "zero-shot, nli: sentences that a description is put into, in the place of {}; the one that finds the gold labels best is chosen.",
                defaultValue = "['{}', 'This text is about {}.', 'This is an example of {}.']")
        List<String> phrasings,

        @Key(
                "nli: which logit means entailment, counted from 0; absent: the one that id2label in the model's config.json calls so.")
        Optional<Integer> entailment,

        @Key("http: the server that is asked.") Optional<EndpointConfig> endpoint,

        @Key(
                "column: a column that corpus and evaluate keep, with a label, a JSON array of probabilities in the order of labels, or a JSON object of labels and probabilities; for kind: multilabel also a JSON array of labels, for kind: regress a number.")
        Optional<String> column,

        @Key(
                value =
                        "ensemble: the teachers whose probabilities, or whose choices of sentences, are mixed, at least 2.",
                defaultValue = "[]")
        List<MemberConfig> members,

        @Key(
                "How many texts of the corpus are labelled besides the gold ones, at least 1; absent: all. What is left is in label/rejects as beyond_budget.")
        Optional<Integer> budget,

        @Key("Which texts the budget is for.") ChoiceConfig choose,

        @Key("Writes documents that people should look at to review.jsonl; absent: none.")
        Optional<ReviewConfig> review,

        @Key(
                "A review.jsonl with labels filled in, or a folder or glob of such files: those documents are gold, beside what gold allows, whatever label the corpus has.")
        Optional<String> corrections) {
    /** Gold documents where a task does not say how many. */
    public static final int DEFAULT_GOLD = 1000;

    public TeacherConfig {
        labels = List.copyOf(labels);
        phrasings = List.copyOf(phrasings);
        members = List.copyOf(members);
        Checks checks = new Checks()
                .atLeast(2, "gold", gold)
                .between(8, 512, "max_tokens", maxTokens)
                .between(1, 256, "windows", windows)
                .that(
                        windows == 1 || kind != Kind.NLI,
                        new Violation("windows", Integer.toString(windows), "1 for nli"));
        TeacherRules rules = new TeacherRules(kind, checks);
        rules.model(model, precision);
        rules.device(device, gpuMemory);
        rules.labels(labels, phrasings);
        rules.entailment(entailment);
        rules.column(column);
        rules.endpoint(endpoint, members, labels);
        rules.members(
                members,
                new MemberConfig.Shared(gold, device, gpuMemory, maxTokens, windows, labels, phrasings, endpoint));
        rules.budget(budget, choose);
        rules.review(review);
        checks.verify();
    }

    /** The model whose tokens are a teacher's: of an ensemble that of its first member that runs one. */
    public String tokenizer() {
        return members.stream()
                .filter(member -> member.kind().runsModel())
                .map(MemberConfig::model)
                .findFirst()
                .orElse(model);
    }

    /** How a teacher comes to its probabilities. */
    public enum Kind {
        EMBEDDING_HEAD,
        ZERO_SHOT,
        ONNX_CLASSIFIER,
        ONNX_REGRESSOR,
        NLI,
        HTTP,
        COLUMN,
        ENSEMBLE,
        /** Of sentences: by people's summaries. */
        REFERENCE,
        /** Of sentences: by an encoder's vectors. */
        SALIENCE;

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
            return this != EMBEDDING_HEAD && this != ONNX_REGRESSOR && !labelsSentences();
        }

        /** Whether there are tasks for which it has no labels, though it names them for others. */
        boolean mayLackLabels() {
            return this == COLUMN || this == HTTP;
        }

        /** Whether labels may have descriptions. */
        boolean describesLabels() {
            return this == ZERO_SHOT || this == NLI || this == HTTP || this == ENSEMBLE;
        }

        /** Whether the teacher's model gives vectors that say what a text means. */
        public boolean embeds() {
            return runsModel() && !readsLogits();
        }

        /** Whether it says something of sentences, and nothing of documents. */
        public boolean labelsSentences() {
            return this == REFERENCE || this == SALIENCE;
        }

        /** Whether a model is run in the executors, which can be run again to be measured. */
        public boolean runsModel() {
            return this != HTTP && this != COLUMN && this != ENSEMBLE && this != REFERENCE;
        }

        /** Whether the model gives values of its own rather than an embedding. */
        boolean readsLogits() {
            return this == ONNX_CLASSIFIER || this == ONNX_REGRESSOR || this == NLI;
        }
    }

    /** Numeric precision of the encoder. */
    public enum Precision {
        FP32,
        FP16,
        INT8,

        /** The fastest whose labels are those of {@link #FP32}. */
        AUTO;

        /** The name in task files. */
        String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The forms of a model that are meant, {@link ModelForm#FP32} first where there are several. */
        List<ModelForm> forms(String model) {
            if (this != AUTO) {
                return List.of(ModelForm.of(key()));
            }
            List<ModelForm> all = new ArrayList<>(List.of(ModelForm.FP32));
            ModelForm.all(model).stream().filter(form -> form != ModelForm.FP32).forEach(all::add);
            return all;
        }
    }
}
