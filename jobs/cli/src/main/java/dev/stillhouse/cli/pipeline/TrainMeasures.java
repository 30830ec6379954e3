package dev.stillhouse.cli.pipeline;

import dev.stillhouse.cli.config.CanonicalJson;
import dev.stillhouse.datasets.quality.Bootstrap;
import dev.stillhouse.datasets.quality.Calibration;
import dev.stillhouse.datasets.quality.Classification;
import dev.stillhouse.reports.record.Interval;
import dev.stillhouse.reports.record.ModelFigures;
import dev.stillhouse.reports.record.TrainFigures;
import dev.stillhouse.student.Candidate;
import dev.stillhouse.student.export.OnnxStudentWriter;
import dev.stillhouse.teacher.TeacherScorer;
import dev.stillhouse.udfs.TextScorer;
import dev.stillhouse.udfs.Throughput;
import dev.stillhouse.udfs.student.StudentModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The figures of a training: every model on the same evaluation documents, once. */
final class TrainMeasures {
    private final StageContext context;
    private final TrainStage.Models models;
    private final EvaluationRows evaluation;
    private final Bootstrap bootstrap;
    private final List<String> allLabels;
    private final int[] gold;

    TrainMeasures(StageContext context, TrainStage.Models models, EvaluationRows evaluation) {
        this.context = context;
        this.models = models;
        this.evaluation = evaluation;
        this.bootstrap = Bootstrap.standard(context.task().seed());
        // Gold labels that the teacher never saw come after those it knows, and count as missed.
        TreeSet<String> unknown = new TreeSet<>(evaluation.gold());
        unknown.removeAll(models.student().labels());
        this.allLabels = new ArrayList<>(models.student().labels());
        allLabels.addAll(unknown);
        Map<String, Integer> indices = new LinkedHashMap<>();
        allLabels.forEach(label -> indices.put(label, indices.size()));
        this.gold = evaluation.gold().stream().mapToInt(indices::get).toArray();
    }

    TrainFigures figures() {
        Judgements judged = new Judgements(
                judged(evaluation.teacher()),
                judged(models.student().probabilities(evaluation.texts())),
                judged(models.uncompressed().probabilities(evaluation.texts())),
                judged(models.baseline().probabilities(evaluation.texts())));
        Classification teacher = judged.teacher().quality();
        Classification student = judged.student().quality();
        Measured measured = measured(judged);
        Breakdown breakdown = new Breakdown(evaluation, allLabels, bootstrap);
        return new TrainFigures(
                models.student().labels(),
                learning(),
                models.learned().ladder().variants(),
                models.learned().ladder().rungs(),
                measured.teacher(),
                measured.student(),
                measured.uncompressed(),
                measured.baseline(),
                differences(judged),
                breakdown.slices(teacher, student, context.task().report().slices()),
                breakdown.byLabel(teacher, student),
                List.of(reliability("teacher", judged.teacher()), reliability("student", judged.student())),
                breakdown.confusions(student),
                TopNgrams.of(models.uncompressed().model(), evaluation.texts(), student.predicted()),
                Targets.check(context.task().student().targets(), measured.student()));
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

    private Judged judged(float[][] probabilities) {
        int[] predicted = Classification.argmax(probabilities);
        float[] confidences = new float[predicted.length];
        boolean[] right = new boolean[predicted.length];
        for (int i = 0; i < predicted.length; i++) {
            confidences[i] = probabilities[i][predicted[i]];
            right[i] = predicted[i] == gold[i];
        }
        return new Judged(
                new Classification(gold, predicted, allLabels.size()),
                Calibration.of(confidences, right, context.task().seed()));
    }

    private ModelFigures teacher(Judged judged, Optional<Throughput.Rate> rate) {
        return new ModelFigures(
                CanonicalJson.of(context.task().teacher()).get("kind").asText(),
                interval(bootstrap.f1Weighted(judged.quality())),
                judged.quality().f1Macro(),
                interval(bootstrap.agreement(gold, judged.quality().predicted())),
                Optional.empty(),
                Optional.empty(),
                calibration(judged),
                models.teacher().map(TeacherScorer::bytes),
                models.teacher().map(TeacherScorer::parameters),
                rate.map(measured -> speed(measured, rate)));
    }

    private ModelFigures student(Judged judged, Judged teacher, Sizes sizes) {
        double teacherF1 = teacher.quality().f1Weighted();
        return new ModelFigures(
                Ladder.name(models.learned().ladder().chosen().kind()),
                interval(bootstrap.f1Weighted(judged.quality())),
                judged.quality().f1Macro(),
                interval(bootstrap.agreement(gold, judged.quality().predicted())),
                Optional.of(interval(bootstrap.agreement(
                        teacher.quality().predicted(), judged.quality().predicted()))),
                teacherF1 > 0 ? Optional.of(judged.quality().f1Weighted() / teacherF1) : Optional.empty(),
                calibration(judged),
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
                teacher.map(reference -> rate.median() / reference.median()));
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

    private List<TrainFigures.Difference> differences(Judgements judged) {
        return List.of(
                difference("student", judged.student(), "teacher", judged.teacher()),
                difference("student", judged.student(), "student_fp32", judged.uncompressed()),
                difference("student", judged.student(), "baseline", judged.baseline()));
    }

    private TrainFigures.Difference difference(String leftName, Judged left, String rightName, Judged right) {
        return new TrainFigures.Difference(
                leftName, rightName, interval(bootstrap.f1Difference(left.quality(), right.quality())));
    }

    private static TrainFigures.Reliability reliability(String model, Judged judged) {
        return new TrainFigures.Reliability(
                model,
                judged.calibration().bins().stream()
                        .map(bin -> new TrainFigures.Bin(bin.confidence(), bin.accuracy(), bin.documents()))
                        .toList());
    }

    private static ModelFigures.Calibration calibration(Judged judged) {
        return new ModelFigures.Calibration(
                judged.calibration().ece(),
                judged.calibration().debiased(),
                judged.calibration().floor());
    }

    static Interval interval(Bootstrap.Interval interval) {
        return new Interval(interval.value(), interval.low(), interval.high());
    }

    private record Judged(Classification quality, Calibration calibration) {}

    /** What each model got right, and how sure it was. */
    private record Judgements(Judged teacher, Judged student, Judged uncompressed, Judged baseline) {}

    /** The figures of each model. */
    private record Measured(
            ModelFigures teacher, ModelFigures student, ModelFigures uncompressed, ModelFigures baseline) {}

    private record Sizes(StudentModel model, Optional<Long> bytes, Optional<ModelFigures.Speed> speed) {}
}
