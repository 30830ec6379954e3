package dev.stillhouse.cli.pipeline;

import dev.stillhouse.cli.config.CanonicalJson;
import dev.stillhouse.cli.pipeline.Comparison.Role;
import dev.stillhouse.reports.record.ModelFigures;
import dev.stillhouse.reports.record.TrainFigures;
import dev.stillhouse.student.Contender;
import dev.stillhouse.teacher.TeacherScorer;
import dev.stillhouse.udfs.Decision;
import dev.stillhouse.udfs.Link;
import dev.stillhouse.udfs.TextScorer;
import dev.stillhouse.udfs.Throughput;
import dev.stillhouse.udfs.student.Student;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The figures of a training: every model on the same evaluation documents, once. */
final class TrainMeasures {
    private static final String STUDENT = "student";

    private final StageContext context;
    private final TrainStage.Models models;
    private final EvaluationRows evaluation;
    private final Decision teacher;

    /**
     * @param teacher how the teacher's outputs are read
     */
    TrainMeasures(StageContext context, TrainStage.Models models, EvaluationRows evaluation, Decision teacher) {
        this.context = context;
        this.models = models;
        this.evaluation = evaluation;
        this.teacher = teacher;
    }

    /**
     * Judges the models.
     *
     * @param outOfScope texts that belong to no label; empty where the task names none
     */
    TrainFigures figures(List<String> outOfScope) {
        long seed = context.task().seed();
        Comparison comparison = teacher.link() == Link.IDENTITY
                ? new ScoreComparison(models, evaluation, teacher, seed)
                : new LabelComparison(models, evaluation, teacher, seed);
        Measured measured = measured(comparison);
        Optional<TrainFigures.Difference> previous =
                comparison.previous().map(interval -> new TrainFigures.Difference(STUDENT, "previous", interval));
        Comparison.Parts parts = comparison.parts(context.task().report().slices(), outOfScope);
        Map<String, Double> thresholds = new TreeMap<>();
        models.student().decision().thresholds().forEach((name, value) -> thresholds.put(name, (double) value));
        return new TrainFigures(
                context.task().kind().name().toLowerCase(Locale.ROOT),
                models.student().labels(),
                thresholds,
                learning(),
                models.learned().ladder().variants(),
                models.learned().ladder().rungs(),
                models.learned().ladder().curve(),
                measured.teacher(),
                measured.student(),
                measured.uncompressed(),
                measured.baseline(),
                differences(comparison, previous),
                parts.slices(),
                parts.scoreSlices(),
                parts.gaps(),
                parts.outOfScope(),
                parts.byLabel(),
                parts.reliability(),
                parts.confusions(),
                parts.topFeatures(),
                Targets.check(context.task().student().targets(), measured.student(), previous));
    }

    private Measured measured(Comparison comparison) {
        List<TextScorer> scorers = new ArrayList<>(List.of(models.student(), models.uncompressed()));
        models.teacher().ifPresent(scorers::add);
        List<Throughput.Rate> rates = models.throughput().measure(scorers, evaluation.texts());
        Optional<Throughput.Rate> reference = models.teacher().map(scorer -> rates.get(2));
        Contender chosen = models.learned().ladder().chosen();
        long fp32 = chosen.uncompressed().bytes();
        Sizes published = sizes(models.student(), models.files().bytes(), speed(rates.get(0), reference));
        Sizes uncompressed = sizes(models.uncompressed(), fp32, speed(rates.get(1), reference));
        Sizes baseline = new Sizes(models.baseline(), Optional.empty(), Optional.empty());
        return new Measured(
                teacher(comparison.quality(Role.TEACHER), reference),
                student(comparison.quality(Role.STUDENT), published),
                student(comparison.quality(Role.UNCOMPRESSED), uncompressed),
                student(comparison.quality(Role.BASELINE), baseline));
    }

    private static Sizes sizes(Student model, long bytes, ModelFigures.Speed speed) {
        return new Sizes(model, Optional.of(bytes), Optional.of(speed));
    }

    private ModelFigures teacher(Comparison.Quality quality, Optional<Throughput.Rate> rate) {
        return new ModelFigures(
                CanonicalJson.of(context.task().teacher()).get("kind").asText(),
                quality.labels(),
                quality.scores(),
                quality.retained(),
                models.teacher().map(TeacherScorer::bytes),
                models.teacher().map(TeacherScorer::parameters),
                rate.map(measured -> speed(measured, rate)));
    }

    private ModelFigures student(Comparison.Quality quality, Sizes sizes) {
        return new ModelFigures(
                Ladder.name(models.learned().ladder().chosen().kind()),
                quality.labels(),
                quality.scores(),
                quality.retained(),
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
        Contender chosen = learned.ladder().chosen();
        return new TrainFigures.Learning(
                learned.gold(),
                learned.rows() - learned.gold(),
                learned.parts().fit(),
                learned.parts().select(),
                evaluation.size(),
                chosen.variant().epochs(),
                chosen.variant().features(),
                models.student().temperature(),
                chosen.select().unseenGold());
    }

    private static List<TrainFigures.Difference> differences(
            Comparison comparison, Optional<TrainFigures.Difference> previous) {
        List<TrainFigures.Difference> differences = new ArrayList<>();
        differences.add(difference(comparison, "teacher", Role.TEACHER));
        differences.add(difference(comparison, "student_fp32", Role.UNCOMPRESSED));
        differences.add(difference(comparison, "baseline", Role.BASELINE));
        previous.ifPresent(differences::add);
        return differences;
    }

    private static TrainFigures.Difference difference(Comparison comparison, String name, Role role) {
        return new TrainFigures.Difference(STUDENT, name, comparison.difference(Role.STUDENT, role));
    }

    /** The figures of each model. */
    private record Measured(
            ModelFigures teacher, ModelFigures student, ModelFigures uncompressed, ModelFigures baseline) {}

    private record Sizes(Student model, Optional<Long> bytes, Optional<ModelFigures.Speed> speed) {}
}
