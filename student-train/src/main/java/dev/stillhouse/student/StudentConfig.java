package dev.stillhouse.student;

import dev.stillhouse.datasets.config.Checks;
import dev.stillhouse.datasets.config.Key;
import dev.stillhouse.datasets.config.Violation;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The {@code student} section of a task file. */
public record StudentConfig(
        @Key(
                value =
                        "Which student to train: lexical (n-grams), static (vectors of words, distilled from the teacher's encoder), hybrid (both), encoder (the teacher's encoder cut at a layer, with a head; MiniLM where the teacher has none), or auto (the first of these that meets the targets on the select part; the best where none does, or where there are no targets, and then no encoder).",
                defaultValue = "auto")
        Kind kind,

        @Key("How many documents besides the gold ones to learn from, at least 0; without it all of them.")
        Optional<Integer> pool,

        @Key(
                value =
                        "What to learn from: soft (the teacher's probabilities), gold (gold documents alone, with their labels), or soft+gold (both; gold_weight says how they are mixed for gold documents).",
                defaultValue = "soft+gold")
        Labels labels,

        @Key(
                "What the published student must reach on the evaluation documents; a student that does not is not published and the run ends with exit code 3.")
        Targets targets,

        @Key(value = "Longest word n-gram, 1 to 3.", defaultValue = "2")
        int wordNgrams,

        @Key(
                value = "Character n-grams besides words: auto (where the select part says they help), on or off.",
                defaultValue = "auto")
        Characters characterNgrams,

        @Key(
                value = "Smallest number of documents an n-gram must stand in to enter the vocabulary, at least 1.",
                defaultValue = "3")
        int minDocuments,

        @Key(
                value = "Largest number of n-grams in the vocabulary, the most frequent first, at least 1.",
                defaultValue = "200000")
        int maxFeatures,

        @Key(
                value = "Length of the vectors of static and hybrid students, 1 to 1,024; at most the encoder's.",
                defaultValue = "128")
        int vectorDimensions,

        @Key(
                value =
                        "Largest number of words with a vector, the most frequent first and then the encoder's own, at least 1.",
                defaultValue = "50000")
        int maxVectors,

        @Key(
                value =
                        "Most passes over a fit part of up to 100,000 documents; over more as many passes as meet no more documents than these, at least three. Training stops early when the select part no longer improves. At least 1.",
                defaultValue = "30")
        int epochs,

        @Key(
                "Weight of the gold label against the teacher's probabilities for gold documents, 0 to 1. Without it 0.7; where every document that is learned from is gold, 0.7 or 1 (the gold labels alone), as the select part says.")
        Optional<Double> goldWeight,

        @Key("How the teacher's knowledge is passed on.") Distillation distillation,

        @Key(
                value =
                        "What makes probabilities true on the select part: temperature (one number that logits are divided by), or isotonic (a rising map of probabilities after it). Scores have neither.",
                defaultValue = "temperature")
        Calibration calibration,

        @Key(
                value =
                        "Points of a learning curve: students of the published kind trained on a half, a quarter and so on of the documents, to see what more of them would bring. 0 to 8; each point costs a training.",
                defaultValue = "0")
        int learningCurve,

        @Key(
                value =
                        "regress: named values of the score, such as {good: 3.0}; documents at or above one are called by its name, and judged by F1.",
                defaultValue = "{}")
        Map<String, Double> thresholds) {
    private static final double USUAL_GOLD_WEIGHT = 0.7;

    public StudentConfig {
        thresholds = Collections.unmodifiableMap(new LinkedHashMap<>(thresholds));
        Checks checks = new Checks()
                .atLeast(0, "pool", pool)
                .between(1, 3, "word_ngrams", wordNgrams)
                .atLeast(1, "min_documents", minDocuments)
                .atLeast(1, "max_features", maxFeatures)
                .between(1, 1024, "vector_dimensions", vectorDimensions)
                .atLeast(1, "max_vectors", maxVectors)
                .atLeast(1, "epochs", epochs)
                .share("gold_weight", goldWeight)
                .between(0, 8, "learning_curve", learningCurve);
        thresholds.forEach((name, threshold) -> checks.that(
                Float.isFinite(threshold.floatValue()),
                new Violation("thresholds." + name, threshold.toString(), "a finite number")));
        checks.verify();
    }

    /** A configuration for students that serve for a moment: lexical, words alone, and a third of the passes. */
    public StudentConfig quick() {
        return new StudentConfig(
                Kind.LEXICAL,
                pool,
                labels,
                targets,
                wordNgrams,
                characterNgrams == Characters.AUTO ? Characters.OFF : characterNgrams,
                minDocuments,
                maxFeatures,
                vectorDimensions,
                maxVectors,
                Math.max(1, epochs / 3),
                goldWeight,
                Distillation.DIRECT,
                calibration,
                0,
                thresholds);
    }

    /** The same configuration, to learn from gold documents alone. */
    StudentConfig withGoldAlone() {
        return new StudentConfig(
                kind,
                pool,
                Labels.GOLD,
                targets,
                wordNgrams,
                characterNgrams,
                minDocuments,
                maxFeatures,
                vectorDimensions,
                maxVectors,
                epochs,
                goldWeight,
                Distillation.DIRECT,
                calibration,
                0,
                thresholds);
    }

    /** Weight of the gold label of gold documents, by {@link #labels} and {@link #goldWeight}. */
    double weightOfGold() {
        return switch (labels) {
            case SOFT -> 0;
            case GOLD -> 1;
            case SOFT_AND_GOLD -> goldWeight.orElse(USUAL_GOLD_WEIGHT);
        };
    }

    /** What makes probabilities true. */
    public enum Calibration {
        TEMPERATURE,
        ISOTONIC
    }

    /** What a student learns from. */
    public enum Labels {
        SOFT,
        GOLD,
        SOFT_AND_GOLD
    }

    /** Kinds of students, from the smallest and fastest up. */
    public enum Kind {
        AUTO,
        LEXICAL,
        STATIC,
        HYBRID,
        ENCODER;

        /** The kinds to train, in the order in which to try them. */
        public List<Kind> rungs() {
            return this == AUTO ? List.of(LEXICAL, STATIC, HYBRID, ENCODER) : List.of(this);
        }

        /** The next kind up, if there is one. */
        Optional<Kind> above() {
            return switch (this) {
                case LEXICAL -> Optional.of(STATIC);
                case STATIC -> Optional.of(HYBRID);
                case AUTO, HYBRID, ENCODER -> Optional.empty();
            };
        }

        /** Whether students of this kind have n-grams. */
        public boolean hasNgrams() {
            return this != STATIC && this != ENCODER;
        }

        /** Whether students of this kind have vectors. */
        public boolean hasVectors() {
            return this == STATIC || this == HYBRID;
        }
    }

    /** Whether a student has character n-grams. */
    public enum Characters {
        AUTO,
        ON,
        OFF
    }

    /** What a student must reach; an absent target is not checked. */
    public record Targets(
            @Key(
                    "Student's weighted F1 over the teacher's, at least this, 0 to 1; regress: rank correlation; summarize: mean of ROUGE-1, -2 and -Lsum.")
            Optional<Double> retained,

            @Key("Student's weighted F1, at least this, 0 to 1.")
            Optional<Double> f1Weighted,

            @Key("Student's macro F1, at least this, 0 to 1.")
            Optional<Double> f1Macro,

            @Key("multilabel: student's micro F1, at least this, 0 to 1.")
            Optional<Double> f1Micro,

            @Key(
                    "Share of evaluation documents with the teacher's label, at least this, 0 to 1; regress: rank correlation with its scores; summarize: F1 of the sentences that both choose.")
            Optional<Double> agreement,

            @Key("Student's expected calibration error, at most this, 0 to 1.")
            Optional<Double> ece,

            @Key("regress: rank correlation of the student's scores with gold (Spearman), at least this, 0 to 1.")
            Optional<Double> spearman,

            @Key("regress: mean absolute error of the student's scores, at most this, at least 0.")
            Optional<Double> mae,

            @Key(
                    value =
                            "regress: F1 of being at or above a threshold of student.thresholds, by its name, at least this, 0 to 1, such as {good: 0.8}.",
                    defaultValue = "{}")
            Map<String, Double> f1At,

            @Key(
                    value = "Published file, at most this many bytes, at least 1; a unit may follow (10 MB, 1.5 GiB).",
                    unit = Key.Unit.BYTES)
            Optional<Long> size,

            @Key("Student's documents a second on the machine that trains it, at least this, greater than 0.")
            Optional<Double> docsPerSecond,

            @Key("Student's documents a second over the teacher's, at least this, greater than 0.")
            Optional<Double> speedup,

            @Key(
                    "Joules for a thousand documents, at most this, greater than 0; estimated from documents a second and report.watts_per_core.")
            Optional<Double> joules,

            @Key(
                    "What the student must not be worse than on the same evaluation documents: previous, the student that is published by now. Weighted F1 is worse where the whole 95 % interval of the difference is below 0.")
            Optional<Rival> notWorseThan) {

        /** What a student is compared with. */
        public enum Rival {
            PREVIOUS
        }

        /** No targets. */
        public static Targets none() {
            return new Targets(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Map.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }

        /** Whether nothing is asked for. */
        public boolean isNone() {
            return equals(none());
        }

        public Targets {
            f1At = Collections.unmodifiableMap(new LinkedHashMap<>(f1At));
            Checks checks = new Checks();
            f1At.forEach((name, demand) -> checks.share("f1_at." + name, Optional.of(demand)));
            checks.share("retained", retained)
                    .share("f1_weighted", f1Weighted)
                    .share("f1_macro", f1Macro)
                    .share("f1_micro", f1Micro)
                    .share("agreement", agreement)
                    .share("ece", ece)
                    .share("spearman", spearman)
                    .that(
                            mae.isEmpty() || mae.get() >= 0,
                            new Violation("mae", mae.map(Object::toString).orElse(""), "at least 0"))
                    .atLeast(1, "size", size)
                    .positive("docs_per_second", docsPerSecond)
                    .positive("speedup", speedup)
                    .positive("joules", joules)
                    .verify();
        }
    }
}
