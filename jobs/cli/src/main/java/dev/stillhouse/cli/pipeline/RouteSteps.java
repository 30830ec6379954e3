package dev.stillhouse.cli.pipeline;

import dev.stillhouse.cli.console.Progress;
import dev.stillhouse.cli.console.RowCounter;
import dev.stillhouse.cli.console.WrittenRows;
import dev.stillhouse.datasets.publish.PublishedRun;
import dev.stillhouse.datasets.publish.RunWriter;
import dev.stillhouse.scoring.cascade.Cascade;
import dev.stillhouse.scoring.cascade.OnTeacherFailure;
import dev.stillhouse.scoring.cascade.Terms;
import dev.stillhouse.teacher.outputs.InferenceMeter;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * What runs that promise something of scores and of summaries do alike.
 *
 * @param terms what is promised
 * @param onTeacherFailure what is done where the teacher stops answering
 */
record RouteSteps(StageContext context, Terms terms, OnTeacherFailure onTeacherFailure) {
    /**
     * Refuses what cannot be kept; documents are counted where it depends on how many they are.
     *
     * @throws dev.stillhouse.udfs.errors.DataException with what it would take
     */
    void check(Dataset<Row> documentsDF) {
        if (terms.isDrawnShort()) {
            terms.check(documentsDF.count());
        }
    }

    /** Writes what the student says, until the run ends. */
    Dataset<Row> student(RunWriter writer, Dataset<Row> saidDF, StructType schema, Progress progress) {
        try (WrittenRows written = new WrittenRows(context.spark().sparkContext())) {
            progress.step("student", 0, written);
            return writer.keep("student", saidDF, schema);
        }
    }

    /** The run of a cascade, each member of whose teacher has a meter of its own that counts the same rows. */
    Cascade.Run run(RunWriter writer, RowCounter counter, PublishedRun label) {
        SparkContext spark = context.spark().sparkContext();
        return new Cascade.Run(
                writer.run(),
                context.task().seed(),
                () -> new InferenceMeter(spark, counter.accumulator()),
                System::nanoTime,
                label.manifest().run(),
                onTeacherFailure == OnTeacherFailure.STUDENT);
    }
}
