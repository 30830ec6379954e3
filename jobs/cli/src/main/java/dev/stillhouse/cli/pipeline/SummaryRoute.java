package dev.stillhouse.cli.pipeline;

import dev.stillhouse.cli.console.Progress;
import dev.stillhouse.cli.console.RowCounter;
import dev.stillhouse.datasets.publish.PublishedRun;
import dev.stillhouse.datasets.publish.RunWriter;
import dev.stillhouse.datasets.schema.Summaries;
import dev.stillhouse.scoring.cascade.Cascade;
import dev.stillhouse.scoring.cascade.Outcome;
import dev.stillhouse.scoring.cascade.RouteConfig;
import dev.stillhouse.scoring.cascade.Terms;
import dev.stillhouse.scoring.summaries.SummarizeConfig;
import dev.stillhouse.scoring.summaries.Summarizer;
import dev.stillhouse.teacher.sentences.SentenceTeacher;
import dev.stillhouse.udfs.errors.ConfigurationException;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** The summaries of a run that promises something of them: the student's first, then what its teacher puts right. */
final class SummaryRoute {
    private final StageContext context;
    private final SummarizeConfig config;
    private final RouteConfig route;
    private final RouteSteps steps;
    private List<String> warnings = List.of();

    SummaryRoute(StageContext context, RouteConfig route) {
        this.context = context;
        this.config = context.task().summarize();
        this.route = route;
        this.steps = new RouteSteps(context, Terms.ofSummaries(route), config.onTeacherFailure());
    }

    /**
     * Summarises.
     *
     * @param documentsDF documents to summarise
     * @return what the cascade found
     */
    Outcome write(RunWriter writer, Dataset<Row> documentsDF, Summarizer summarizer, Progress progress) {
        PublishedRun label = context.upstream(Datasets.LABEL);
        SentenceTeacher teacher = SentenceTeachers.thatLabelled(context, label)
                .orElseThrow(
                        () -> new ConfigurationException(
                                "Cannot ask the teacher: the section teacher, or summarize.budget, is not the one by which the published labels were made. Run ./stillhouse label first"));
        steps.check(documentsDF);
        StructType schema = Summaries.schema(config.carriedNames());
        Dataset<Row> firstDF = steps.student(writer, summarizer.summarize(documentsDF), schema, progress);
        try (RowCounter counter = new RowCounter(context.spark().sparkContext());
                Cascade cascade =
                        Cascade.ofSummaries(route, teacher, config.headline(), steps.run(writer, counter, label))) {
            progress.step("teacher", 0, counter);
            Cascade.Routed routed = cascade.route(summarizer.read(documentsDF), firstDF, firstDF.count());
            progress.step("summaries");
            writer.write(Datasets.SUMMARIES, routed.answersDF(), schema, Summaries.VERSION);
            warnings = teacher.warnings(routed.sentDF());
            return routed.outcome();
        }
    }

    /** What a person should know of the documents that were the teacher's, once they are written. */
    List<String> warnings() {
        return warnings;
    }

    /** What is to be told of it. */
    RouteMeasures measures() {
        return new RouteMeasures(steps.terms(), steps.onTeacherFailure());
    }
}
