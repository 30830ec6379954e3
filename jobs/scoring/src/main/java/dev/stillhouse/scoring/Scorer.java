package dev.stillhouse.scoring;

import dev.stillhouse.datasets.schema.Documents;
import dev.stillhouse.datasets.schema.Scores;
import dev.stillhouse.udfs.student.StudentFiles;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;

/** Runs a published student over documents: a map, without a shuffle, with one student for all tasks of an executor, which gets its files once. */
public final class Scorer {
    private final StudentFiles student;
    private final String model;
    private final Optional<LongAccumulator> progress;

    /**
     * @param student the published files
     * @param model run id of the model, for the column of that name
     * @param progress where documents are counted; a task that is run twice counts twice
     */
    public Scorer(StudentFiles student, String model, Optional<LongAccumulator> progress) {
        this.student = student;
        this.model = model;
        this.progress = progress;
    }

    /**
     * The scores, lazily.
     *
     * @param documents with source, id and text
     * @return {@link Scores#schema} of the student's link, a row for each document
     */
    public Dataset<Row> score(Dataset<Row> documents) {
        SparkSession spark = documents.sparkSession();
        Broadcast<StudentFiles> shipped =
                JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(student);
        return documents
                .select(Documents.SOURCE, Documents.ID, Documents.TEXT)
                .mapPartitions(
                        new ScorePartition(shipped, student.identity(), model, progress.orElse(null)),
                        Encoders.row(schema()));
    }

    /** The columns of the scores. */
    public StructType schema() {
        return Scores.schema(student.decision(model).link());
    }
}
