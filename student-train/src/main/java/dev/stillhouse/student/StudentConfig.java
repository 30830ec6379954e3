package dev.stillhouse.student;

import dev.stillhouse.datasets.config.Checks;
import dev.stillhouse.datasets.config.Key;
import java.util.Optional;

/** The {@code student} section of a task file. */
public record StudentConfig(
        @Key(
                value = "Which student to train: auto (the best on the select part), or lexical (n-grams).",
                defaultValue = "auto")
        Kind kind,

        @Key("How many documents besides the gold ones to learn from, at least 0; without it all of them.")
        Optional<Integer> pool,

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
                defaultValue = "2")
        int minDocuments,

        @Key(
                value = "Largest number of n-grams in the vocabulary, the most frequent first, at least 1.",
                defaultValue = "200000")
        int maxFeatures,

        @Key(
                value =
                        "Most passes over the fit part; training stops early when the select part no longer improves. At least 1.",
                defaultValue = "30")
        int epochs,

        @Key(
                value = "Weight of the gold label against the teacher's probabilities for gold documents, 0 to 1.",
                defaultValue = "0.7")
        double goldWeight) {

    public StudentConfig {
        new Checks()
                .atLeast(0, "pool", pool)
                .between(1, 3, "word_ngrams", wordNgrams)
                .atLeast(1, "min_documents", minDocuments)
                .atLeast(1, "max_features", maxFeatures)
                .atLeast(1, "epochs", epochs)
                .share("gold_weight", goldWeight)
                .verify();
    }

    /** A configuration for students that serve for a moment: words alone, and a third of the passes. */
    public StudentConfig quick() {
        return new StudentConfig(
                kind,
                pool,
                targets,
                wordNgrams,
                characterNgrams == Characters.AUTO ? Characters.OFF : characterNgrams,
                minDocuments,
                maxFeatures,
                Math.max(1, epochs / 3),
                goldWeight);
    }

    /** The same configuration with another weight of gold labels. */
    StudentConfig withGoldWeight(double newGoldWeight) {
        return new StudentConfig(
                kind, pool, targets, wordNgrams, characterNgrams, minDocuments, maxFeatures, epochs, newGoldWeight);
    }

    /** Kinds of students. */
    public enum Kind {
        AUTO,
        LEXICAL
    }

    /** Whether a student has character n-grams. */
    public enum Characters {
        AUTO,
        ON,
        OFF
    }

    /** What a student must reach; an absent target is not checked. */
    public record Targets(
            @Key("Student's weighted F1 over the teacher's, at least this, 0 to 1.")
            Optional<Double> retained,

            @Key("Student's weighted F1, at least this, 0 to 1.")
            Optional<Double> f1Weighted,

            @Key("Share of evaluation documents with the teacher's label, at least this, 0 to 1.")
            Optional<Double> agreement,

            @Key("Student's expected calibration error, at most this, 0 to 1.")
            Optional<Double> ece,

            @Key(
                    value = "Published file, at most this many bytes, at least 1; a unit may follow (10 MB, 1.5 GiB).",
                    unit = Key.Unit.BYTES)
            Optional<Long> bytes,

            @Key("Student's documents a second over the teacher's, at least this, greater than 0.")
            Optional<Double> speedup) {

        public Targets {
            new Checks()
                    .share("retained", retained)
                    .share("f1_weighted", f1Weighted)
                    .share("agreement", agreement)
                    .share("ece", ece)
                    .atLeast(1, "bytes", bytes)
                    .positive("speedup", speedup)
                    .verify();
        }
    }
}
