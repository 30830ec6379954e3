package dev.stillhouse.teacher.sentences;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Says how much each sentence of a document says, and which it would choose for a summary. */
public interface SentenceTeacher {

    /** Its kind and model. */
    String name();

    /** Changes when what it says does. */
    String identity();

    /** Whether people's summaries tell it what to say, so that it is no model that could be run on other documents. */
    boolean needsReferences();

    /**
     * What it says of documents, lazily or not; of a document that it cannot say anything about nothing.
     *
     * @param documentsDF with source, id, text and attributes
     * @return {@link dev.stillhouse.datasets.schema.SentenceLabels#SCHEMA}
     */
    Dataset<Row> label(Dataset<Row> documentsDF);
}
