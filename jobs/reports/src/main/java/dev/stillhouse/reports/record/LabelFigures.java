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
 * @param outOfFoldAccuracy accuracy on gold rows that it had not been fitted on, where there were enough
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
        Optional<Double> outOfFoldAccuracy,
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
}
