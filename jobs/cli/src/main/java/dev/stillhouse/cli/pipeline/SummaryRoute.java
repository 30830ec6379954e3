package dev.stillhouse.cli.pipeline;

import dev.stillhouse.cli.console.Progress;
import dev.stillhouse.cli.console.RowCounter;
import dev.stillhouse.cli.console.WrittenRows;
import dev.stillhouse.datasets.publish.PublishedRun;
import dev.stillhouse.datasets.publish.RunWriter;
import dev.stillhouse.datasets.schema.Summaries;
import dev.stillhouse.scoring.cascade.Cascade;
import dev.stillhouse.scoring.cascade.OnTeacherFailure;
import dev.stillhouse.scoring.cascade.Outcome;
import dev.stillhouse.scoring.cascade.RouteConfig;
import dev.stillhouse.scoring.cascade.Terms;
import dev.stillhouse.scoring.summaries.SummarizeConfig;
import dev.stillhouse.scoring.summaries.Summarizer;
import dev.stillhouse.teacher.outputs.InferenceMeter;
import dev.stillhouse.teacher.sentences.SentenceTeacher;
import dev.stillhouse.udfs.errors.ConfigurationException;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** The summaries of a run that promises something of them: the student's first, then what its teacher puts right. */
final class SummaryRoute {
    private final StageContext context;
    private final SummarizeConfig config;
    private final RouteConfig route;

    SummaryRoute(StageContext context, RouteConfig route) {
        this.context = context;
        this.config = context.task().summarize();
        this.route = route;
    }

    /**
     * Summarises.
     *
     * @param documentsDF documents to summarise
     * @return what the cascade found
     */
    Outcome write(RunWriter writer, Dataset<Row> documentsDF, Summarizer summarizer, Progress progress) {
        SparkContext spark = context.spark().sparkContext();
        PublishedRun label = context.upstream(Datasets.LABEL);
        SentenceTeacher teacher = teacher(label);
        Terms terms = Terms.ofSummaries(route);
        if (terms.isDrawnShort()) {
            terms.check(documentsDF.count());
        }
        StructType schema = Summaries.schema(config.carriedNames());
        Dataset<Row> firstDF;
        try (WrittenRows written = new WrittenRows(spark)) {
            progress.step("student", 0, written);
            firstDF = writer.keep("student", summarizer.summarize(documentsDF), schema);
        }
        try (RowCounter counter = new RowCounter(spark);
                Cascade cascade = Cascade.ofSummaries(
                        route,
                        teacher,
                        config.headline(),
                        run(writer, new InferenceMeter(spark, counter.accumulator()), label))) {
            progress.step("teacher", 0, counter);
            Cascade.Routed routed = cascade.route(summarizer.read(documentsDF), firstDF, firstDF.count());
            progress.step("summaries");
            writer.write(Datasets.SUMMARIES, routed.answersDF(), schema, Summaries.VERSION);
            return routed.outcome();
        }
    }

    /** The teacher of the section, if it is the one that labelled. */
    private SentenceTeacher teacher(PublishedRun label) {
        SentenceTeacher teacher = SentenceTeachers.of(context);
        if (!SentenceTeacherFile.read(label.file(SentenceLabelStage.TEACHER_FILE))
                .identity()
                .equals(teacher.identity())) {
            throw new ConfigurationException(
                    "Cannot ask the teacher: the section teacher, or summarize.budget, is not the one by which the published labels were made. Run ./stillhouse label first");
        }
        return teacher;
    }

    private Cascade.Run run(RunWriter writer, InferenceMeter meter, PublishedRun label) {
        return new Cascade.Run(
                writer.run(),
                context.task().seed(),
                meter,
                System::nanoTime,
                label.manifest().run(),
                config.onTeacherFailure() == OnTeacherFailure.STUDENT);
    }
}
