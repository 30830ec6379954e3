package dev.stillhouse.cli.pipeline;

import dev.stillhouse.datasets.quality.Bootstrap;
import dev.stillhouse.datasets.quality.Regression;
import dev.stillhouse.datasets.schema.GoldLabel;
import dev.stillhouse.reports.record.Interval;
import dev.stillhouse.reports.record.ModelFigures;
import dev.stillhouse.reports.record.TrainFigures;
import dev.stillhouse.udfs.Decision;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Models of scores. */
final class ScoreComparison implements Comparison {
    private final TrainStage.Models models;
    private final EvaluationRows evaluation;
    private final Bootstrap bootstrap;
    private final Decision decision;
    private final double[] gold;
    private final Map<Role, Regression> judged = new EnumMap<>(Role.class);

    /**
     * Judges the models.
     *
     * @param decision the task's thresholds
     */
    ScoreComparison(TrainStage.Models models, EvaluationRows evaluation, Decision decision, long seed) {
        this.models = models;
        this.evaluation = evaluation;
        this.bootstrap = Bootstrap.standard(seed);
        this.decision = decision;
        this.gold = evaluation.gold().stream().mapToDouble(GoldLabel::number).toArray();
        judged.put(Role.TEACHER, regression(evaluation.teacher()));
        models.students()
                .forEach((role, student) -> judged.put(role, regression(student.probabilities(evaluation.texts()))));
    }

    @Override
    public Quality quality(Role role) {
        Regression model = judged(role);
        Regression teacher = judged(Role.TEACHER);
        boolean isTeacher = role == Role.TEACHER;
        Map<String, Double> f1At = new TreeMap<>();
        decision.thresholds().forEach((name, threshold) -> f1At.put(name, model.f1At(threshold)));
        ModelFigures.Scores scores = new ModelFigures.Scores(
                Judge.interval(bootstrap.spearman(model)),
                Judge.interval(bootstrap.meanAbsoluteError(model)),
                model.rootMeanSquaredError(),
                isTeacher
                        ? Optional.empty()
                        : Optional.of(new Regression(teacher.predicted(), model.predicted()).spearman()),
                f1At);
        double reference = teacher.spearman();
        return new Quality(
                Optional.empty(),
                Optional.of(scores),
                isTeacher || reference <= 0 ? Optional.empty() : Optional.of(model.spearman() / reference));
    }

    @Override
    public Interval difference(Role left, Role right) {
        return Judge.interval(bootstrap.spearmanDifference(judged(left), judged(right)));
    }

    @Override
    public Optional<Interval> previous() {
        return models.previous()
                .map(previous -> regression(previous.student().probabilities(evaluation.texts())))
                .map(before -> Judge.interval(bootstrap.spearmanDifference(judged(Role.STUDENT), before)));
    }

    /** {@inheritDoc} No label, and so nothing out of scope, by label or of calibration. */
    @Override
    public Parts parts(List<String> names, List<String> outOfScope) {
        List<TrainFigures.ScoreSlice> slices = new ArrayList<>();
        for (String name : names) {
            Groups.of(evaluation.keys(), name).forEach((value, documents) -> slices.add(slice(name, value, documents)));
        }
        return new Parts(
                List.of(),
                slices,
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                TopNgrams.ofScores(models.uncompressed(), evaluation.texts()));
    }

    private TrainFigures.ScoreSlice slice(String name, String value, List<Integer> documents) {
        Regression teacher = part(judged(Role.TEACHER), documents);
        Regression student = part(judged(Role.STUDENT), documents);
        return new TrainFigures.ScoreSlice(
                name,
                value.strip(),
                documents.size(),
                Judge.interval(bootstrap.meanAbsoluteError(teacher)),
                Judge.interval(bootstrap.meanAbsoluteError(student)),
                teacher.spearman(),
                student.spearman());
    }

    private static Regression part(Regression all, List<Integer> documents) {
        return new Regression(
                documents.stream().mapToDouble(document -> all.gold()[document]).toArray(),
                documents.stream()
                        .mapToDouble(document -> all.predicted()[document])
                        .toArray());
    }

    private Regression regression(float[][] outputs) {
        double[] predicted = new double[outputs.length];
        for (int i = 0; i < predicted.length; i++) {
            predicted[i] = outputs[i][0];
        }
        return new Regression(gold, predicted);
    }

    private Regression judged(Role role) {
        Regression one = judged.get(role);
        if (one == null) {
            throw new IllegalStateException("Not judged: " + role);
        }
        return one;
    }
}
