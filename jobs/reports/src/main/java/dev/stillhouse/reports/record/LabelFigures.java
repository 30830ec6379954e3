package dev.stillhouse.reports.record;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the teacher is and what it labelled.
 *
 * @param teacher its identity, as in {@code soft_labels}
 * @param kind how it comes to its probabilities
 * @param model name of its encoder
 * @param precision numeric precision of the encoder
 * @param maxTokens longest input in word pieces
 * @param gold documents whose gold label it was fitted on
 * @param goldByLabel those by label, most frequent first
 * @param labels the labels it knows, in the order of its probabilities
 * @param documents documents it labelled
 * @param byLabel those by its most probable label, most frequent first
 * @param temperature what its logits are divided by
 * @param choice what was chosen by the gold rows, such as the penalty or the phrasing
 * @param unseen its predictions for gold rows that it had not been fitted on, where there were enough
 * @param rejectedByReason documents for which it gave no probabilities
 * @param inference what running its model took
 * @param stageDocsPerSecond documents labelled a second of the stage's wall time
 */
public record LabelFigures(
        String teacher,
        String kind,
        String model,
        String precision,
        int maxTokens,
        long gold,
        Map<String, Long> goldByLabel,
        List<String> labels,
        long documents,
        Map<String, Long> byLabel,
        double temperature,
        String choice,
        Optional<Unseen> unseen,
        Map<String, Long> rejectedByReason,
        Inference inference,
        double stageDocsPerSecond) {

    /**
     * What running a model took.
     *
     * @param cached texts whose output was known already
     * @param inferred texts that were run
     * @param tokens tokens of those, special ones included
     * @param paddingShare share of what was computed that is padding, 0 to 1
     * @param seconds wall time, model loading and looking into the cache included
     */
    public record Inference(long cached, long inferred, long tokens, double paddingShare, double seconds) {}

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
