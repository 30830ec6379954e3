package dev.stillhouse.student;

import dev.stillhouse.datasets.quality.Classification;
import dev.stillhouse.datasets.quality.TemperatureScaling.Prediction;
import dev.stillhouse.udfs.Link;
import dev.stillhouse.udfs.student.StudentModel;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What students of labels are expected to reach. Whether a document has a label is taken to be drawn from a mixture of the student's and the teacher's probabilities: by the teacher's alone a student could never be right where the teacher is wrong, and comes out too low (of what banking77, clinc150, subj, mr and sst2
 * retain, by 1 to 9 points). The student's share is what gold that nobody had seen makes likeliest, {@link UnseenGold#share}; without such gold it is {@value #USUAL_SHARE}, which errs on the side of the teacher. Where every row has its gold label, that is believed and nothing else.
 *
 * <p>Of one label, weighted F1 is expected accuracy, and {@code retained} that over the teacher's. Of any number of labels, F1 is that of expected counts, and {@code retained} weighted F1 over the teacher's.
 */
final class SelectLabels {
    private static final int BINS = 15;
    static final double USUAL_SHARE = 0.25;
    private static final int GROUPS = 20;

    private final List<Prediction> predictions;
    private final Believed believed;
    private final Link link;
    private final int[][] student;
    private final int[][] teacher;

    private SelectLabels(Believed believed, Link link, int[][] student, int[][] teacher) {
        this.predictions = believed.predictions();
        this.believed = believed;
        this.link = link;
        this.student = student;
        this.teacher = teacher;
    }

    /**
     * Predictions with probabilities in place of logits, at least one, and how far they are believed.
     *
     * @param share of the student in what is believed, 0 to 1
     * @param gold the same predictions with gold labels for targets; empty where they are not known of all
     */
    record Believed(List<Prediction> predictions, double share, List<Prediction> gold) {
        double of(int row, int label) {
            Prediction one = predictions.get(row);
            return gold.isEmpty()
                    ? share * one.logits()[label] + (1 - share) * one.target()[label]
                    : gold.get(row).target()[label];
        }

        /** Mean loss against what gold says, or else the teacher. */
        double loss(Link link) {
            return (gold.isEmpty() ? predictions : gold)
                    .stream()
                            .mapToDouble(one -> link.loss(one.logits(), one.target()))
                            .average()
                            .orElse(0);
        }
    }

    /** One of several labels. */
    static SelectFigures chosen(Believed believed) {
        List<Prediction> predictions = believed.predictions();
        SelectLabels select = new SelectLabels(
                believed,
                Link.SOFTMAX,
                predictions.stream()
                        .map(one -> new int[] {Link.first(one.logits())})
                        .toArray(int[][]::new),
                predictions.stream()
                        .map(one -> new int[] {Link.first(one.target())})
                        .toArray(int[][]::new));
        double[] own = select.beliefs(select.student);
        double[] teachers = select.beliefs(select.teacher);
        double accuracy = mean(own);
        double teacher = mean(teachers);
        double retained = teacher > 0 ? accuracy / teacher : 0;
        return select.figures(
                retained,
                teacher > 0 ? error(own, teachers, retained) : 0,
                Map.of(
                        SelectFigures.ACCURACY,
                        accuracy,
                        SelectFigures.F1_WEIGHTED,
                        accuracy,
                        SelectFigures.F1_MACRO,
                        select.counts(select.student, -1).macro(),
                        SelectFigures.ECE,
                        select.topError()));
    }

    /** Any number of labels. */
    static SelectFigures decided(Believed believed, StudentModel model, Goal goal) {
        List<Prediction> predictions = believed.predictions();
        float[] limits = model.decision().limits(model.labels());
        float[] teachers = goal.teacher().limits(model.labels());
        SelectLabels select = new SelectLabels(
                believed,
                Link.LOGISTIC,
                predictions.stream()
                        .map(one -> Link.LOGISTIC.decide(one.logits(), limits))
                        .toArray(int[][]::new),
                predictions.stream()
                        .map(one -> Link.LOGISTIC.decide(one.target(), teachers))
                        .toArray(int[][]::new));
        Counts counts = select.counts(select.student, -1);
        return select.figures(
                select.retained(-1),
                jackknife(select::retained),
                Map.of(
                        SelectFigures.F1_WEIGHTED,
                        counts.weighted(),
                        SelectFigures.F1_MACRO,
                        counts.macro(),
                        SelectFigures.F1_MICRO,
                        counts.micro(),
                        SelectFigures.ECE,
                        select.decisionError()));
    }

    /** Standard error by leaving out one of {@value #GROUPS} groups at a time. */
    static double jackknife(ToDoubleFunction<Integer> without) {
        double[] values =
                IntStream.range(0, GROUPS).mapToDouble(without::applyAsDouble).toArray();
        double mean = mean(values);
        double squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        return Math.sqrt(squares * (GROUPS - 1) / GROUPS);
    }

    /** Whether a row counts when a group is left out; -1 for none. */
    static boolean isIn(int row, int groupOut) {
        return row % GROUPS != groupOut;
    }

    private SelectFigures figures(double retained, double error, Map<String, Double> figures) {
        return new SelectFigures(
                predictions.size(),
                believed.loss(link),
                Classification.agreement(student, teacher),
                retained,
                error,
                0,
                figures);
    }

    private double[] beliefs(int[][] labels) {
        double[] beliefs = new double[labels.length];
        for (int row = 0; row < beliefs.length; row++) {
            beliefs[row] = believed.of(row, labels[row][0]);
        }
        return beliefs;
    }

    private double retained(int groupOut) {
        double teachers = counts(teacher, groupOut).weighted();
        return teachers > 0 ? counts(student, groupOut).weighted() / teachers : 0;
    }

    private Counts counts(int[][] given, int groupOut) {
        int labels = predictions.get(0).target().length;
        Counts counts = new Counts(new double[labels], new double[labels], new double[labels]);
        for (int row = 0; row < given.length; row++) {
            if (isIn(row, groupOut)) {
                for (int label = 0; label < labels; label++) {
                    counts.having[label] += believed.of(row, label);
                }
                for (int label : given[row]) {
                    counts.given[label]++;
                    counts.right[label] += believed.of(row, label);
                }
            }
        }
        return counts;
    }

    /** Of the most probable label. */
    private double topError() {
        Bins bins = new Bins();
        for (int row = 0; row < student.length; row++) {
            int label = student[row][0];
            bins.add(predictions.get(row).logits()[label], believed.of(row, label));
        }
        return bins.error();
    }

    /** Of every label's probability. */
    private double decisionError() {
        Bins bins = new Bins();
        for (int row = 0; row < predictions.size(); row++) {
            double[] given = predictions.get(row).logits();
            for (int label = 0; label < given.length; label++) {
                bins.add(given[label], believed.of(row, label));
            }
        }
        return bins.error();
    }

    /** Standard error of a ratio of means, by its linearisation. */
    private static double error(double[] over, double[] under, double ratio) {
        double squares = 0;
        for (int i = 0; i < over.length; i++) {
            double residual = over[i] - ratio * under[i];
            squares += residual * residual;
        }
        return Math.sqrt(squares) / (over.length * mean(under));
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    /** Expected counts by label. */
    private record Counts(double[] right, double[] given, double[] having) {
        double f1(int label) {
            double both = given[label] + having[label];
            return both == 0 ? 0 : 2 * right[label] / both;
        }

        double weighted() {
            double sum = 0;
            for (int label = 0; label < having.length; label++) {
                sum += having[label] * f1(label);
            }
            double all = Arrays.stream(having).sum();
            return all == 0 ? 0 : sum / all;
        }

        double macro() {
            return IntStream.range(0, having.length)
                    .mapToDouble(this::f1)
                    .average()
                    .orElse(0);
        }

        double micro() {
            double both = Arrays.stream(given).sum() + Arrays.stream(having).sum();
            return both == 0 ? 0 : 2 * Arrays.stream(right).sum() / both;
        }
    }

    /** Bins of equal width. */
    private static final class Bins {
        private final double[] gaps = new double[BINS];
        private long count;

        void add(double given, double wanted) {
            gaps[Math.min(BINS - 1, (int) (given * BINS))] += given - wanted;
            count++;
        }

        double error() {
            return Arrays.stream(gaps).map(Math::abs).sum() / count;
        }
    }
}
