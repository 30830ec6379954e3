package dev.stillhouse.teacher.outputs;

import dev.stillhouse.datasets.schema.ModelOutputs;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Outputs of one {@link OutputSource} for texts. One writer at a time. */
public interface Outputs {

    /**
     * Makes sure that the texts have outputs.
     *
     * @param documents with text_hash, text and attributes; those of the first are the most urgent, where not all can be had
     * @param segment a name for what is added that no other has
     * @param meter of its own: a budget is what it has counted less
     */
    Result fill(List<Dataset<Row>> documents, String segment, InferenceMeter meter);

    /**
     * What {@link #fill} would do with the texts.
     *
     * @param documents as there
     */
    Need need(List<Dataset<Row>> documents);

    /** What there is, {@link ModelOutputs#SCHEMA}, or {@link ModelOutputs#TEXTS} of a source of texts; a row for each text. */
    Dataset<Row> read();

    /**
     * What filling would find.
     *
     * @param cached texts that have an output
     * @param missing texts that would be run
     * @param characters of those, as far as they are read
     * @param sample some of those
     */
    record Need(long cached, long missing, long characters, List<String> sample) {
        public Need {
            sample = List.copyOf(sample);
        }
    }

    /**
     * What filling found and did.
     *
     * @param cached texts that had an output
     * @param inferred texts that were run
     * @param left texts that have none since the means are used up
     */
    record Result(long cached, long inferred, long left) {
        /** Nothing yet. */
        public static final Result NONE = new Result(0, 0, 0);

        /** Both together. */
        public Result plus(Result other) {
            return new Result(cached + other.cached, inferred + other.inferred, left + other.left);
        }
    }
}
