package dev.stillhouse.scoring;

import dev.stillhouse.datasets.schema.Documents;
import dev.stillhouse.datasets.schema.Scores;
import dev.stillhouse.udfs.student.StudentReader;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;

/** Runs a published student over documents: a map, without a shuffle, with one kernel for all tasks of an executor. */
public final class Scorer {
    private final byte[] student;
    private final String model;
    private final Optional<LongAccumulator> progress;

    /**
     * @param student content of the published {@code student.onnx}
     * @param model run id of the model, for the column of that name
     * @param progress where documents are counted; a task that is run twice counts twice
     */
    public Scorer(byte[] student, String model, Optional<LongAccumulator> progress) {
        this.student = student.clone();
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
        Broadcast<byte[]> shipped =
                JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(student);
        return documents
                .select(Documents.SOURCE, Documents.ID, Documents.TEXT)
                .mapPartitions(new ScorePartition(shipped, model, progress.orElse(null)), Encoders.row(schema()));
    }

    /** The columns of the scores. */
    public StructType schema() {
        return Scores.schema(StudentReader.read(student, model).decision().link());
    }
}
