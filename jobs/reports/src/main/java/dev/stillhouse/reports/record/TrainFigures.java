package dev.stillhouse.reports.record;

import java.util.List;
import java.util.Optional;

/**
 * How the student was trained and how it compares, on the evaluation documents.
 *
 * @param labels the labels, in the order of the probabilities
 * @param learning what it learned from
 * @param variants the variants that were tried, the best of each kind marked
 * @param ladder the kinds of students that were tried, in the order in which they were, the published one among them
 * @param teacher the model it learned from
 * @param student the published, compressed student
 * @param studentFp32 the uncompressed one
 * @param baseline the same kind of student trained on the gold rows alone
 * @param differences pairwise differences of weighted F1 on the same documents
 * @param slices quality by slice
 * @param byLabel quality by label
 * @param reliability reliability diagrams of teacher and student
 * @param confusions the most frequent mistakes of the student
 * @param topFeatures what the student looks at
 * @param targets what it had to reach
 */
public record TrainFigures(
        List<String> labels,
        Learning learning,
        List<Variant> variants,
        List<Rung> ladder,
        ModelFigures teacher,
        ModelFigures student,
        ModelFigures studentFp32,
        ModelFigures baseline,
        List<Difference> differences,
        List<Slice> slices,
        List<LabelQuality> byLabel,
        List<Reliability> reliability,
        List<Confusion> confusions,
        List<TopFeatures> topFeatures,
        List<Target> targets) {

    /** Rows of each part: gold and pool are what is learned from, fit and select how it is cut, evaluation what is judged on; features are the vocabulary's n-grams. */
    public record Learning(
            long gold,
            long pool,
            long fit,
            long select,
            long evaluation,
            int epochs,
            int features,
            double temperature) {}

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
     * @param loss mean soft cross-entropy, in nats
     * @param agreement share of documents with the teacher's label
     * @param accuracy expected accuracy
     * @param retained expected accuracy over the teacher's
     * @param retainedError standard error of {@code retained}
     * @param ece expected calibration error against the teacher's probabilities
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
            double loss,
            double agreement,
            double accuracy,
            double retained,
            double retainedError,
            double ece,
            double seconds,
            List<String> missed,
            boolean chosen) {}

    /** Weighted F1 of {@code left} less that of {@code right}, with its paired interval. */
    public record Difference(String left, String right, Interval f1Weighted) {}

    /** Quality on a part of the evaluation documents, such as slice source, value train. */
    public record Slice(
            String slice, String value, long documents, double teacherF1, double studentF1, Interval agreement) {}

    /** F1 of one label, with the number of evaluation documents that have it. */
    public record LabelQuality(String label, long documents, double teacherF1, double studentF1) {}

    /** The reliability diagram of a model. */
    public record Reliability(String model, List<Bin> bins) {}

    /** A bin: mean top probability, share of right labels, and documents. */
    public record Bin(double confidence, double accuracy, long documents) {}

    /** Documents of one gold label that the student gave another. */
    public record Confusion(String gold, String student, long documents) {}

    /** The word n-grams that added most to a label, over the evaluation documents that got it. */
    public record TopFeatures(String label, List<String> ngrams) {}

    /** A target: its name in the task file, what it demands and what was reached; {@code reached} is absent where it could not be measured. */
    public record Target(String name, String demand, Optional<Double> reached, boolean met) {}
}
