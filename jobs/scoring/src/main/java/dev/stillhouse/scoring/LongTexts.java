package dev.stillhouse.scoring;

import static org.apache.spark.sql.functions.char_length;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.octet_length;

import dev.stillhouse.datasets.plan.RowsWritten;
import dev.stillhouse.datasets.schema.Documents;
import java.util.function.LongSupplier;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;

/** Counts the documents that are longer than what is read of them, while they are read. For one run; not safe for use by several threads. */
public final class LongTexts {
    private static final String LONGER = "longer";

    private final int maxChars;
    private LongSupplier counted = () -> 0;

    /**
     * @param maxChars code points that are read of a text
     */
    public LongTexts(int maxChars) {
        this.maxChars = maxChars;
    }

    /** Most texts have fewer bytes than may be characters, and need not be counted. */
    static Column mayBeLonger(int maxChars) {
        return octet_length(col(Documents.TEXT)).gt(maxChars);
    }

    /** How many documents are longer, as an aggregate. */
    static Column count(int maxChars) {
        return count_if(
                mayBeLonger(maxChars).and(char_length(col(Documents.TEXT)).gt(maxChars)));
    }

    /** The same documents, which are counted when they are computed, or where that cannot be when {@link #count()} is asked for. */
    public Dataset<Row> inPassing(Dataset<Row> documentsDF) {
        if (!RowsWritten.areCounted(documentsDF.sparkSession())) {
            counted = () -> documentsDF.agg(count(maxChars)).head().getLong(0);
            return documentsDF;
        }
        Observation observation = new Observation(LONGER);
        counted = () -> observed(observation);
        return documentsDF.observe(observation, count(maxChars).as(LONGER));
    }

    private static long observed(Observation observation) {
        try {
            return ((Number) observation.getAsJava().getOrDefault(LONGER, 0L)).longValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Cannot count what was read: the run was interrupted", e);
        }
    }

    /** How many are longer of the documents that were computed last; waits until they are. */
    public long count() {
        return counted.getAsLong();
    }
}
