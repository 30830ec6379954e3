package dev.stillhouse.teacher;

import java.util.List;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * One multinomial logistic regression by MLlib: {@code min over W, b of (1/n) sum -log softmax(W v + b)[label] + (lambda / 2) sum of (s_d W_ld)^2} with {@code s_d} the standard deviation of dimension {@code d} and {@code lambda = D / (C n)}.
 * Since the squared deviations of a unit vector's {@code D} dimensions are about {@code 1 / D}, this is about {@code (1 / (2 C n)) |W|^2}.
 *
 * <p>MLlib 4.0.1 without its standardization stops at the first line search on such vectors and returns a head without weights, hence the deviations in the formula.
 *
 * @param c weight of the rows against the penalty; what scikit-learn calls C
 * @param maxIterations steps of L-BFGS at most
 */
record HeadFit(double c, int maxIterations) {
    private static final double TOLERANCE = 1e-5;
    private static final String LABEL = "label";
    private static final String FEATURES = "features";

    /** The head at temperature 1; labels that no example has get a small probability. */
    Head fit(SparkSession spark, List<HeadTrainer.Example> examples, List<String> labels) {
        // Said in the column's metadata, since a fold may lack the last label.
        Metadata count = NominalAttribute.defaultAttr()
                .withName(LABEL)
                .withNumValues(labels.size())
                .toMetadata();
        StructType schema = new StructType(new StructField[] {
            new StructField(LABEL, DataTypes.DoubleType, false, count),
            new StructField(FEATURES, SQLDataTypes.VectorType(), false, Metadata.empty())
        });
        int dimensions = examples.get(0).vector().length;
        List<Row> rows = examples.stream().map(HeadFit::row).toList();
        Dataset<Row> examplesDF = spark.createDataFrame(rows, schema).coalesce(1);
        LogisticRegressionModel model = new LogisticRegression()
                .setFamily("multinomial")
                .setRegParam(dimensions / (c * examples.size()))
                .setElasticNetParam(0)
                .setStandardization(true)
                .setMaxIter(maxIterations)
                .setTol(TOLERANCE)
                .fit(examplesDF);
        return head(model, labels);
    }

    private static Row row(HeadTrainer.Example example) {
        double[] features = new double[example.vector().length];
        for (int d = 0; d < features.length; d++) {
            features[d] = example.vector()[d];
        }
        return RowFactory.create((double) example.label(), Vectors.dense(features));
    }

    private static Head head(LogisticRegressionModel model, List<String> labels) {
        Matrix coefficients = model.coefficientMatrix();
        float[][] weights = new float[labels.size()][coefficients.numCols()];
        float[] bias = new float[labels.size()];
        for (int label = 0; label < weights.length; label++) {
            bias[label] = (float) model.interceptVector().apply(label);
            for (int d = 0; d < weights[label].length; d++) {
                weights[label][d] = (float) coefficients.apply(label, d);
            }
        }
        return new Head(labels, weights, bias, 1);
    }
}
