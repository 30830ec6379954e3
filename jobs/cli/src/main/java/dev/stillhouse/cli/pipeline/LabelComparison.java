package dev.stillhouse.cli.pipeline;

import dev.stillhouse.cli.pipeline.Judge.Judged;
import dev.stillhouse.datasets.quality.Auroc;
import dev.stillhouse.datasets.quality.Classification;
import dev.stillhouse.reports.record.Interval;
import dev.stillhouse.reports.record.ModelFigures;
import dev.stillhouse.reports.record.TrainFigures;
import dev.stillhouse.udfs.Decision;
import dev.stillhouse.udfs.Link;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Models of labels, one a document or any number. */
final class LabelComparison implements Comparison {
    private final TrainStage.Models models;
    private final EvaluationRows evaluation;
    private final Judge judge;
    private final Map<Role, Judged> judged = new EnumMap<>(Role.class);

    /**
     * Judges the models.
     *
     * @param teacher how the teacher's outputs are read
     */
    LabelComparison(TrainStage.Models models, EvaluationRows evaluation, Decision teacher, long seed) {
        this.models = models;
        this.evaluation = evaluation;
        this.judge = new Judge(evaluation, teacher.link(), models.student().labels(), seed);
        judged.put(Role.TEACHER, judge.judged(evaluation.teacher(), teacher));
        models.students()
                .forEach((role, student) ->
                        judged.put(role, judge.judged(student.probabilities(evaluation.texts()), student.decision())));
    }

    @Override
    public Quality quality(Role role) {
        Classification quality = judged(role).quality();
        Classification teacher = judged(Role.TEACHER).quality();
        boolean isTeacher = role == Role.TEACHER;
        boolean isOneOf = link() == Link.SOFTMAX;
        ModelFigures.Labels labels = new ModelFigures.Labels(
                Judge.interval(judge.bootstrap().f1Weighted(quality)),
                quality.f1Macro(),
                isOneOf
                        ? Optional.empty()
                        : Optional.of(Judge.interval(judge.bootstrap().f1Micro(quality))),
                Judge.interval(judge.bootstrap().agreement(judge.gold(), quality.predicted())),
                isTeacher
                        ? Optional.empty()
                        : Optional.of(
                                Judge.interval(judge.bootstrap().agreement(teacher.predicted(), quality.predicted()))),
                judged(role).figures());
        double reference = teacher.f1Weighted();
        return new Quality(
                Optional.of(labels),
                Optional.empty(),
                isTeacher || reference <= 0 ? Optional.empty() : Optional.of(quality.f1Weighted() / reference));
    }

    @Override
    public Interval difference(Role left, Role right) {
        return Judge.interval(judge.bootstrap()
                .f1Difference(judged(left).quality(), judged(right).quality()));
    }

    @Override
    public Optional<Interval> previous() {
        return models.previous()
                .map(previous -> previous.judged(evaluation.texts(), judge.labels(), judge.gold()))
                .map(before -> Judge.interval(
                        judge.bootstrap().f1Difference(judged(Role.STUDENT).quality(), before)));
    }

    @Override
    public Parts parts(List<String> names, List<String> outOfScope) {
        Judged teacher = judged(Role.TEACHER);
        Judged student = judged(Role.STUDENT);
        Slices slices = new Slices(evaluation, judge, teacher, student);
        Breakdown breakdown = new Breakdown(judge.labels());
        return new Parts(
                slices.figures(names),
                List.of(),
                slices.gaps(names),
                outOfScope(outOfScope),
                breakdown.byLabel(teacher.quality(), student.quality()),
                List.of(reliability("teacher", teacher), reliability("student", student)),
                link() == Link.SOFTMAX ? breakdown.confusions(student.quality()) : List.of(),
                TopNgrams.of(
                        models.uncompressed(),
                        evaluation.texts(),
                        student.quality().predicted()));
    }

    private Optional<TrainFigures.OutOfScope> outOfScope(List<String> texts) {
        if (texts.isEmpty()) {
            return Optional.empty();
        }
        double student = Auroc.of(
                judged(Role.STUDENT).confidences(), confidences(models.student().probabilities(texts)));
        Optional<Double> teacher = models.teacher()
                .map(scorer -> Auroc.of(judged(Role.TEACHER).confidences(), confidences(scorer.probabilities(texts))));
        return Optional.of(new TrainFigures.OutOfScope(texts.size(), student, teacher));
    }

    private static float[] confidences(float[][] probabilities) {
        float[] confidences = new float[probabilities.length];
        for (int i = 0; i < confidences.length; i++) {
            confidences[i] = probabilities[i][Link.first(probabilities[i])];
        }
        return confidences;
    }

    private static TrainFigures.Reliability reliability(String model, Judged judged) {
        return new TrainFigures.Reliability(
                model,
                judged.calibration().bins().stream()
                        .map(bin -> new TrainFigures.Bin(bin.confidence(), bin.accuracy(), bin.documents()))
                        .toList());
    }

    private Link link() {
        return models.student().decision().link();
    }

    private Judged judged(Role role) {
        Judged one = judged.get(role);
        if (one == null) {
            throw new IllegalStateException("Not judged: " + role);
        }
        return one;
    }
}
