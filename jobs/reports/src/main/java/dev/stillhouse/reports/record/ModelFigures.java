package dev.stillhouse.reports.record;

import java.util.Optional;

/**
 * How good, large and fast a model is, on the evaluation documents. Fractions, not percent.
 *
 * @param kind what it is, such as embedding-head or lexical
 * @param f1Weighted weighted F1 against gold
 * @param f1Macro macro F1 against gold
 * @param accuracy accuracy against gold
 * @param agreement share of documents with the teacher's label; absent for the teacher
 * @param retained weighted F1 over the teacher's; absent for the teacher
 * @param calibration calibration against gold
 * @param bytes what has to be shipped to score; absent for models that are not shipped
 * @param parameters number of weights; absent where they are not known
 * @param speed documents a second; absent where it was not measured
 */
public record ModelFigures(
        String kind,
        Interval f1Weighted,
        double f1Macro,
        Interval accuracy,
        Optional<Interval> agreement,
        Optional<Double> retained,
        Calibration calibration,
        Optional<Long> bytes,
        Optional<Long> parameters,
        Optional<Speed> speed) {

    /**
     * How far probabilities can be trusted: expected calibration error (top label, 15 bins of equal mass), and {@link dev.stillhouse.datasets.quality.ProbabilityQuality}.
     *
     * @param ece as measured
     * @param eceDebiased less what a perfectly calibrated model of the same confidences and count has on average
     * @param eceFloor the 95 % quantile of such a model
     * @param brier mean squared error of the probabilities, summed over labels
     * @param loss mean negative log-likelihood, in nats
     * @param riskCoverage area under the risk-coverage curve
     */
    public record Calibration(
            double ece, double eceDebiased, double eceFloor, double brier, double loss, double riskCoverage) {
        /** Whether the error is one that a perfectly calibrated model could have by chance. */
        public boolean isCalibrated() {
            return ece <= eceFloor;
        }
    }

    /**
     * Documents a second: text in, probabilities out.
     *
     * @param docsPerSecond median of the rounds
     * @param lowest slowest round
     * @param highest fastest round
     * @param threads threads that scored at once
     * @param joules joules for a thousand documents, by the task's watts of a busy core: an estimate
     * @param speedup over the teacher's, on the same documents; 1 for the teacher, absent where it cannot be run here
     */
    public record Speed(
            double docsPerSecond,
            double lowest,
            double highest,
            int threads,
            double joules,
            Optional<Double> speedup) {}
}
