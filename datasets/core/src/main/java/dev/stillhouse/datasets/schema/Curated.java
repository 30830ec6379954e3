package dev.stillhouse.datasets.schema;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The documents that curation kept, with their signals. */
public final class Curated {
    public static final String SOURCE = Documents.SOURCE;
    public static final String ID = Documents.ID;
    public static final String TEXT = Documents.TEXT;
    public static final String LABEL = Documents.LABEL;
    public static final String TEXT_HASH = "text_hash";
    public static final String PART = "part";
    public static final String ATTRIBUTES = Documents.ATTRIBUTES;
    public static final String FAILED_RULES = "failed_rules";
    public static final String DUPLICATE_REASON = "duplicate_reason";
    public static final String DUPLICATE_SOURCE = "duplicate_source";
    public static final String DUPLICATE_ID = "duplicate_id";

    /** Code points of the text: a column of {@link SignalColumns}. */
    public static final String CHARS = "chars";

    /** UTF-8 bytes of the text: a column of {@link SignalColumns}. */
    public static final String BYTES = "bytes";

    /** Words of the text: a column of {@link SignalColumns}. */
    public static final String WORDS = "words";

    /** Value of {@link #PART}: may be learned from. */
    public static final String CORPUS = "corpus";

    /** Value of {@link #PART}: cut from the corpus to be evaluated on, never learned from. */
    public static final String EVALUATE = "evaluate";

    public static final int VERSION = 2;

    public static final StructType SCHEMA = SignalColumns.append(new StructType()
            .add(ID, DataTypes.StringType, false, "unique within the source")
            .add(TEXT, DataTypes.StringType, false, "the user's text, unchanged but for what rewritten lists")
            .add(SOURCE, DataTypes.StringType, false, "name of the source")
            .add(LABEL, DataTypes.StringType, true, "gold label, null where there is none")
            .add(TEXT_HASH, DataTypes.StringType, false, "MD5 of the normalised text, 32 hexadecimal digits")
            .add(PART, DataTypes.StringType, false, "corpus, or evaluate where it was cut off for evaluation")
            .add(
                    ATTRIBUTES,
                    DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType, true),
                    false,
                    "the columns that the source keeps, by name")
            .add(
                    FAILED_RULES,
                    DataTypes.createArrayType(DataTypes.StringType, false),
                    false,
                    "every rule that the document fails, in the order of the rules")
            .add(
                    DUPLICATE_REASON,
                    DataTypes.StringType,
                    true,
                    "why it is a duplicate, where duplicates are annotated and not dropped")
            .add(DUPLICATE_SOURCE, DataTypes.StringType, true, "source of the document that it duplicates")
            .add(DUPLICATE_ID, DataTypes.StringType, true, "id of the document that it duplicates"));

    private Curated() {}
}
