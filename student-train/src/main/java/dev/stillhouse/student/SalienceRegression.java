package dev.stillhouse.student;

import dev.stillhouse.datasets.numeric.Lbfgs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import scala.Tuple3;

/**
 * Logistic regression on soft targets over sparse examples: {@code min over w, b of C sum over i of loss(w x_i + b, y_i) + |w|^2 / 2} with {@code loss(z, y) = log(1 + exp(z)) - y z}. A pass over the blocks, on the executors, for each look at it; what comes of them is added up in their order, so that the numbers depend on the blocks alone.
 * The driver holds what one block gives for each block: {@code weights * blocks} doubles at most.
 */
final class SalienceRegression implements Lbfgs.Objective {
    private final Dataset<byte[]> blocks;
    private final double c;

    /**
     * @param blocks {@link ShardEpochs.Piece#toBytes} of examples with one target, kept by the caller
     * @param c weight of the examples against the penalty
     */
    SalienceRegression(Dataset<byte[]> blocks, double c) {
        this.blocks = blocks;
        this.c = c;
    }

    /** Weights, and the bias as the last of {@code point}. */
    @Override
    public double at(double[] point, double[] gradient) {
        JavaSparkContext context =
                JavaSparkContext.fromSparkContext(blocks.sparkSession().sparkContext());
        Broadcast<double[]> weights = context.broadcast(point.clone());
        try {
            MapFunction<byte[], Tuple3<Long, Double, byte[]>> slope = block -> slope(block, weights.value());
            List<Tuple3<Long, Double, byte[]>> slopes = new ArrayList<>(
                    blocks.map(slope, Encoders.tuple(Encoders.LONG(), Encoders.DOUBLE(), Encoders.BINARY()))
                            .collectAsList());
            slopes.sort(Comparator.comparingLong(Tuple3::_1));
            return sum(slopes, point, gradient);
        } finally {
            weights.destroy();
        }
    }

    private double sum(List<Tuple3<Long, Double, byte[]>> slopes, double[] point, double[] gradient) {
        int last = point.length - 1;
        double value = 0;
        for (int i = 0; i < last; i++) {
            gradient[i] = point[i];
            value += point[i] * point[i] / 2;
        }
        gradient[last] = 0;
        for (Tuple3<Long, Double, byte[]> slope : slopes) {
            value += c * slope._2();
            double[] of = Numbers.toDoubles(slope._3());
            for (int i = 0; i < of.length; i++) {
                gradient[i] += c * of[i];
            }
        }
        return value;
    }

    private static Tuple3<Long, Double, byte[]> slope(byte[] block, double[] weights) {
        ShardEpochs.Piece piece = ShardEpochs.Piece.fromBytes(block);
        Examples examples = piece.examples();
        double[] gradient = new double[weights.length];
        double loss = 0;
        for (int i = 0; i < examples.size(); i++) {
            double logit = logit(examples.ngrams(), i, weights);
            float target = examples.targets()[i];
            loss += softplus(logit) - target * logit;
            double difference = 1 / (1 + Math.exp(-logit)) - target;
            Sparse ngrams = examples.ngrams();
            for (int at = ngrams.starts()[i]; at < ngrams.starts()[i + 1]; at++) {
                gradient[ngrams.rows()[at]] += difference * ngrams.values()[at];
            }
            gradient[weights.length - 1] += difference;
        }
        return new Tuple3<>(((long) piece.shard() << 32) + piece.number(), loss, Numbers.toBytes(gradient));
    }

    /** What weights say of an example. */
    static double logit(Sparse examples, int example, double[] weights) {
        double logit = weights[weights.length - 1];
        for (int at = examples.starts()[example]; at < examples.starts()[example + 1]; at++) {
            logit += examples.values()[at] * weights[examples.rows()[at]];
        }
        return logit;
    }

    /** {@code log(1 + exp(z))} without overflow. */
    private static double softplus(double z) {
        return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
    }
}
