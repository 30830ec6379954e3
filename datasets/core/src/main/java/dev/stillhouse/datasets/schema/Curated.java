package dev.stillhouse.datasets.schema;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The documents that curation kept, with signals of their normalised copies. */
public final class Curated {
    public static final String SOURCE = Documents.SOURCE;
    public static final String ID = Documents.ID;
    public static final String TEXT = Documents.TEXT;
    public static final String LABEL = Documents.LABEL;
    public static final String TEXT_HASH = "text_hash";
    public static final String PART = "part";
    public static final String CHARACTERS = "characters";
    public static final String WORDS = "words";

    /** Value of {@link #PART}: may be learned from. */
    public static final String CORPUS = "corpus";

    /** Value of {@link #PART}: cut from the corpus to be evaluated on, never learned from. */
    public static final String EVALUATE = "evaluate";

    public static final int VERSION = 1;

    public static final StructType SCHEMA = new StructType()
            .add(ID, DataTypes.StringType, false, "unique within the source")
            .add(TEXT, DataTypes.StringType, false, "the user's text, unchanged")
            .add(SOURCE, DataTypes.StringType, false, "name of the source")
            .add(LABEL, DataTypes.StringType, true, "gold label, null where there is none")
            .add(TEXT_HASH, DataTypes.StringType, false, "MD5 of the normalised text, 32 hexadecimal digits")
            .add(PART, DataTypes.StringType, false, "corpus, or evaluate where it was cut off for evaluation")
            .add(CHARACTERS, DataTypes.IntegerType, false, "code points of the normalised text")
            .add(WORDS, DataTypes.IntegerType, false, "space-separated words of the normalised text");

    private Curated() {}
}
