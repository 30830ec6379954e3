package dev.stillhouse.datasets.schema;

import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** A digest of every group of documents: sentences that stand for the group, none twice. */
public final class Digests {
    public static final String DOCUMENTS = "documents";
    public static final String DIGEST = "digest";
    public static final String SENTENCES = "sentences";
    public static final String TEXT = Documents.TEXT;
    public static final String SOURCE = Documents.SOURCE;
    public static final String ID = Documents.ID;
    public static final String BEGIN = SentenceLabels.BEGIN;
    public static final String END = SentenceLabels.END;
    public static final String SCORE = Scores.SCORE;
    public static final String SAID_BY = "said_by";

    public static final int VERSION = 1;

    /** Type of {@link #SENTENCES}. */
    public static final DataType SENTENCES_TYPE = DataTypes.createArrayType(
            new StructType()
                    .add(TEXT, DataTypes.StringType, false, "the sentence")
                    .add(SOURCE, DataTypes.StringType, false, "source of the document that it is taken from")
                    .add(ID, DataTypes.StringType, false, "id of that document")
                    .add(BEGIN, DataTypes.IntegerType, false, "where it begins there, in code points from 0")
                    .add(END, DataTypes.IntegerType, false, "where it has ended")
                    .add(SCORE, DataTypes.FloatType, false, "calibrated salience in its document, 0 to 1")
                    .add(
                            SAID_BY,
                            DataTypes.LongType,
                            false,
                            "documents of the group that say the same in one of their summary's sentences, that one among them"),
            false);

    private Digests() {}

    /**
     * The columns of digests.
     *
     * @param groups names of the columns that documents are grouped by
     */
    public static StructType schema(List<String> groups) {
        StructType schema = new StructType();
        for (String name : groups) {
            schema = schema.add(name, DataTypes.StringType, true, "of the group");
        }
        return schema.add(DOCUMENTS, DataTypes.LongType, false, "documents of the group")
                .add(DIGEST, DataTypes.StringType, false, "the sentences, a line each")
                .add(SENTENCES, SENTENCES_TYPE, false, "the sentences and where they come from, the best first");
    }
}
