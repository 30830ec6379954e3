package dev.stillhouse.datasets.schema;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Documents as every source gives them: {@code source} and {@code id} together are the key. Never published; the shape between reading and curating or scoring. */
public final class Documents {
    public static final String SOURCE = "source";
    public static final String ID = "id";
    public static final String TEXT = "text";
    public static final String LABEL = "label";
    public static final String ATTRIBUTES = "attributes";
    public static final String PATH = "path";
    public static final String POSITION = "position";

    public static final StructType SCHEMA = new StructType()
            .add(SOURCE, DataTypes.StringType, false, "name of the source")
            .add(
                    ID,
                    DataTypes.StringType,
                    false,
                    "the user's id, or one derived from content; unique within the source")
            .add(TEXT, DataTypes.StringType, false, "the user's text, never empty")
            .add(LABEL, DataTypes.StringType, true, "gold label, null where there is none")
            .add(
                    ATTRIBUTES,
                    DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType, true),
                    false,
                    "the columns that the source keeps, by name")
            .add(PATH, DataTypes.StringType, false, "file, relative to the source's path, or name in the catalogue")
            .add(
                    POSITION,
                    DataTypes.LongType,
                    true,
                    "byte offset of the line in its uncompressed file, or row number in Parquet; null where unknown");

    private Documents() {}
}
