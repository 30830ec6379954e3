package dev.stillhouse.reports.record;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What was scored: documents and rejects together are every input row once.
 *
 * @param documents documents that got a score
 * @param rejectedByReason rows that did not
 * @param byLabel documents by label, most frequent first; a document of several counts once for each, one of none as (none); empty of scores
 * @param bySource documents by source
 * @param probabilities top probabilities; absent of scores
 * @param margins first less second probability, or smallest distance of a probability from its threshold; absent of scores
 * @param scores the scores; absent of labels
 * @param model run id of the student
 * @param engine what ran the student: kernel, sql or onnx
 * @param truncated documents of which only the beginning was read
 * @param stageDocsPerSecond documents a second of the stage's wall time
 * @param evidence what there is to see beside
 */
public record ScoreFigures(
        long documents,
        Map<String, Long> rejectedByReason,
        Map<String, Long> byLabel,
        Map<String, Long> bySource,
        Optional<Histogram> probabilities,
        Optional<Histogram> margins,
        Optional<Scores> scores,
        String model,
        String engine,
        long truncated,
        double stageDocsPerSecond,
        ScoreEvidence evidence) {

    public ScoreFigures {
        // Records of the first runs do not say it.
        engine = Objects.requireNonNullElse(engine, "kernel");
        evidence = Objects.requireNonNullElse(evidence, ScoreEvidence.NONE);
    }

    /** The same with so many examples of each confidence at most. */
    public ScoreFigures withExamples(int most) {
        return withEvidence(evidence.withExamples(most));
    }

    /** The same with other evidence. */
    public ScoreFigures withEvidence(ScoreEvidence other) {
        return new ScoreFigures(
                documents,
                rejectedByReason,
                byLabel,
                bySource,
                probabilities,
                margins,
                scores,
                model,
                engine,
                truncated,
                stageDocsPerSecond,
                other);
    }

    /**
     * The scores that were given.
     *
     * @param histogram from the least to the greatest
     * @param quantiles the least, the 5 %, 25 %, 50 %, 75 % and 95 % quantiles, and the greatest, by their names, such as p005
     * @param atOrAbove documents at or above each of the task's thresholds, by their names
     */
    public record Scores(Histogram histogram, Map<String, Double> quantiles, Map<String, Long> atOrAbove) {}
}
