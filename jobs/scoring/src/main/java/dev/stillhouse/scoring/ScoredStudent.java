package dev.stillhouse.scoring;

import dev.stillhouse.udfs.Decision;
import dev.stillhouse.udfs.student.StudentFiles;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A student to score with.
 *
 * @param files its files
 * @param model run id of the model
 * @param decision how its outputs are read
 * @param weightsDF its table, {@link dev.stillhouse.datasets.schema.StudentWeights#SCHEMA}; absent where it is cut from an encoder, or not published
 */
public record ScoredStudent(StudentFiles files, String model, Decision decision, Optional<Dataset<Row>> weightsDF) {
    /**
     * Reads how its outputs are read.
     *
     * @throws dev.stillhouse.udfs.errors.DataException if the files are no student that this code reads
     */
    public static ScoredStudent of(StudentFiles files, String model, Optional<Dataset<Row>> weightsDF) {
        return new ScoredStudent(files, model, files.decision(model), weightsDF);
    }

    /** A student without a table. */
    public static ScoredStudent of(StudentFiles files, String model) {
        return of(files, model, Optional.empty());
    }
}
