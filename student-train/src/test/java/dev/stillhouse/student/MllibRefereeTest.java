package dev.stillhouse.student;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stillhouse.udfs.Link;
import dev.stillhouse.udfs.testing.SharedSpark;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** MLlib's L-BFGS on weighted copies of each document, a copy for each label, solves the same problem: the referee of our trainer. */
class MllibRefereeTest {
    private static final int FEATURES = 12;
    private static final int LABELS = 3;

    @Test
    void theLossIsThatOfAMultinomialRegressionOnWeightedCopies() {
        Examples examples = random(400, 1);
        Parameters parameters = Parameters.zero(FEATURES, LABELS);
        Epochs epochs = Epochs.sequential(
                () -> List.of(new ShardEpochs.Piece(0, 0, examples)).iterator());
        for (int epoch = 0; epoch < 120; epoch++) {
            parameters = epochs.run(parameters, new AdaGradPass.Step(0.2f, 0, 0), epoch);
        }

        double referee = refereeLoss(examples);

        assertThat(Objective.quality(parameters, examples).loss())
                .isCloseTo(referee, within(0.01))
                .isGreaterThan(referee - 1e-4);
    }

    /** Documents whose soft targets follow a hidden model, so that there is something to learn. */
    private static Examples random(int documents, long seed) {
        SplittableRandom hidden = new SplittableRandom(99);
        float[] truth = new float[FEATURES * LABELS];
        for (int i = 0; i < truth.length; i++) {
            truth[i] = (float) (4 * hidden.nextDouble() - 2);
        }
        SplittableRandom random = new SplittableRandom(seed);
        int[] starts = new int[documents + 1];
        int[] features = new int[documents * 3];
        float[] values = new float[documents * 3];
        float[] targets = new float[documents * LABELS];
        for (int document = 0; document < documents; document++) {
            float[] logits = new float[LABELS];
            for (int i = 0; i < 3; i++) {
                features[3 * document + i] = 4 * i + random.nextInt(4);
                values[3 * document + i] = 1;
                for (int label = 0; label < LABELS; label++) {
                    logits[label] += truth[features[3 * document + i] * LABELS + label];
                }
            }
            starts[document + 1] = 3 * (document + 1);
            Link.SOFTMAX.apply(logits);
            System.arraycopy(logits, 0, targets, document * LABELS, LABELS);
        }
        return new Examples(new Sparse(starts, features, values), Sparse.empty(documents), targets, LABELS);
    }

    private static double refereeLoss(Examples examples) {
        StructType schema = new StructType()
                .add("label", DataTypes.DoubleType)
                .add("weight", DataTypes.DoubleType)
                .add("features", SQLDataTypes.VectorType());
        List<Row> rows = new ArrayList<>();
        for (int document = 0; document < examples.size(); document++) {
            double[] dense = new double[FEATURES];
            for (int i = examples.ngrams().starts()[document];
                    i < examples.ngrams().starts()[document + 1];
                    i++) {
                dense[examples.ngrams().rows()[i]] = examples.ngrams().values()[i];
            }
            for (int label = 0; label < LABELS; label++) {
                rows.add(RowFactory.create(
                        (double) label, (double) examples.targets()[document * LABELS + label], Vectors.dense(dense)));
            }
        }
        LogisticRegressionModel referee = new LogisticRegression()
                .setFamily("multinomial")
                .setWeightCol("weight")
                .setMaxIter(500)
                .setTol(1e-9)
                .fit(SharedSpark.session().createDataFrame(rows, schema).coalesce(1));
        Parameters parameters = Parameters.zero(FEATURES, LABELS);
        for (int label = 0; label < LABELS; label++) {
            parameters.bias().values()[label] =
                    (float) referee.interceptVector().apply(label);
            for (int row = 0; row < FEATURES; row++) {
                parameters.ngrams().values()[row * LABELS + label] =
                        (float) referee.coefficientMatrix().apply(label, row);
            }
        }
        return Objective.quality(parameters, examples).loss();
    }
}
