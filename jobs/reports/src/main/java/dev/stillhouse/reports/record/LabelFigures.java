package dev.stillhouse.reports.record;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the teacher is and what it labelled.
 *
 * @param teacher its identity, as in {@code soft_labels}
 * @param kind how it comes to its probabilities
 * @param members what it consists of
 * @param gold documents whose gold label it was fitted on
 * @param goldByLabel those by label, most frequent first
 * @param labels the labels it knows, in the order of its probabilities
 * @param documents documents it labelled
 * @param byLabel those by its most probable label, or by each that it gives, most frequent first; empty of scores
 * @param temperature what its logits are divided by
 * @param choice what was chosen by the gold rows, such as the penalty or the phrasing
 * @param unseen its predictions for gold rows that it had not been fitted on, where there were enough
 * @param unseenScores the same of a teacher of scores
 * @param chosen how the texts were chosen; absent where all were labelled
 * @param rejectedByReason documents for which it gave no probabilities
 * @param inference what running its model took
 * @param stageDocsPerSecond documents labelled a second of the stage's wall time
 */
public record LabelFigures(
        String teacher,
        String kind,
        List<Member> members,
        long gold,
        Map<String, Long> goldByLabel,
        List<String> labels,
        long documents,
        Map<String, Long> byLabel,
        double temperature,
        String choice,
        Optional<Unseen> unseen,
        Optional<UnseenScores> unseenScores,
        Optional<Chosen> chosen,
        Map<String, Long> rejectedByReason,
        Inference inference,
        double stageDocsPerSecond) {

    public LabelFigures {
        members = List.copyOf(members);
    }

    /** Names of the members' models. */
    public String model() {
        return members.stream().map(Member::model).collect(Collectors.joining(" + "));
    }

    /**
     * A model, server or column that a teacher consists of.
     *
     * @param kind how it comes to its probabilities
     * @param model its name
     * @param precision numeric precision of the model; absent where none is run here
     * @param maxTokens longest input in word pieces; absent where there is no such bound
     * @param weight its weight among the members, 0 to 1
     * @param temperature what its logits are divided by
     */
    public record Member(
            String kind,
            String model,
            Optional<String> precision,
            Optional<Integer> maxTokens,
            double weight,
            double temperature) {}

    /**
     * How texts were chosen, since there was a budget.
     *
     * @param by the way
     * @param texts how many were labelled, gold ones not counted
     * @param of how many there were to choose from
     * @param curve what students learned in the course of it; empty where none were trained
     */
    public record Chosen(String by, long texts, long of, List<Round> curve) {
        public Chosen {
            curve = List.copyOf(curve);
        }
    }

    /**
     * A point of the learning curve.
     *
     * @param texts texts that a student had learned from, gold ones included
     * @param agreement share of the texts that were held out with the teacher's label, 0 to 1
     */
    public record Round(long texts, double agreement) {}

    /**
     * What running a model or asking a server took.
     *
     * @param cached texts whose output was known already
     * @param inferred texts that were run; by each member of an ensemble, and gold ones in each way that was tried
     * @param left texts that were not, since the budget was spent
     * @param tokens tokens of those that were run, special ones included; of whole questions where a server was asked
     * @param paddingShare share of what was computed that is padding, 0 to 1
     * @param seconds wall time, model loading and looking into the cache included
     * @param asked what a server was asked; absent where none was
     */
    public record Inference(
            long cached,
            long inferred,
            long left,
            long tokens,
            double paddingShare,
            double seconds,
            Optional<Asked> asked) {}

    /**
     * What a server was asked.
     *
     * @param requests requests, those that were tried again included
     * @param answerTokens tokens of its answers
     * @param money what that cost; absent where no price is known
     * @param currency of the money
     */
    public record Asked(long requests, long answerTokens, Optional<Double> money, String currency) {}

    /**
     * Predictions for gold rows that the head had not seen.
     *
     * @param rows how many
     * @param accuracy share whose label was found, 0 to 1
     * @param before the probabilities at temperature 1
     * @param after the probabilities as they are given
     * @param mistakes those that it was surest of, surest first
     */
    public record Unseen(int rows, double accuracy, Probabilities before, Probabilities after, List<Mistake> mistakes) {
        public Unseen {
            mistakes = List.copyOf(mistakes);
        }
    }

    /**
     * Scores for gold rows that the head had not seen.
     *
     * @param spearman rank correlation with gold
     * @param mae mean absolute error
     */
    public record UnseenScores(int rows, double spearman, double mae) {}

    /**
     * Quality of probabilities.
     *
     * @param ece expected calibration error of the top label
     * @param eceFloor what a perfectly calibrated model of the same confidences shows by chance, 95 % quantile
     * @param brier mean squared difference from the truth, summed over labels, 0 to 2
     * @param loss mean negative log-likelihood of the truth, in nats
     */
    public record Probabilities(double ece, double eceFloor, double brier, double loss) {}

    /**
     * A gold row with another label than predicted.
     *
     * @param label its gold label
     * @param predicted what the teacher said
     * @param confidence how sure it was, 0 to 1
     * @param text the beginning of its text
     */
    public record Mistake(String source, String id, String label, String predicted, double confidence, String text) {}
}
