package dev.stillhouse.datasets.schema;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The weights of a published student as a table, for those who run it as SQL: equal to those in its file, int8 weights multiplied out. The number of a label is its place in {@code model.json}'s {@code labels}, from 0. */
public final class StudentWeights {
    public static final String PART = "part";
    public static final String FEATURE = "feature";
    public static final String WEIGHTS = "weights";

    /** Value of {@link #PART}: a word n-gram with a weight for each label. */
    public static final String WORDS = "words";
    /** Value of {@link #PART}: a character n-gram with a weight for each label. */
    public static final String CHARACTERS = "characters";
    /** Value of {@link #PART}: a word with its vector. */
    public static final String VECTORS = "vectors";
    /** Value of {@link #PART}: a dimension of the vectors, by its number from 0, with a weight for each label. */
    public static final String PROJECTION = "projection";
    /** Value of {@link #PART}: what each label begins with; its feature is empty. */
    public static final String BIAS = "bias";

    public static final int VERSION = 1;

    public static final StructType SCHEMA = new StructType()
            .add(PART, DataTypes.StringType, false, "words, characters, vectors, projection or bias")
            .add(FEATURE, DataTypes.StringType, false, "the n-gram, the word, or the number of the dimension")
            .add(
                    WEIGHTS,
                    DataTypes.createArrayType(DataTypes.FloatType, false),
                    false,
                    "one for each label, or the word's vector");

    private StudentWeights() {}
}
