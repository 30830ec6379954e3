package dev.stillhouse.reports.record;

import java.util.Map;
import java.util.Optional;

/**
 * What a teacher of summaries is and what it labelled.
 *
 * @param teacher its identity, as in {@code sentence_labels}
 * @param name its kind and model
 * @param budget of its summaries, in words
 * @param documents documents whose sentences it labelled
 * @param sentences of them
 * @param chosen those that are in its summaries
 * @param rejectedByReason documents for which it gave nothing
 * @param inference what running its model took; absent where it has none
 * @param stageDocsPerSecond documents a second of the stage's wall time
 */
public record SentenceLabelFigures(
        String teacher,
        String name,
        String budget,
        long documents,
        long sentences,
        long chosen,
        Map<String, Long> rejectedByReason,
        Optional<LabelFigures.Inference> inference,
        double stageDocsPerSecond) {}
