package dev.stillhouse.reports.record;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a student of summaries was trained and how its summaries compare, on the evaluation documents. ROUGE is F1 in percent, of stemmed words.
 *
 * @param learning what it learned from
 * @param budget of a summary, in words
 * @param judgedBy what summaries are compared with: reference (people's) or teacher (its own, where there are none)
 * @param systems ways to summarise, by name, the teacher and the student first
 * @param differences of the student from others, on the same documents
 * @param retained mean of the student's ROUGE-1, ROUGE-2 and ROUGE-Lsum over the teacher's
 * @param agreement F1 of the sentences that student and teacher choose, the mean over documents
 * @param calibration how well salience tells what the teacher gives
 * @param bytes of the student's file
 * @param parameters of the student
 * @param slices quality on parts of the documents
 * @param weights what the student looks at
 * @param examples some documents
 * @param targets what it had to reach
 */
public record SummaryFigures(
        Learning learning,
        String budget,
        String judgedBy,
        Map<String, SystemFigures> systems,
        List<Difference> differences,
        double retained,
        Interval agreement,
        Calibration calibration,
        long bytes,
        long parameters,
        List<Slice> slices,
        List<Weight> weights,
        List<Example> examples,
        List<TrainFigures.Target> targets) {
    public SummaryFigures {
        differences = List.copyOf(differences);
        slices = List.copyOf(slices);
        weights = List.copyOf(weights);
        examples = List.copyOf(examples);
        targets = List.copyOf(targets);
    }

    /** The same with so many examples at most. */
    public SummaryFigures withExamples(int most) {
        return new SummaryFigures(
                learning,
                budget,
                judgedBy,
                systems,
                differences,
                retained,
                agreement,
                calibration,
                bytes,
                parameters,
                slices,
                weights,
                examples.subList(0, Math.min(most, examples.size())),
                targets);
    }

    /**
     * What it learned from.
     *
     * @param fit documents that weights were fitted on
     * @param select documents that choices were made on
     * @param evaluation documents that it is judged on
     * @param leftOut evaluation documents that it is not judged on
     * @param features words and pairs of words
     * @param loss mean loss of a sentence of the select part, in nats
     * @param penalty weight of the examples against the penalty that was chosen
     * @param temperature what sums are divided by
     * @param redundancy what a sentence loses if all that it says is said already
     */
    public record Learning(
            long fit,
            long select,
            long evaluation,
            long leftOut,
            int features,
            double loss,
            double penalty,
            double temperature,
            double redundancy) {}

    /**
     * A way to summarise.
     *
     * @param words of its summaries, the mean
     * @param compression words of the summary over words of the document, the mean
     * @param repetition share of the summary's pairs of words that stand in it before, the mean, 0 to 1
     * @param positions share of the chosen sentences by tenth of the document
     * @param speed absent where it is no model that could be run
     */
    public record SystemFigures(
            Interval rouge1,
            Interval rouge2,
            Interval rougeL,
            Interval rougeLsum,
            double words,
            double compression,
            double repetition,
            List<Double> positions,
            Optional<ModelFigures.Speed> speed) {
        public SystemFigures {
            positions = List.copyOf(positions);
        }
    }

    /** ROUGE of {@code left} less that of {@code right}, in points, with paired intervals. */
    public record Difference(String left, String right, Interval rouge1, Interval rouge2, Interval rougeLsum) {}

    /**
     * How true salience is.
     *
     * @param error mean distance of the mean salience from the mean of what the teacher gives, over fifteen bins of equally many sentences
     * @param bins from the least salience up
     */
    public record Calibration(double error, List<Bin> bins) {
        public Calibration {
            bins = List.copyOf(bins);
        }
    }

    /** Sentences of about one salience: its mean, and the mean of what the teacher gives. */
    public record Bin(double student, double teacher, long sentences) {}

    /** Quality on a part of the evaluation documents, such as slice source, value train. */
    public record Slice(
            String slice,
            String value,
            long documents,
            Interval teacherRouge1,
            Interval studentRouge1,
            Interval studentRouge2,
            Interval studentRougeLsum) {}

    /** What adds to a sentence's salience, or takes of it: an n-gram or a bin of a feature. */
    public record Weight(String name, double added) {}

    /** A document with what is chosen of it. */
    public record Example(String source, String id, double rouge1, List<Piece> pieces) {
        public Example {
            pieces = List.copyOf(pieces);
        }
    }

    /**
     * A sentence.
     *
     * @param teacher what the teacher gives it, 0 to 1
     * @param student what the student gives it
     * @param byTeacher whether it is in the teacher's summary
     * @param byStudent whether it is in the student's
     */
    public record Piece(String text, double teacher, double student, boolean byTeacher, boolean byStudent) {}
}
