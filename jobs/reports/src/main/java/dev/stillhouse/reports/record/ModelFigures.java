package dev.stillhouse.reports.record;

import java.util.Map;
import java.util.Optional;

/**
 * How good, large and fast a model is, on the evaluation documents. Fractions, not percent; scores in the unit of gold.
 *
 * @param kind what it is, such as embedding-head or lexical
 * @param labels how good its labels are; absent where it gives scores
 * @param scores how good its scores are; absent where it gives labels
 * @param retained headline over the teacher's; absent for the teacher
 * @param bytes what has to be shipped to score; absent for models that are not shipped
 * @param parameters number of weights; absent where they are not known
 * @param speed documents a second; absent where it was not measured
 */
public record ModelFigures(
        String kind,
        Optional<Labels> labels,
        Optional<Scores> scores,
        Optional<Double> retained,
        Optional<Long> bytes,
        Optional<Long> parameters,
        Optional<Speed> speed) {

    /** The figure that stands for all: weighted F1 of labels, Spearman's correlation of scores. */
    public Interval headline() {
        return labels.map(Labels::f1Weighted)
                .or(() -> scores.map(Scores::spearman))
                .orElseThrow();
    }

    /**
     * Quality of labels, against gold.
     *
     * @param f1Weighted weighted F1
     * @param f1Macro macro F1
     * @param f1Micro micro F1; absent where there is one label a document, whose accuracy it is
     * @param accuracy share of documents whose labels are all right, and none is missing
     * @param agreement share of documents with the teacher's label, or labels; absent for the teacher
     * @param calibration of the probabilities
     */
    public record Labels(
            Interval f1Weighted,
            double f1Macro,
            Optional<Interval> f1Micro,
            Interval accuracy,
            Optional<Interval> agreement,
            Calibration calibration) {}

    /**
     * Quality of scores, against gold.
     *
     * @param spearman rank correlation
     * @param mae mean absolute error
     * @param rmse root of the mean squared error
     * @param agreement rank correlation with the teacher's scores; absent for the teacher
     * @param f1At F1 of being at or above each of the task's thresholds, by their names
     */
    public record Scores(
            Interval spearman, Interval mae, double rmse, Optional<Double> agreement, Map<String, Double> f1At) {}

    /**
     * How far probabilities can be trusted: expected calibration error (of the most probable label, or of every label's probability where a document may have any number; 15 bins of equal mass), and {@link dev.stillhouse.datasets.quality.ProbabilityQuality}.
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
