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
 * @param truncated documents of which only the beginning was read; of those that this run has scored
 * @param reused documents whose score was there already: that of an equal text, or of an earlier run
 * @param stageDocsPerSecond documents that were not taken over from an earlier run, a second of the stage's wall time
 * @param byRoute documents by who decided
 * @param route what a cascade promised and did; absent without one
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
        long reused,
        double stageDocsPerSecond,
        Map<String, Long> byRoute,
        Optional<Route> route,
        ScoreEvidence evidence) {

    public ScoreFigures {
        // Records of the first runs do not say it.
        engine = Objects.requireNonNullElse(engine, "kernel");
        byRoute = Objects.requireNonNullElse(byRoute, Map.of());
        route = Objects.requireNonNullElse(route, Optional.empty());
        evidence = Objects.requireNonNullElse(evidence, ScoreEvidence.NONE);
    }

    /** The same with so many examples of each confidence at most. */
    public ScoreFigures withExamples(int most) {
        return withEvidence(evidence.withExamples(most));
    }

    /** The same with other evidence. */
    public ScoreFigures withEvidence(ScoreEvidence other) {
        return with(stageDocsPerSecond, other);
    }

    /** The same of a stage that took so many times as long, since it went on after its documents were scored. */
    public ScoreFigures takingLonger(double times) {
        return with(stageDocsPerSecond / times, evidence);
    }

    private ScoreFigures with(double docsPerSecond, ScoreEvidence other) {
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
                reused,
                docsPerSecond,
                byRoute,
                route,
                other);
    }

    /**
     * A cascade, of scores or of summaries.
     *
     * @param target what was promised: agreement, recall or precision
     * @param label whose documents are selected; empty for agreement
     * @param promised the share, or mean agreement of summaries
     * @param confidence with which it holds
     * @param threshold of the student's sureness; absent where all went to the teacher
     * @param coverage share of the documents that the student answered
     * @param sample documents that the threshold was told by
     * @param wrong those of them for which the threshold breaks the promise
     * @param among those of them that count: all, or those of the label, or the selected
     * @param sampleAgreement of summaries: mean agreement over the sample, where those that the student does not answer agree; absent of labels, where {@code wrong} tells it
     * @param expectedAgreement share that holds at least over a source without end
     * @param realisedBound share that holds at least over this run's documents; absent for recall and precision
     * @param audited documents that the promise was looked at with afterwards
     * @param auditedAgreement share of them with the teacher's label, or their mean agreement; absent where there are none
     * @param selected documents that were selected; absent for agreement
     * @param teacherCalls texts that the teacher was asked about
     * @param budget how many it might have been; absent for no limit
     * @param speedup how many times as fast as the teacher alone the stage was, by the teacher's speed in it; absent where it was hardly asked
     * @param failure why the teacher stopped answering; empty where it did not
     */
    public record Route(
            String target,
            String label,
            double promised,
            double confidence,
            Optional<Double> threshold,
            double coverage,
            long sample,
            long wrong,
            long among,
            Optional<Double> sampleAgreement,
            double expectedAgreement,
            Optional<Double> realisedBound,
            long audited,
            Optional<Double> auditedAgreement,
            Optional<Long> selected,
            long teacherCalls,
            Optional<Integer> budget,
            Optional<Double> speedup,
            String failure) {
        public Route {
            sampleAgreement = Objects.requireNonNullElse(sampleAgreement, Optional.empty());
        }
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
