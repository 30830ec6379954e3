package dev.stillhouse.datasets.schema;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** A student's verdict on every document that could be read. */
public final class Scores {
    public static final String SOURCE = Documents.SOURCE;
    public static final String ID = Documents.ID;
    public static final String LABEL = Documents.LABEL;
    public static final String PROBABILITY = "probability";
    public static final String MARGIN = "margin";
    public static final String ROUTE = "route";
    public static final String MODEL = "model";

    /** Value of {@link #ROUTE}: the student decided. */
    public static final String STUDENT = "student";

    public static final int VERSION = 1;

    public static final StructType SCHEMA = new StructType()
            .add(ID, DataTypes.StringType, false, "unique within the source")
            .add(SOURCE, DataTypes.StringType, false, "name of the source")
            .add(LABEL, DataTypes.StringType, false, "most probable label, the first of equals")
            .add(PROBABILITY, DataTypes.FloatType, false, "its calibrated probability")
            .add(MARGIN, DataTypes.FloatType, false, "its probability less the second's")
            .add(ROUTE, DataTypes.StringType, false, "which model decided")
            .add(MODEL, DataTypes.StringType, false, "run id of the model");

    private Scores() {}
}
