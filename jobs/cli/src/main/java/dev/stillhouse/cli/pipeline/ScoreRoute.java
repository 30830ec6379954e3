package dev.stillhouse.cli.pipeline;

import dev.stillhouse.cli.console.Progress;
import dev.stillhouse.cli.console.RowCounter;
import dev.stillhouse.datasets.publish.PublishedRun;
import dev.stillhouse.datasets.publish.RunWriter;
import dev.stillhouse.datasets.schema.Scores;
import dev.stillhouse.scoring.Scorer;
import dev.stillhouse.scoring.cascade.Cascade;
import dev.stillhouse.scoring.cascade.Outcome;
import dev.stillhouse.scoring.cascade.RouteConfig;
import dev.stillhouse.scoring.cascade.Terms;
import dev.stillhouse.teacher.PublishedTeacher;
import dev.stillhouse.teacher.Teacher;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** The scores of a run that promises something of them: the student's first, then what its teacher puts right. */
final class ScoreRoute {
    private final StageContext context;
    private final RouteConfig route;
    private final RouteSteps steps;
    private Optional<Dataset<Row>> studentDF = Optional.empty();

    ScoreRoute(StageContext context, RouteConfig route) {
        this.context = context;
        this.route = route;
        this.steps = new RouteSteps(
                context, Terms.ofLabels(route), context.task().score().onTeacherFailure());
    }

    /**
     * Scores.
     *
     * @param documentsDF documents to score
     * @return what the cascade found
     */
    Outcome write(RunWriter writer, Dataset<Row> documentsDF, Scorer scorer, Progress progress) {
        PublishedRun label = context.upstream(Datasets.LABEL);
        PublishedTeacher teacher = PublishedTeacher.of(
                context.spark(),
                LabelStage.caches(context),
                Teacher.fromJson(label.file(LabelStage.TEACHER_FILE)),
                LabelStage.members(context));
        teacher.check();
        steps.check(documentsDF);
        Dataset<Row> firstDF = steps.student(writer, scorer.outputs(documentsDF), scorer.outputsSchema(), progress);
        studentDF = Optional.of(firstDF);
        try (RowCounter counter = new RowCounter(context.spark().sparkContext());
                Cascade cascade =
                        Cascade.ofLabels(route, teacher, scorer.verdict(), steps.run(writer, counter, label))) {
            progress.step("teacher", 0, counter);
            Cascade.Routed routed = cascade.route(documentsDF, firstDF, firstDF.count());
            progress.step("scores");
            writer.write(Datasets.SCORES, routed.answersDF(), schema(scorer), Scores.VERSION);
            return routed.outcome();
        }
    }

    /** The student's own scores of all documents, once they are written; until the run ends. */
    Dataset<Row> student() {
        return studentDF.orElseThrow();
    }

    private StructType schema(Scorer scorer) {
        return route.label().isEmpty() ? scorer.schema() : scorer.schema().add(Scores.selected());
    }

    /** What is to be told of it. */
    RouteMeasures measures() {
        return new RouteMeasures(steps.terms(), steps.onTeacherFailure());
    }
}
