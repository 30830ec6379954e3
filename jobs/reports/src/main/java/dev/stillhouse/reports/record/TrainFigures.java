package dev.stillhouse.reports.record;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the student was trained and how it compares, on the evaluation documents.
 *
 * @param goal what it learned: classify, multilabel or regress
 * @param labels the labels, in the order of the probabilities; one name where it gives scores
 * @param thresholds from where on an output counts: of multilabel by label, of regress by the task's names
 * @param learning what it learned from
 * @param variants the variants that were tried, the best of each kind marked
 * @param ladder the kinds of students that were tried, in the order in which they were, the published one among them
 * @param curve students of its kind that learned from fewer documents, the fewest first; empty where the task asks for none
 * @param teacher the model it learned from
 * @param student the published, compressed student
 * @param studentFp32 the uncompressed one
 * @param baseline the same kind of student trained on the gold rows alone
 * @param differences pairwise differences of the headline figure on the same documents
 * @param slices quality of labels by slice
 * @param scoreSlices quality of scores by slice
 * @param gaps labels whose rate differs most between groups
 * @param outOfScope what confidence says about documents of no label; absent where the task names none
 * @param byLabel quality by label
 * @param reliability reliability diagrams of teacher and student
 * @param confusions the most frequent mistakes of the student
 * @param topFeatures what the student looks at
 * @param targets what it had to reach
 */
public record TrainFigures(
        String goal,
        List<String> labels,
        Map<String, Double> thresholds,
        Learning learning,
        List<Variant> variants,
        List<Rung> ladder,
        List<CurvePoint> curve,
        ModelFigures teacher,
        ModelFigures student,
        ModelFigures studentFp32,
        ModelFigures baseline,
        List<Difference> differences,
        List<Slice> slices,
        List<ScoreSlice> scoreSlices,
        List<RateGap> gaps,
        Optional<OutOfScope> outOfScope,
        List<LabelQuality> byLabel,
        List<Reliability> reliability,
        List<Confusion> confusions,
        List<TopFeatures> topFeatures,
        List<Target> targets) {

    /** Whether documents get any number of labels. */
    public boolean givesSets() {
        return goal.equals("multilabel");
    }

    /** Whether documents get a score, and no label. */
    public boolean givesScores() {
        return goal.equals("regress");
    }

    /** Rows of each part: gold and pool are what is learned from, fit and select how it is cut, evaluation what is judged on; features are the vocabulary's n-grams; the temperature is told by gold that neither teacher nor student had seen, or by the select part where there is none. */
    public record Learning(
            long gold,
            long pool,
            long fit,
            long select,
            long evaluation,
            int epochs,
            int features,
            double temperature,
            int unseenGold) {}

    /** A variant of a kind on the select part: mean soft cross-entropy in nats, and agreement with the targets' arg max. */
    public record Variant(
            String kind,
            String name,
            int features,
            int epochs,
            double selectLoss,
            double selectAgreement,
            boolean chosen) {}

    /**
     * A kind of student that was tried, the best of its variants, compressed, on the select part; F1 and what is retained are estimated there from the teacher's probabilities.
     *
     * @param features n-grams and vectors
     * @param bytes of its file
     * @param joules for a thousand documents: an estimate
     * @param loss mean soft cross-entropy, in nats
     * @param agreement with the teacher's labels or scores
     * @param retained expected headline figure over the teacher's
     * @param retainedError standard error of {@code retained}
     * @param figures others that are expected, by the names of targets
     * @param seconds that training took
     * @param missed names of the targets that it did not meet there
     * @param chosen whether it was published, if the student was
     */
    public record Rung(
            String kind,
            String variant,
            int features,
            long bytes,
            double docsPerSecond,
            double joules,
            double loss,
            double agreement,
            double retained,
            double retainedError,
            Map<String, Double> figures,
            double seconds,
            List<String> missed,
            boolean chosen) {}

    /**
     * A student that learned from a part of the documents, on the select part.
     *
     * @param documents that it was fitted on
     * @param agreement with the teacher's labels or scores
     * @param retained expected headline figure over the teacher's
     * @param loss mean loss against the teacher's outputs
     */
    public record CurvePoint(long documents, double agreement, double retained, double loss) {}

    /** The headline figure of {@code left} less that of {@code right}, with its paired interval. */
    public record Difference(String left, String right, Interval headline) {}

    /**
     * Quality on a part of the evaluation documents, such as slice source, value train.
     *
     * @param accuracy the student's
     * @param agreement of student and teacher
     * @param ece the student's
     * @param eceFloor what a perfectly calibrated model may have by chance
     */
    public record Slice(
            String slice,
            String value,
            long documents,
            Interval teacherF1,
            Interval studentF1,
            Interval accuracy,
            Interval agreement,
            double ece,
            double eceFloor) {}

    /**
     * Quality of scores on a part of the evaluation documents.
     *
     * @param teacherMae the teacher's mean absolute error
     * @param studentMae the student's
     * @param teacherSpearman the teacher's rank correlation
     * @param studentSpearman the student's
     */
    public record ScoreSlice(
            String slice,
            String value,
            long documents,
            Interval teacherMae,
            Interval studentMae,
            double teacherSpearman,
            double studentSpearman) {}

    /**
     * A label that the student gives to one group of documents more often than to another.
     *
     * @param most the group with the highest rate
     * @param least the group with the lowest
     * @param difference of the rates, with its 95 % interval
     * @param goldDifference of the gold labels' rates in the same groups: what of it is in the documents
     */
    public record RateGap(
            String slice,
            String label,
            String most,
            double mostRate,
            String least,
            double leastRate,
            Interval difference,
            double goldDifference) {}

    /**
     * How well confidence tells evaluation documents from those that belong to no label.
     *
     * @param documents of the task's out_of_scope sources
     * @param student area under the ROC curve
     * @param teacher the same; absent where the teacher cannot be run here
     */
    public record OutOfScope(long documents, double student, Optional<Double> teacher) {}

    /** F1 of one label, with the number of evaluation documents that have it. */
    public record LabelQuality(String label, long documents, double teacherF1, double studentF1) {}

    /** The reliability diagram of a model. */
    public record Reliability(String model, List<Bin> bins) {}

    /** A bin: mean probability, of the most probable label or of each, share of documents that have it, and how many probabilities. */
    public record Bin(double confidence, double accuracy, long documents) {}

    /** Documents of one gold label that the student gave another. */
    public record Confusion(String gold, String student, long documents) {}

    /** The word n-grams that added most to a label, over the evaluation documents that got it; of scores, those that raised and those that lowered them most. */
    public record TopFeatures(String label, List<String> ngrams) {}

    /** A target: its name in the task file, what it demands and what was reached; {@code reached} is absent where it could not be measured. */
    public record Target(String name, String demand, Optional<Double> reached, boolean met) {}
}
