package dev.stillhouse.student;

import dev.stillhouse.student.StudentConfig.Kind;
import dev.stillhouse.udfs.student.FeatureSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Which variants of a kind of student are trained, of which the select part then chooses one. */
final class Plans {
    /** Steps of students of up to {@value #FEW_LABELS} labels: at 0.1 the first pass goes past what the select part bears (mr, sst2: 1 to 2 points of F1). */
    private static final AdaGradPass.Step CAREFUL = new AdaGradPass.Step(0.02f, 0.01f, 1e-4f);

    /** Steps of students of more labels, each of which few documents have (banking77: at 0.04 agreement is 0.5 to 1 point less after 30 passes). */
    private static final AdaGradPass.Step WIDE = new AdaGradPass.Step(0.1f, 0.01f, 1e-5f);

    /** Steps of students of hundreds of labels, whose logits have to come further apart before any is likely (1,000 made-up labels, 33 words a document: after 7 passes loss 4.8 and agreement 39 %, at 0.1 6.1 and 4 %). */
    private static final AdaGradPass.Step WIDEST = new AdaGradPass.Step(0.3f, 0.01f, 1e-5f);

    private static final int FEW_LABELS = 10;
    private static final int MANY_LABELS = 200;

    private static final int CHARACTERS_FROM = 2;
    private static final int CHARACTERS_TO = 5;

    private final StudentConfig config;
    private final Goal goal;
    private final DocumentFrequencies frequencies;
    private final long documents;

    /**
     * @param frequencies of which vocabularies are chosen
     * @param documents that were counted for them
     */
    Plans(StudentConfig config, Goal goal, DocumentFrequencies frequencies, long documents) {
        this.config = config;
        this.goal = goal;
        this.frequencies = frequencies;
        this.documents = documents;
    }

    /**
     * The variants of a kind.
     *
     * @param kind lexical, static or hybrid
     * @param characters whether n-grams of characters help; where that is not known, there are variants with them and without
     * @param vectorWords the words that have vectors; asked for where the kind has some
     */
    List<Plan> of(Kind kind, Optional<Boolean> characters, Supplier<String[]> vectorWords) {
        AdaGradPass.Step tuned = step(goal.size());
        AdaGradPass.Step frozen = tuned.withVectorsFrozen();
        if (kind == Kind.STATIC) {
            return List.of(
                    plan("tuned vectors", Vocabulary.ofVectors(features(config, false), vectorWords.get()), tuned));
        }
        List<Plan> plans = new ArrayList<>();
        for (boolean withCharacters : characters.map(List::of).orElse(List.of(false, true))) {
            Vocabulary vocabulary = Vocabulary.of(features(config, withCharacters), frequencies, config, documents);
            if (kind == Kind.LEXICAL) {
                plans.add(plan(withCharacters ? "words and characters" : "words", vocabulary, frozen));
            } else {
                Vocabulary both = vocabulary.withVectors(vectorWords.get());
                String ngrams = characters.isEmpty() && withCharacters ? "n-grams, characters too," : "n-grams";
                plans.add(plan(ngrams + " and vectors", both, frozen));
                plans.add(plan(ngrams + " and tuned vectors", both, tuned));
            }
        }
        return plans;
    }

    private static AdaGradPass.Step step(int labels) {
        if (labels <= FEW_LABELS) {
            return CAREFUL;
        }
        return labels <= MANY_LABELS ? WIDE : WIDEST;
    }

    private Plan plan(String name, Vocabulary vocabulary, AdaGradPass.Step step) {
        return new Plan(name, vocabulary, step, (float) config.weightOfGold(), false);
    }

    /** The n-grams that a task asks for. */
    static FeatureSpec features(StudentConfig config, boolean withCharacters) {
        return withCharacters
                ? new FeatureSpec(config.wordNgrams(), CHARACTERS_FROM, CHARACTERS_TO)
                : FeatureSpec.words(config.wordNgrams());
    }

    /**
     * A variant before it is trained.
     *
     * @param goldWeight how much the gold label of a gold row counts
     */
    record Plan(String name, Vocabulary vocabulary, AdaGradPass.Step step, float goldWeight, boolean isCoached) {
        Plan taughtBy(String coach) {
            return new Plan(name + ", taught by " + coach + " too", vocabulary, step, goldWeight, true);
        }

        /** The same with another weight: 1, if it is not the one that it has. */
        Plan weighted(float newGoldWeight) {
            return newGoldWeight == goldWeight
                    ? this
                    : new Plan(name + ", gold labels alone", vocabulary, step, newGoldWeight, isCoached);
        }
    }
}
