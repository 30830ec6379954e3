package dev.stillhouse.datasets.schema;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Rows that could not become documents, with where they are and why; never their text. */
public final class Rejects {
    public static final String SOURCE = Documents.SOURCE;
    public static final String PATH = Documents.PATH;
    public static final String POSITION = Documents.POSITION;
    public static final String ID = Documents.ID;
    public static final String REASON = "reason";

    /** A line or row that cannot be parsed, a half-written last line among them. */
    public static final String UNREADABLE = "unreadable";

    /** Bytes that are not UTF-8. */
    public static final String INVALID_UTF8 = "invalid_utf8";

    /** A text that is null, or nothing but white space and control characters. */
    public static final String EMPTY_TEXT = "empty_text";

    /** A null or empty id, where the task names a column or expression for it. */
    public static final String MISSING_ID = "missing_id";

    /** An id that an earlier row of the source has; the row with the smallest (content hash, path, position) keeps it. */
    public static final String REPEATED_ID = "repeated_id";

    /** A document for which the teacher, or the student, returned values that are not finite. */
    public static final String NOT_FINITE = "not_finite";

    /** A document that the teacher was not asked about, since the means were used up. */
    public static final String NOT_LABELLED = "not_labelled";

    /** A document that the teacher was not to be asked about: its budget is for others. */
    public static final String BEYOND_BUDGET = "beyond_budget";

    /** A document without a reference summary, where the teacher labels by it. */
    public static final String NO_REFERENCE = "no_reference";

    /** A document that a model, or a filter behind its server, would not summarise. */
    public static final String REFUSED_BY_MODEL = "refused_by_model";

    public static final int VERSION = 1;

    public static final StructType SCHEMA = new StructType()
            .add(SOURCE, DataTypes.StringType, false, "name of the source")
            .add(PATH, DataTypes.StringType, true, "file, relative to the source's path, or name in the catalogue")
            .add(
                    POSITION,
                    DataTypes.LongType,
                    true,
                    "byte offset of the line in its uncompressed file, or row number in Parquet; null where unknown")
            .add(ID, DataTypes.StringType, true, "the row's id where it has one")
            .add(REASON, DataTypes.StringType, false, "why the row is no document");

    private Rejects() {}
}
