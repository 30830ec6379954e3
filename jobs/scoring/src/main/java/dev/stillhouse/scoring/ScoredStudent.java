package dev.stillhouse.scoring;

import dev.stillhouse.udfs.student.StudentFiles;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A student to score with.
 *
 * @param files its files
 * @param model run id of the model
 * @param weightsDF its table, {@link dev.stillhouse.datasets.schema.StudentWeights#SCHEMA}; absent where it is cut from an encoder, or not published
 */
public record ScoredStudent(StudentFiles files, String model, Optional<Dataset<Row>> weightsDF) {
    /** A student without a table. */
    public static ScoredStudent of(StudentFiles files, String model) {
        return new ScoredStudent(files, model, Optional.empty());
    }
}
