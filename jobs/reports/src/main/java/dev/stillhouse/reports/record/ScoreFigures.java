package dev.stillhouse.reports.record;

import java.util.Map;

/**
 * What was scored: documents and rejects together are every input row once.
 *
 * @param documents documents that got a score
 * @param rejectedByReason rows that did not
 * @param byLabel documents by label, most frequent first
 * @param bySource documents by source
 * @param probabilities top probabilities
 * @param margins first less second probability
 * @param model run id of the student
 * @param stageDocsPerSecond documents a second of the stage's wall time
 */
public record ScoreFigures(
        long documents,
        Map<String, Long> rejectedByReason,
        Map<String, Long> byLabel,
        Map<String, Long> bySource,
        Histogram probabilities,
        Histogram margins,
        String model,
        double stageDocsPerSecond) {}
