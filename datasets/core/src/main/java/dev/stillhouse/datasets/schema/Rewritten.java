package dev.stillhouse.datasets.schema;

import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Kept documents whose text is another than was read, as they were read, so that the rewriting can be judged and undone. */
public final class Rewritten {
    public static final String SOURCE = Documents.SOURCE;
    public static final String ID = Documents.ID;
    public static final String TEXT = Documents.TEXT;
    public static final String CUTS = "cuts";

    /** Type of {@link #CUTS}. */
    public static final DataType CUTS_TYPE = DataTypes.createArrayType(
            new StructType()
                    .add(
                            "begin",
                            DataTypes.IntegerType,
                            false,
                            "first character, counted from 0 in Unicode code points of the text as it was read")
                    .add("end", DataTypes.IntegerType, false, "character after the last one, counted the same way")
                    .add("kept_source", DataTypes.StringType, false, "source of the document that keeps the span")
                    .add("kept_id", DataTypes.StringType, false, "id of the document that keeps it"),
            false);

    public static final int VERSION = 1;

    public static final StructType SCHEMA = new StructType()
            .add(SOURCE, DataTypes.StringType, false, "name of its source")
            .add(ID, DataTypes.StringType, false, "the document's id")
            .add(TEXT, DataTypes.StringType, false, "its text as it was read")
            .add(
                    CUTS,
                    CUTS_TYPE,
                    true,
                    "repeated lines or paragraphs that were cut; null where C4's rules alone rewrote it");

    private Rewritten() {}
}
