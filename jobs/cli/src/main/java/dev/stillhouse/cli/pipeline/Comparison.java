package dev.stillhouse.cli.pipeline;

import dev.stillhouse.reports.record.Interval;
import dev.stillhouse.reports.record.ModelFigures;
import dev.stillhouse.reports.record.TrainFigures;
import java.util.List;
import java.util.Optional;

/** How the models of a training do on the evaluation documents, beside each other: of labels, or of scores. */
sealed interface Comparison permits LabelComparison, ScoreComparison {

    /** A model that is judged. */
    enum Role {
        TEACHER,
        STUDENT,
        UNCOMPRESSED,
        BASELINE
    }

    /** How good a model is. */
    Quality quality(Role role);

    /** The headline figure of one model less that of another, with its paired interval. */
    Interval difference(Role left, Role right);

    /** That of the student less that of the one which is served; absent where there is none. */
    Optional<Interval> previous();

    /**
     * The same documents, taken apart.
     *
     * @param slices source, length, or columns that the sources keep
     * @param outOfScope texts that belong to no label; may be empty
     */
    Parts parts(List<String> slices, List<String> outOfScope);

    /**
     * How good a model is.
     *
     * @param retained headline over the teacher's; absent for the teacher
     */
    record Quality(
            Optional<ModelFigures.Labels> labels, Optional<ModelFigures.Scores> scores, Optional<Double> retained) {}

    /** As {@link TrainFigures} has them. */
    record Parts(
            List<TrainFigures.Slice> slices,
            List<TrainFigures.ScoreSlice> scoreSlices,
            List<TrainFigures.RateGap> gaps,
            Optional<TrainFigures.OutOfScope> outOfScope,
            List<TrainFigures.LabelQuality> byLabel,
            List<TrainFigures.Reliability> reliability,
            List<TrainFigures.Confusion> confusions,
            List<TrainFigures.TopFeatures> topFeatures) {}
}
