package dev.stillhouse.datasets.schema;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** What one model returned for texts, before any head or calibration: the table of the label cache. A row for each normalised text. */
public final class ModelOutputs {
    public static final String TEXT_HASH = Curated.TEXT_HASH;
    public static final String OUTPUT = "output";
    public static final String REASON = "reason";
    public static final String TOKENS = "tokens";

    public static final StructType SCHEMA = new StructType()
            .add(TEXT_HASH, DataTypes.StringType, false, "MD5 of the normalised text")
            .add(
                    OUTPUT,
                    DataTypes.createArrayType(DataTypes.FloatType, false),
                    true,
                    "an encoder's unit vector, float[dimensions]; absent where the model gave none")
            .add(REASON, DataTypes.StringType, true, "why there is no output")
            .add(TOKENS, DataTypes.IntegerType, false, "tokens that the model read, special ones included");

    /** The same of a model that writes. */
    public static final StructType TEXTS = new StructType()
            .add(TEXT_HASH, DataTypes.StringType, false, "MD5 of the normalised text")
            .add(OUTPUT, DataTypes.StringType, true, "what the model wrote; absent where that is of no use")
            .add(REASON, DataTypes.StringType, true, "why there is no output")
            .add(TOKENS, DataTypes.IntegerType, false, "tokens that the model read, special ones included");

    private ModelOutputs() {}
}
