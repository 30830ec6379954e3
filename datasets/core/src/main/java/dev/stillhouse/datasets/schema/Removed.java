package dev.stillhouse.datasets.schema;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The documents that curation removed, each with the evidence. */
public final class Removed {
    public static final String SOURCE = Documents.SOURCE;
    public static final String ID = Documents.ID;
    public static final String TEXT = Documents.TEXT;
    public static final String REASON = "reason";
    public static final String RULE = "rule";
    public static final String VALUE = "value";
    public static final String KEPT_SOURCE = "kept_source";
    public static final String KEPT_ID = "kept_id";

    /** Same normalised content as a document with a smaller (source, id) that stays. */
    public static final String EXACT_DUPLICATE = "exact_duplicate";

    /** Same normalised content as an evaluation document. */
    public static final String CONTAMINATED = "contaminated";

    public static final String TOO_SHORT = "too_short";
    public static final String TOO_LONG = "too_long";

    public static final int VERSION = 1;

    public static final StructType SCHEMA = new StructType()
            .add(ID, DataTypes.StringType, false, "the removed document's id")
            .add(SOURCE, DataTypes.StringType, false, "name of its source")
            .add(TEXT, DataTypes.StringType, false, "its text, so that a removal can be judged and undone")
            .add(REASON, DataTypes.StringType, false, "exact_duplicate, contaminated, too_short or too_long")
            .add(RULE, DataTypes.StringType, false, "the rule with operator and threshold, such as characters >= 20")
            .add(VALUE, DataTypes.DoubleType, true, "what the document measured, where the rule measures")
            .add(KEPT_SOURCE, DataTypes.StringType, true, "source of the document that stays in its place")
            .add(KEPT_ID, DataTypes.StringType, true, "id of the document that stays in its place");

    private Removed() {}
}
