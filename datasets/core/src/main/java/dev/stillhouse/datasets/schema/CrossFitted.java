package dev.stillhouse.datasets.schema;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What teachers that had not seen a part of the gold rows say of documents: gold rows are dealt to folds, and of each fold there is a teacher that was fitted on the others. Published as {@code cross_fitted} for gold documents and a bounded number of others, where a teacher has learned from gold.
 *
 * <p>See V. Chernozhukov and others, Double/debiased machine learning, Econometrics Journal 2018, where this is called cross-fitting.
 */
public final class CrossFitted {
    public static final String SOURCE = Documents.SOURCE;
    public static final String ID = Documents.ID;
    public static final String FOLD = "fold";
    public static final String FOLD_PROBABILITIES = "fold_probabilities";

    public static final int VERSION = 1;

    public static final StructType SCHEMA = new StructType()
            .add(ID, DataTypes.StringType, false, "unique within the source")
            .add(SOURCE, DataTypes.StringType, false, "name of the source")
            .add(FOLD, DataTypes.IntegerType, false, "fold of the text, from 0")
            .add(
                    FOLD_PROBABILITIES,
                    DataTypes.createArrayType(DataTypes.createArrayType(DataTypes.FloatType, false), false),
                    false,
                    "float[folds][labels], by the teacher that had not seen the gold rows of that fold");

    private CrossFitted() {}
}
