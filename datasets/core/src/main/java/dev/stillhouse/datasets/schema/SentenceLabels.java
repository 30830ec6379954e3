package dev.stillhouse.datasets.schema;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** What a teacher says of the sentences of documents, a row a sentence. Published as {@code sentence_labels} for the curated documents and as {@code evaluation_sentence_labels} for the evaluation documents that the teacher says something of. */
public final class SentenceLabels {
    public static final String SOURCE = Documents.SOURCE;
    public static final String ID = Documents.ID;
    public static final String BEGIN = "begin";
    public static final String END = "end";
    public static final String SALIENCE = "salience";
    public static final String CHOSEN = "chosen";
    public static final String TEACHER = SoftLabels.TEACHER;

    public static final int VERSION = 1;

    public static final StructType SCHEMA = new StructType()
            .add(ID, DataTypes.StringType, false, "unique within the source")
            .add(SOURCE, DataTypes.StringType, false, "name of the source")
            .add(
                    BEGIN,
                    DataTypes.IntegerType,
                    false,
                    "first character of the sentence, counted from 0 in Unicode code points of the text")
            .add(END, DataTypes.IntegerType, false, "character after the last one, counted the same way")
            .add(SALIENCE, DataTypes.FloatType, false, "how much the sentence says, 0 to 1")
            .add(CHOSEN, DataTypes.BooleanType, false, "whether the sentence is in the teacher's summary")
            .add(TEACHER, DataTypes.StringType, false, "the teacher: its kind and model");

    /** Of rows that students learn from: the document's text. */
    public static final String TEXT = Documents.TEXT;

    /** Of rows that students learn from: {@link #SALIENCE} of the text's sentences, in their order. */
    public static final String SALIENCES = "saliences";

    /** Of rows that students learn from: what a summary is to be like, the reference of a person or else the teacher's summary. */
    public static final String AIM = "aim";

    /** Rows that students learn from, one a document. */
    public static final StructType LEARNING = new StructType()
            .add(SOURCE, DataTypes.StringType, false)
            .add(ID, DataTypes.StringType, false)
            .add(TEXT, DataTypes.StringType, false)
            .add(Curated.TEXT_HASH, DataTypes.StringType, false)
            .add(SALIENCES, DataTypes.createArrayType(DataTypes.FloatType, false), false)
            .add(AIM, DataTypes.StringType, false);

    private SentenceLabels() {}
}
