package dev.stillhouse.cli.pipeline;

import dev.stillhouse.datasets.publish.PublishedRun;
import dev.stillhouse.datasets.publish.RunWriter;
import dev.stillhouse.datasets.schema.StudentWeights;
import dev.stillhouse.scoring.ScoredStudent;
import dev.stillhouse.udfs.errors.DataException;
import dev.stillhouse.udfs.student.StudentFiles;
import dev.stillhouse.udfs.summary.SalienceReader;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Where the files of a student lie in a run of {@code train}. */
final class PublishedStudent {
    private static final String ONNX = Datasets.MODEL + "/" + StudentFiles.ONNX;
    private static final String TOKENIZER = Datasets.MODEL + "/" + StudentFiles.TOKENIZER;

    private PublishedStudent() {}

    /**
     * Reads them.
     *
     * @throws DataException if one is missing, or not what was published, or the student summarises
     */
    static StudentFiles read(PublishedRun run) {
        if (SalienceReader.summarizes(run.file(ONNX))) {
            throw new DataException("Cannot score with the student of run "
                    + run.manifest().run()
                    + ": it summarises, and gives no labels or scores; run ./stillhouse train first");
        }
        return run.holds(TOKENIZER)
                ? StudentFiles.ofTokens(run.file(ONNX), run.file(TOKENIZER))
                : StudentFiles.ofText(run.file(ONNX));
    }

    /** The student with its table, to score with. */
    static ScoredStudent scored(SparkSession spark, PublishedRun run) {
        Optional<Dataset<Row>> weightsDF = run.holds(Datasets.WEIGHTS)
                ? Optional.of(run.read(spark, Datasets.WEIGHTS, StudentWeights.SCHEMA))
                : Optional.empty();
        return ScoredStudent.of(read(run), run.manifest().run(), weightsDF);
    }

    /** Writes them. */
    static void write(RunWriter writer, StudentFiles files) {
        files.content().forEach((name, content) -> writer.write(Datasets.MODEL + "/" + name, content));
    }
}
