package dev.stillhouse.teacher.sentences;

import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.teacher.Labelling.Plan;
import dev.stillhouse.teacher.outputs.InferenceMeter;
import dev.stillhouse.teacher.outputs.Outputs;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Says how much each sentence of a document says, and which it would choose for a summary. */
public interface SentenceTeacher {

    /** Its kind and model. */
    String name();

    /** Changes when what it says does. */
    String identity();

    /** Whether people's summaries tell it what to say, so that it is no model that could be run on other documents. */
    default boolean needsReferences() {
        return false;
    }

    /** The teachers that it consists of: itself, or the members of an ensemble. */
    default List<SentenceTeacher> members() {
        return List.of(this);
    }

    /** Whether it runs a model or asks a server, which {@link #fill} does; an ensemble's members do it themselves. */
    default boolean infers() {
        return false;
    }

    /** Whether a server is asked, which may cost money. */
    default boolean isPaid() {
        return false;
    }

    /**
     * Runs what its cache lacks, before {@link #label}.
     *
     * @param documents with source, id, text and text_hash; those of the first are the most urgent
     * @param segment a name for what the cache is given that no other has
     * @param meter of its own
     */
    default Outputs.Result fill(List<Dataset<Row>> documents, String segment, InferenceMeter meter) {
        return Outputs.Result.NONE;
    }

    /**
     * What filling would do and cost; nothing where it {@linkplain #infers runs nothing}.
     *
     * @param nanoTime nanoseconds that never run backwards, such as {@code System::nanoTime}
     */
    default List<Plan> plan(List<Dataset<Row>> documents, LongSupplier nanoTime) {
        return List.of();
    }

    /**
     * Those of documents for which {@link #fill} would run or ask nothing if it was called now, of an ensemble for none of its members.
     *
     * @return what takes documents as {@link #label} does, and lazily gives (source, id); what was filled after this call is not known to it
     */
    default UnaryOperator<Dataset<Row>> known() {
        return documentsDF -> documentsDF.select(Curated.SOURCE, Curated.ID);
    }

    /**
     * What it says of documents, lazily or not; of a document that it cannot say anything about nothing.
     *
     * @param documentsDF with source, id, text, text_hash and attributes, which {@link #fill} was given
     * @return {@link dev.stillhouse.datasets.schema.SentenceLabels#SCHEMA}
     */
    Dataset<Row> label(Dataset<Row> documentsDF);

    /**
     * Documents that it cannot say anything about, as far as it knows why.
     *
     * @param documentsDF as for {@link #label}
     * @return source, id and reason
     */
    Dataset<Row> rejects(Dataset<Row> documentsDF);

    /** What a person should know of how documents were labelled. */
    default List<String> warnings(Dataset<Row> documentsDF) {
        return List.of();
    }
}
