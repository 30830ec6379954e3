package dev.stillhouse.cli.pipeline;

import dev.stillhouse.cli.console.Console;
import dev.stillhouse.cli.console.Progress;
import dev.stillhouse.cli.console.RowCounter;
import dev.stillhouse.cli.console.WrittenRows;
import dev.stillhouse.datasets.publish.PublishedRun;
import dev.stillhouse.datasets.publish.RunWriter;
import dev.stillhouse.datasets.schema.Scores;
import dev.stillhouse.reports.record.ScoreFigures;
import dev.stillhouse.scoring.ScoreConfig;
import dev.stillhouse.scoring.Scorer;
import dev.stillhouse.scoring.cascade.Cascade;
import dev.stillhouse.scoring.cascade.Outcome;
import dev.stillhouse.scoring.cascade.RouteConfig;
import dev.stillhouse.teacher.PublishedTeacher;
import dev.stillhouse.teacher.Teacher;
import dev.stillhouse.teacher.outputs.InferenceMeter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** The scores of a run that promises something of them: the student's first, then what its teacher puts right. */
final class ScoreRoute {
    /** Questions by which the teacher's speed can be told. */
    private static final int ENOUGH = 50;

    private final StageContext context;
    private final ScoreConfig config;
    private final RouteConfig route;
    private Optional<Dataset<Row>> studentDF = Optional.empty();

    ScoreRoute(StageContext context, RouteConfig route) {
        this.context = context;
        this.config = context.task().score();
        this.route = route;
    }

    /**
     * Scores.
     *
     * @param documentsDF documents to score
     * @return what the cascade found
     */
    Outcome write(RunWriter writer, Dataset<Row> documentsDF, Scorer scorer, Progress progress) {
        SparkContext spark = context.spark().sparkContext();
        PublishedRun label = context.upstream(Datasets.LABEL);
        PublishedTeacher teacher = PublishedTeacher.of(
                context.spark(),
                LabelStage.caches(context),
                Teacher.fromJson(label.file(LabelStage.TEACHER_FILE)),
                LabelStage.members(context));
        teacher.check();
        if (route.drawn() < route.promise().leastSample()) {
            Cascade.check(route, documentsDF.count());
        }
        Dataset<Row> firstDF;
        try (WrittenRows written = new WrittenRows(spark)) {
            progress.step("student", 0, written);
            firstDF = writer.keep("student", scorer.outputs(documentsDF), scorer.outputsSchema());
            studentDF = Optional.of(firstDF);
        }
        try (RowCounter counter = new RowCounter(spark);
                Cascade cascade = new Cascade(
                        route,
                        teacher,
                        scorer.verdict(),
                        run(writer, new InferenceMeter(spark, counter.accumulator()), label))) {
            progress.step("teacher", 0, counter);
            Cascade.Routed routed = cascade.route(documentsDF, firstDF, firstDF.count());
            progress.step("scores");
            writer.write(Datasets.SCORES, routed.scoresDF(), schema(scorer), Scores.VERSION);
            return routed.outcome();
        }
    }

    /** The student's own scores of all documents, once they are written; until the run ends. */
    Dataset<Row> student() {
        return studentDF.orElseThrow();
    }

    private Cascade.Run run(RunWriter writer, InferenceMeter meter, PublishedRun label) {
        return new Cascade.Run(
                writer.run(),
                context.task().seed(),
                meter,
                System::nanoTime,
                label.manifest().run(),
                config.onTeacherFailure() == ScoreConfig.OnTeacherFailure.STUDENT);
    }

    private StructType schema(Scorer scorer) {
        return route.label().isEmpty() ? scorer.schema() : scorer.schema().add(Scores.selected());
    }

    /**
     * Its figures.
     *
     * @param byRoute documents by who decided
     * @param selected documents that were selected, where any were to be
     * @param seconds wall time of the stage
     */
    static ScoreFigures.Route figures(
            Outcome outcome, Map<String, Long> byRoute, Optional<Long> selected, double seconds) {
        RouteConfig config = outcome.config();
        long documents = outcome.documents();
        long students = byRoute.getOrDefault(Scores.STUDENT, 0L);
        boolean isKnownSpeed = outcome.questions() >= ENOUGH && outcome.seconds() > 0;
        return new ScoreFigures.Route(
                config.target(),
                config.label().orElse(""),
                config.promise().agreement(),
                config.confidence(),
                outcome.choice().threshold().stream().boxed().findFirst(),
                documents == 0 ? 0 : (double) students / documents,
                outcome.sample(),
                outcome.choice().wrong(),
                outcome.choice().among(),
                outcome.choice().expected(),
                outcome.realised(byRoute.getOrDefault(Scores.FALLBACK, 0L)),
                outcome.audited(),
                outcome.audited() == 0
                        ? Optional.empty()
                        : Optional.of((double) outcome.agreeing() / outcome.audited()),
                selected,
                outcome.questions(),
                config.budget(),
                isKnownSpeed
                        ? Optional.of(documents * outcome.seconds() / outcome.questions() / seconds)
                        : Optional.empty(),
                outcome.failure().orElse(""));
    }

    /** What people should know of them. */
    List<String> warnings(ScoreFigures.Route figures, long fallbacks) {
        List<String> warnings = new ArrayList<>();
        if (fallbacks > 0) {
            warnings.add("the teacher gave nothing for " + Console.count(fallbacks, "document")
                    + ", which have the student's label and route fallback"
                    + (figures.failure().isEmpty() ? "" : ": " + figures.failure()));
        }
        if (figures.threshold().isEmpty() && route.label().isEmpty() && figures.sample() > 0) {
            warnings.add("no threshold keeps score.route.agreement: all documents went to the teacher");
        }
        return warnings;
    }

    /** Why the scores must not be published; none are refused where the task says to go on. */
    Optional<String> refusal(ScoreFigures.Route figures) {
        boolean isBroken = figures.realisedBound()
                .filter(bound -> bound < figures.promised())
                .isPresent();
        return isBroken && config.onTeacherFailure() == ScoreConfig.OnTeacherFailure.STOP
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "Cannot keep score.route.agreement %s: with the documents that the teacher gave nothing for, no more than %.4f can be shown. Raise agreement a little, or take on_teacher_failure: student",
                        figures.promised(),
                        figures.realisedBound().orElse(0.0)))
                : Optional.empty();
    }
}
