package dev.stillhouse.datasets.schema;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Sentence embeddings of curated and evaluation documents by the teacher's encoder. */
public final class Embeddings {
    public static final String SOURCE = Documents.SOURCE;
    public static final String ID = Documents.ID;
    public static final String TEXT_HASH = Curated.TEXT_HASH;
    public static final String EMBEDDING = "embedding";

    public static final int VERSION = 1;

    public static final StructType SCHEMA = new StructType()
            .add(SOURCE, DataTypes.StringType, false, "name of the source")
            .add(ID, DataTypes.StringType, false, "unique within the source")
            .add(TEXT_HASH, DataTypes.StringType, false, "MD5 of the normalised text")
            .add(
                    EMBEDDING,
                    DataTypes.createArrayType(DataTypes.FloatType, false),
                    false,
                    "unit vector, float[dimensions]");

    private Embeddings() {}
}
