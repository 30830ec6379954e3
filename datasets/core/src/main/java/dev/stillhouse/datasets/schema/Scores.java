package dev.stillhouse.datasets.schema;

import dev.stillhouse.udfs.Link;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** A student's verdict on every document that could be read. */
public final class Scores {
    public static final String SOURCE = Documents.SOURCE;
    public static final String ID = Documents.ID;
    public static final String LABEL = Documents.LABEL;
    public static final String LABELS = "labels";
    public static final String PROBABILITY = "probability";
    public static final String PROBABILITIES = "probabilities";
    public static final String SCORE = "score";
    public static final String MARGIN = "margin";
    public static final String ROUTE = "route";
    public static final String MODEL = "model";

    /** Value of {@link #ROUTE}: the student decided. */
    public static final String STUDENT = "student";

    public static final int VERSION = 1;

    private static final StructType KEY = new StructType()
            .add(ID, DataTypes.StringType, false, "unique within the source")
            .add(SOURCE, DataTypes.StringType, false, "name of the source");

    /** One label a document. */
    private static final StructType ONE = KEY.add(
                    LABEL, DataTypes.StringType, false, "most probable label, the first of equals")
            .add(PROBABILITY, DataTypes.FloatType, false, "its calibrated probability")
            .add(MARGIN, DataTypes.FloatType, false, "its probability less the second's");

    /** Any number of labels a document. */
    private static final StructType SEVERAL = KEY.add(
                    LABELS,
                    DataTypes.createArrayType(DataTypes.StringType, false),
                    false,
                    "the labels whose probability is at or above their threshold, in the order of the student's labels")
            .add(
                    PROBABILITIES,
                    DataTypes.createArrayType(DataTypes.FloatType, false),
                    false,
                    "calibrated and independent, of every label of the student in their order")
            .add(MARGIN, DataTypes.FloatType, false, "smallest distance of a probability from its threshold");

    /** A number a document. */
    private static final StructType NUMBER =
            KEY.add(SCORE, DataTypes.FloatType, false, "in the unit of the gold scores");

    /** The columns of a student with this link. */
    public static StructType schema(Link link) {
        StructType verdict =
                switch (link) {
                    case SOFTMAX -> ONE;
                    case LOGISTIC -> SEVERAL;
                    case IDENTITY -> NUMBER;
                };
        return verdict.add(ROUTE, DataTypes.StringType, false, "which model decided")
                .add(MODEL, DataTypes.StringType, false, "run id of the model");
    }

    private Scores() {}
}
