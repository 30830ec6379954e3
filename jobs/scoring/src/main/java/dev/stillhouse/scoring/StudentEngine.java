package dev.stillhouse.scoring;

import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What runs a student over documents; all engines give the same verdicts within 1e-5. For one run, not safe for use by several threads. */
sealed interface StudentEngine permits KernelEngine, OnnxEngine, SqlEngine {
    /** The column that is read; a kept column, which may be called text, has another name. */
    String TEXT = "text$";

    /**
     * The verdicts, lazily.
     *
     * @param textsDF columns to carry along, and {@link #TEXT} as the last
     * @return the same columns, and in place of the text those of {@link dev.stillhouse.datasets.schema.Scores#outputs}; a row for each text for which the student gives finite values
     */
    Dataset<Row> verdicts(Dataset<Row> textsDF);

    /** Whether there may be texts without a verdict, once what {@link #verdicts} gave has been computed. */
    boolean hasFailed();

    /**
     * What has to be computed before {@link #verdicts}, now; most engines do nothing.
     *
     * @param name of the run, that no other has
     */
    default void prepare(Dataset<Row> textsDF, String name) {}

    /** Whether the plan of the verdicts reads texts more than once. */
    default boolean readsTwice() {
        return false;
    }

    /** Texts that were run, once the verdicts have been computed, where each is not run for itself. */
    default Optional<Long> textsRun() {
        return Optional.empty();
    }
}
