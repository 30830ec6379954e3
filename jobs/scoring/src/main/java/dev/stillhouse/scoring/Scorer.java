package dev.stillhouse.scoring;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.stillhouse.datasets.schema.Documents;
import dev.stillhouse.datasets.schema.Rejects;
import dev.stillhouse.datasets.schema.Scores;
import dev.stillhouse.udfs.student.StudentFiles;
import java.util.Optional;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;

/**
 * Runs a published student over documents: a map, without a shuffle, with one student for all tasks of an executor, which gets its files once. Every document ends in scores or rejects. For one run; not safe for use by several threads.
 */
public final class Scorer {
    private static final String[] KEY = {Documents.SOURCE, Documents.ID};

    private final StudentFiles student;
    private final String model;
    private final Optional<LongAccumulator> progress;
    private final LongAccumulator notFinite;

    /**
     * @param student the published files
     * @param model run id of the model, for the column of that name
     * @param progress where documents are counted; a task that is run twice counts twice
     */
    public Scorer(SparkContext spark, StudentFiles student, String model, Optional<LongAccumulator> progress) {
        this.student = student;
        this.model = model;
        this.progress = progress;
        this.notFinite = spark.longAccumulator("documents without a score");
    }

    /**
     * The scores, lazily.
     *
     * @param documents with source, id and text
     * @return {@link Scores#schema} of the student's link, a row for each document but those for which the student gives values that are not finite
     */
    public Dataset<Row> score(Dataset<Row> documents) {
        SparkSession spark = documents.sparkSession();
        Broadcast<StudentFiles> files =
                JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(student);
        return documents
                .select(Documents.SOURCE, Documents.ID, Documents.TEXT)
                .mapPartitions(
                        new ScorePartition(
                                new ShippedStudent(files, student.identity(), model), notFinite, progress.orElse(null)),
                        Encoders.row(schema()));
    }

    /**
     * The documents that have no score, lazily. They are those that are missing in what was written, whichever way tasks were repeated; where scoring met none, documents are not read again.
     *
     * @param documents that were scored, {@link Documents#SCHEMA}
     * @param scoresDF their scores, as they were written
     * @return {@link Rejects#SCHEMA}
     */
    public Dataset<Row> rejects(Dataset<Row> documents, Dataset<Row> scoresDF) {
        Dataset<Row> missingDF = notFinite.sum() == 0 ? documents.limit(0) : documents;
        return missingDF
                .join(scoresDF.select(Scores.SOURCE, Scores.ID), KEY, "left_anti")
                .select(
                        col(Rejects.SOURCE),
                        col(Rejects.PATH),
                        col(Rejects.POSITION),
                        col(Rejects.ID),
                        lit(Rejects.NOT_FINITE).as(Rejects.REASON));
    }

    /** The columns of the scores. */
    public StructType schema() {
        return Scores.schema(student.decision(model).link());
    }
}
