package dev.stillhouse.cli.pipeline;

import dev.stillhouse.cli.pipeline.Judge.Judged;
import dev.stillhouse.datasets.quality.Bootstrap;
import dev.stillhouse.datasets.quality.Calibration;
import dev.stillhouse.datasets.quality.Classification;
import dev.stillhouse.reports.record.Interval;
import dev.stillhouse.reports.record.TrainFigures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Quality of teacher and student by groups of evaluation documents, and labels that the student gives to one group more often than to another. */
final class Slices {
    /** Groups of fewer documents are not compared with others. */
    static final int LEAST_DOCUMENTS = 30;

    private static final int MOST_GAPS = 10;
    private static final double NORMAL_95 = 1.96;

    private final EvaluationRows evaluation;
    private final Judge judge;
    private final Judged teacher;
    private final Judged student;

    Slices(EvaluationRows evaluation, Judge judge, Judged teacher, Judged student) {
        this.evaluation = evaluation;
        this.judge = judge;
        this.teacher = teacher;
        this.student = student;
    }

    /**
     * Figures of each group.
     *
     * @param names source, length, or a column that the sources keep
     */
    List<TrainFigures.Slice> figures(List<String> names) {
        List<TrainFigures.Slice> slices = new ArrayList<>();
        for (String name : names) {
            Groups.of(evaluation.keys(), name).forEach((value, documents) -> slices.add(slice(name, value, documents)));
        }
        return slices;
    }

    /** The labels whose rates differ most between two groups of a slice, the widest gap first, one for each slice and label. */
    List<TrainFigures.RateGap> gaps(List<String> names) {
        List<TrainFigures.RateGap> gaps = new ArrayList<>();
        boolean isOneOf = Arrays.stream(judge.gold()).allMatch(labels -> labels.length == 1);
        for (String name : names) {
            Map<String, List<Integer>> groups = Groups.of(evaluation.keys(), name);
            groups.values().removeIf(documents -> documents.size() < LEAST_DOCUMENTS);
            if (groups.size() > 1) {
                // Of two labels the one has the other's gaps.
                int labels = judge.labels().size() == 2 && isOneOf
                        ? 1
                        : judge.labels().size();
                for (int label = 0; label < labels; label++) {
                    gaps.add(gap(name, label, groups));
                }
            }
        }
        return gaps.stream()
                .filter(gap -> gap.difference().low() > 0)
                .sorted(Comparator.comparingDouble(
                                (TrainFigures.RateGap gap) -> -gap.difference().value())
                        .thenComparing(TrainFigures.RateGap::label))
                .limit(MOST_GAPS)
                .toList();
    }

    private TrainFigures.Slice slice(String name, String value, List<Integer> documents) {
        Classification teachers = part(teacher.quality(), documents);
        Classification students = part(student.quality(), documents);
        Bootstrap bootstrap = judge.bootstrap();
        Judge.Sureness sureness = student.sureness().of(documents, evaluation.size());
        Calibration calibration = Calibration.of(sureness.probabilities(), sureness.right(), judge.seed());
        return new TrainFigures.Slice(
                name,
                value.strip(),
                documents.size(),
                Judge.interval(bootstrap.f1Weighted(teachers)),
                Judge.interval(bootstrap.f1Weighted(students)),
                Judge.interval(bootstrap.agreement(students.gold(), students.predicted())),
                Judge.interval(bootstrap.agreement(teachers.predicted(), students.predicted())),
                calibration.ece(),
                calibration.floor());
    }

    private Classification part(Classification all, List<Integer> documents) {
        int[][] gold = documents.stream().map(document -> all.gold()[document]).toArray(int[][]::new);
        int[][] predicted =
                documents.stream().map(document -> all.predicted()[document]).toArray(int[][]::new);
        return new Classification(gold, predicted, judge.labels().size());
    }

    private TrainFigures.RateGap gap(String name, int label, Map<String, List<Integer>> groups) {
        int[][] predicted = student.quality().predicted();
        List<Group> byRate = groups.entrySet().stream()
                .map(group -> new Group(group.getKey().strip(), group.getValue()))
                .sorted(Comparator.comparingDouble((Group group) -> rate(group.documents(), predicted, label)))
                .toList();
        return gap(name, label, byRate.get(byRate.size() - 1), byRate.get(0));
    }

    private TrainFigures.RateGap gap(String name, int label, Group most, Group least) {
        int[][] predicted = student.quality().predicted();
        double high = rate(most.documents(), predicted, label);
        double low = rate(least.documents(), predicted, label);
        double error = Math.sqrt(high * (1 - high) / most.documents().size()
                + low * (1 - low) / least.documents().size());
        double gold = rate(most.documents(), judge.gold(), label) - rate(least.documents(), judge.gold(), label);
        return new TrainFigures.RateGap(
                name,
                judge.labels().get(label),
                most.name(),
                high,
                least.name(),
                low,
                new Interval(high - low, high - low - NORMAL_95 * error, high - low + NORMAL_95 * error),
                gold);
    }

    private static double rate(List<Integer> documents, int[][] labels, int label) {
        long having = documents.stream()
                .filter(document -> Arrays.binarySearch(labels[document], label) >= 0)
                .count();
        return documents.isEmpty() ? 0 : (double) having / documents.size();
    }

    private record Group(String name, List<Integer> documents) {}
}
