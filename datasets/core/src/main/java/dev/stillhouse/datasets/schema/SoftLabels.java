package dev.stillhouse.datasets.schema;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The teacher's probabilities for documents. Published as {@code soft_labels} for every curated document and as {@code evaluation_labels} for every evaluation document. */
public final class SoftLabels {
    public static final String SOURCE = Documents.SOURCE;
    public static final String ID = Documents.ID;
    public static final String TEXT_HASH = Curated.TEXT_HASH;
    public static final String PROBABILITIES = "probabilities";
    public static final String TEACHER = "teacher";
    public static final String GOLD = "gold";
    public static final String LABEL = Documents.LABEL;
    public static final String REPRESENTATIVE = "representative";
    public static final String DISAGREEMENT = "disagreement";

    public static final int VERSION = 3;

    public static final StructType SCHEMA = new StructType()
            .add(ID, DataTypes.StringType, false, "unique within the source")
            .add(SOURCE, DataTypes.StringType, false, "name of the source")
            .add(TEXT_HASH, DataTypes.StringType, false, "MD5 of the normalised text")
            .add(
                    PROBABILITIES,
                    DataTypes.createArrayType(DataTypes.FloatType, false),
                    false,
                    "float[labels] in the order of labels, summing to 1")
            .add(
                    TEACHER,
                    DataTypes.StringType,
                    false,
                    "identity of the teacher: its kind, and a digest of models and heads")
            .add(GOLD, DataTypes.BooleanType, false, "whether the document's gold label was used to fit the teacher")
            .add(LABEL, DataTypes.StringType, true, "that gold label; null where gold is false")
            .add(
                    REPRESENTATIVE,
                    DataTypes.BooleanType,
                    false,
                    "whether it was labelled for no property of its text, so that what is counted on such documents holds for the corpus")
            .add(
                    DISAGREEMENT,
                    DataTypes.FloatType,
                    true,
                    "how much the members of an ensemble differ, 0 (all the same) to 1; null where there is one teacher");

    private SoftLabels() {}
}
