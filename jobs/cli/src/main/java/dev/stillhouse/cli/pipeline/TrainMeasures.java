package dev.stillhouse.cli.pipeline;

import dev.stillhouse.cli.config.CanonicalJson;
import dev.stillhouse.cli.pipeline.Judge.Judged;
import dev.stillhouse.datasets.quality.Auroc;
import dev.stillhouse.datasets.quality.Classification;
import dev.stillhouse.reports.record.ModelFigures;
import dev.stillhouse.reports.record.TrainFigures;
import dev.stillhouse.student.Candidate;
import dev.stillhouse.student.export.OnnxStudentWriter;
import dev.stillhouse.teacher.TeacherScorer;
import dev.stillhouse.udfs.TextScorer;
import dev.stillhouse.udfs.Throughput;
import dev.stillhouse.udfs.student.StudentModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The figures of a training: every model on the same evaluation documents, once. */
final class TrainMeasures {
    private static final String STUDENT = "student";

    private final StageContext context;
    private final TrainStage.Models models;
    private final EvaluationRows evaluation;
    private final Judge judge;

    TrainMeasures(StageContext context, TrainStage.Models models, EvaluationRows evaluation) {
        this.context = context;
        this.models = models;
        this.evaluation = evaluation;
        this.judge =
                new Judge(evaluation, models.student().labels(), context.task().seed());
    }

    /**
     * Judges the models.
     *
     * @param outOfScope texts that belong to no label; empty where the task names none
     */
    TrainFigures figures(List<String> outOfScope) {
        Judgements judged = new Judgements(
                judge.judged(evaluation.teacher()),
                judge.judged(models.student().probabilities(evaluation.texts())),
                judge.judged(models.uncompressed().probabilities(evaluation.texts())),
                judge.judged(models.baseline().probabilities(evaluation.texts())));
        Classification teacher = judged.teacher().quality();
        Classification student = judged.student().quality();
        Measured measured = measured(judged);
        Breakdown breakdown = new Breakdown(judge.labels());
        Slices slices = new Slices(
                evaluation,
                judge,
                judged.teacher(),
                judged.student(),
                context.task().seed());
        List<String> names = context.task().report().slices();
        Optional<TrainFigures.Difference> previous = previous(judged);
        return new TrainFigures(
                models.student().labels(),
                learning(),
                models.learned().ladder().variants(),
                models.learned().ladder().rungs(),
                models.learned().ladder().curve(),
                measured.teacher(),
                measured.student(),
                measured.uncompressed(),
                measured.baseline(),
                differences(judged, previous),
                slices.figures(names),
                slices.gaps(names),
                outOfScope(outOfScope, judged),
                breakdown.byLabel(teacher, student),
                List.of(reliability("teacher", judged.teacher()), reliability(STUDENT, judged.student())),
                breakdown.confusions(student),
                TopNgrams.of(models.uncompressed().model(), evaluation.texts(), student.predicted()),
                Targets.check(context.task().student().targets(), measured.student(), previous));
    }

    private Optional<TrainFigures.Difference> previous(Judgements judged) {
        return models.previous().map(previous -> {
            Classification before = previous.judged(evaluation.texts(), judge.labels(), judge.gold());
            return new TrainFigures.Difference(
                    STUDENT,
                    "previous",
                    Judge.interval(
                            judge.bootstrap().f1Difference(judged.student().quality(), before)));
        });
    }

    private Optional<TrainFigures.OutOfScope> outOfScope(List<String> texts, Judgements judged) {
        if (texts.isEmpty()) {
            return Optional.empty();
        }
        double student = Auroc.of(
                judged.student().confidences(), confidences(models.student().probabilities(texts)));
        Optional<Double> teacher = models.teacher()
                .map(scorer -> Auroc.of(judged.teacher().confidences(), confidences(scorer.probabilities(texts))));
        return Optional.of(new TrainFigures.OutOfScope(texts.size(), student, teacher));
    }

    private static float[] confidences(float[][] probabilities) {
        float[] confidences = new float[probabilities.length];
        for (int i = 0; i < confidences.length; i++) {
            confidences[i] = probabilities[i][Classification.argmax(probabilities[i])];
        }
        return confidences;
    }

    private Measured measured(Judgements judged) {
        List<TextScorer> scorers = new ArrayList<>(List.of(models.student(), models.uncompressed()));
        models.teacher().ifPresent(scorers::add);
        List<Throughput.Rate> rates = models.throughput().measure(scorers, evaluation.texts());
        Optional<Throughput.Rate> reference = models.teacher().map(teacher -> rates.get(2));
        StudentModel int8 = models.learned().ladder().chosen().int8();
        StudentModel fp32 = models.uncompressed().model();
        Sizes published = sizes(int8, models.file().length, speed(rates.get(0), reference));
        Sizes uncompressed = sizes(fp32, OnnxStudentWriter.write(fp32).length, speed(rates.get(1), reference));
        Sizes baseline = new Sizes(models.baseline().model(), Optional.empty(), Optional.empty());
        return new Measured(
                teacher(judged.teacher(), reference),
                student(judged.student(), judged.teacher(), published),
                student(judged.uncompressed(), judged.teacher(), uncompressed),
                student(judged.baseline(), judged.teacher(), baseline));
    }

    private static Sizes sizes(StudentModel model, long bytes, ModelFigures.Speed speed) {
        return new Sizes(model, Optional.of(bytes), Optional.of(speed));
    }

    private ModelFigures teacher(Judged judged, Optional<Throughput.Rate> rate) {
        return new ModelFigures(
                CanonicalJson.of(context.task().teacher()).get("kind").asText(),
                Judge.interval(judge.bootstrap().f1Weighted(judged.quality())),
                judged.quality().f1Macro(),
                Judge.interval(judge.bootstrap()
                        .agreement(judge.gold(), judged.quality().predicted())),
                Optional.empty(),
                Optional.empty(),
                judged.figures(),
                models.teacher().map(TeacherScorer::bytes),
                models.teacher().map(TeacherScorer::parameters),
                rate.map(measured -> speed(measured, rate)));
    }

    private ModelFigures student(Judged judged, Judged teacher, Sizes sizes) {
        double teacherF1 = teacher.quality().f1Weighted();
        return new ModelFigures(
                Ladder.name(models.learned().ladder().chosen().kind()),
                Judge.interval(judge.bootstrap().f1Weighted(judged.quality())),
                judged.quality().f1Macro(),
                Judge.interval(judge.bootstrap()
                        .agreement(judge.gold(), judged.quality().predicted())),
                Optional.of(Judge.interval(judge.bootstrap()
                        .agreement(
                                teacher.quality().predicted(), judged.quality().predicted()))),
                teacherF1 > 0 ? Optional.of(judged.quality().f1Weighted() / teacherF1) : Optional.empty(),
                judged.figures(),
                sizes.bytes(),
                Optional.of(sizes.model().parameters()),
                sizes.speed());
    }

    private ModelFigures.Speed speed(Throughput.Rate rate, Optional<Throughput.Rate> teacher) {
        return new ModelFigures.Speed(
                rate.median(),
                rate.lowest(),
                rate.highest(),
                models.threads(),
                joules(rate.median(), models.threads(), context.task().report().wattsPerCore()),
                teacher.map(reference -> rate.median() / reference.median()));
    }

    /** Joules for a thousand documents, of threads that keep a core busy each. */
    static double joules(double docsPerSecond, int threads, double wattsPerCore) {
        return 1_000 * threads * wattsPerCore / docsPerSecond;
    }

    private TrainFigures.Learning learning() {
        TrainStage.Learned learned = models.learned();
        Candidate chosen = learned.ladder().chosen();
        return new TrainFigures.Learning(
                learned.gold(),
                learned.rows() - learned.gold(),
                learned.parts().fit(),
                learned.parts().select(),
                evaluation.size(),
                chosen.variant().epochs(),
                chosen.variant().features(),
                chosen.int8().temperature());
    }

    private List<TrainFigures.Difference> differences(Judgements judged, Optional<TrainFigures.Difference> previous) {
        List<TrainFigures.Difference> differences = new ArrayList<>();
        differences.add(difference(judged.student(), "teacher", judged.teacher()));
        differences.add(difference(judged.student(), "student_fp32", judged.uncompressed()));
        differences.add(difference(judged.student(), "baseline", judged.baseline()));
        previous.ifPresent(differences::add);
        return differences;
    }

    private TrainFigures.Difference difference(Judged left, String rightName, Judged right) {
        return new TrainFigures.Difference(
                STUDENT, rightName, Judge.interval(judge.bootstrap().f1Difference(left.quality(), right.quality())));
    }

    private static TrainFigures.Reliability reliability(String model, Judged judged) {
        return new TrainFigures.Reliability(
                model,
                judged.calibration().bins().stream()
                        .map(bin -> new TrainFigures.Bin(bin.confidence(), bin.accuracy(), bin.documents()))
                        .toList());
    }

    /** What each model got right, and how sure it was. */
    private record Judgements(Judged teacher, Judged student, Judged uncompressed, Judged baseline) {}

    /** The figures of each model. */
    private record Measured(
            ModelFigures teacher, ModelFigures student, ModelFigures uncompressed, ModelFigures baseline) {}

    private record Sizes(StudentModel model, Optional<Long> bytes, Optional<ModelFigures.Speed> speed) {}
}
