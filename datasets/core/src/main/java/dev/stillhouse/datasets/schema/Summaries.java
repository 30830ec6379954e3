package dev.stillhouse.datasets.schema;

import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** A student's summary of every document that could be read. */
public final class Summaries {
    public static final String SOURCE = Documents.SOURCE;
    public static final String ID = Documents.ID;
    public static final String SUMMARY = "summary";
    public static final String SENTENCES = "sentences";
    public static final String HEADLINE = "headline";
    public static final String KEYWORDS = "keywords";
    public static final String WORDS = Curated.WORDS;
    public static final String DOCUMENT_WORDS = "document_words";
    public static final String MARGIN = Scores.MARGIN;
    public static final String SURENESS = "sureness";
    public static final String ROUTE = Scores.ROUTE;
    public static final String MODEL = Scores.MODEL;

    /** Of {@link #SENTENCES}. */
    public static final String BEGIN = SentenceLabels.BEGIN;
    /** Of {@link #SENTENCES}. */
    public static final String END = SentenceLabels.END;
    /** Of {@link #SENTENCES}. */
    public static final String SCORE = Scores.SCORE;

    public static final int VERSION = 2;

    /** Type of {@link #SENTENCES}. */
    public static final DataType SENTENCES_TYPE = DataTypes.createArrayType(
            new StructType()
                    .add(
                            BEGIN,
                            DataTypes.IntegerType,
                            false,
                            "first character, counted from 0 in Unicode code points of the text")
                    .add(END, DataTypes.IntegerType, false, "character after the last one, counted the same way")
                    .add(SCORE, DataTypes.FloatType, false, "calibrated salience, 0 to 1"),
            false);

    /** What a student says of a text. */
    public static final StructType VERDICT = new StructType()
            .add(
                    SUMMARY,
                    DataTypes.StringType,
                    false,
                    "the chosen sentences, a line each; empty where none fits the budget")
            .add(SENTENCES, SENTENCES_TYPE, false, "where they stand in the text, in its order")
            .add(HEADLINE, DataTypes.StringType, true, "the sentence that says the most; null where not asked for")
            .add(
                    KEYWORDS,
                    DataTypes.createArrayType(DataTypes.StringType, false),
                    false,
                    "the most telling words, the first first")
            .add(WORDS, DataTypes.IntegerType, false, "words of the summary")
            .add(DOCUMENT_WORDS, DataTypes.IntegerType, false, "words of what was read of the document")
            .add(
                    MARGIN,
                    DataTypes.FloatType,
                    false,
                    "mean salience of the chosen sentences less that of as many of the best that were left")
            .add(
                    SURENESS,
                    DataTypes.FloatType,
                    false,
                    "share of the salience of all sentences that may be chosen that the student's choice has; 1 where it chooses none, since none fits");

    /** Columns that a kept column must not have. */
    public static final List<String> COLUMNS = List.of(
            ID, SOURCE, SUMMARY, SENTENCES, HEADLINE, KEYWORDS, WORDS, DOCUMENT_WORDS, MARGIN, SURENESS, ROUTE, MODEL);

    private Summaries() {}

    /**
     * The columns of summaries.
     *
     * @param kept names of columns of the sources that are carried along
     */
    public static StructType schema(List<String> kept) {
        StructType schema = new StructType()
                .add(ID, DataTypes.StringType, false, "unique within the source")
                .add(SOURCE, DataTypes.StringType, false, "name of the source");
        for (String name : kept) {
            schema = schema.add(name, DataTypes.StringType, true, "kept of the source");
        }
        for (StructField field : VERDICT.fields()) {
            schema = schema.add(field);
        }
        return schema.add(ROUTE, DataTypes.StringType, false, "which model decided")
                .add(MODEL, DataTypes.StringType, false, "run id of the model");
    }
}
