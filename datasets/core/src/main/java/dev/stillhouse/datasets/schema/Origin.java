package dev.stillhouse.datasets.schema;

import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Columns of incremental runs beside those that any run has: where each row comes from. */
public final class Origin {
    /** The file of the document, relative to its source; empty where it has none. */
    public static final String INPUT_PATH = "input_path";

    /** MD5 of what was read of the document and of the columns that are carried along. */
    public static final String INPUT_HASH = "input_hash";

    /** The run that scored the document, or its sentences. */
    public static final String SCORED_IN = "scored_in";

    private static final StructType COLUMNS = new StructType()
            .add(INPUT_PATH, DataTypes.StringType, false, "file of the document, relative to its source, or empty")
            .add(INPUT_HASH, DataTypes.StringType, false, "MD5 of the document and of what is carried along")
            .add(SCORED_IN, DataTypes.StringType, false, "run that scored the document");

    private Origin() {}

    /** Their names. */
    public static List<String> names() {
        return List.of(COLUMNS.fieldNames());
    }

    /** These columns after those of a run that is not incremental. */
    public static StructType after(StructType schema) {
        StructType all = schema;
        for (StructField field : COLUMNS.fields()) {
            all = all.add(field);
        }
        return all;
    }
}
