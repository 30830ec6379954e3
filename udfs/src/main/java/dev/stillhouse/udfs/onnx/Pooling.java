package dev.stillhouse.udfs.onnx;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From what a model gives to the vector of a text. Mean pooling and L2 normalising: {@code v = m / |m|} with {@code m = (1/n) sum of the n token vectors}, summed in token order in double precision. */
final class Pooling {
    private Pooling() {}

    /** A copy of the values; null where one is not finite. */
    static float @Nullable [] finite(float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return null;
            }
        }
        return values.clone();
    }

    /** {@code l_i - log(sum of exp(l_j), j other than i)}, one value; null where it is not finite. */
    static float @Nullable [] logOdds(float[] logits, int index) {
        double max = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < logits.length; i++) {
            max = i == index ? max : Math.max(max, logits[i]);
        }
        double sum = 0;
        for (int i = 0; i < logits.length; i++) {
            sum += i == index ? 0 : Math.exp(logits[i] - max);
        }
        float odds = (float) (logits[index] - max - Math.log(sum));
        return Float.isFinite(odds) ? new float[] {odds} : null;
    }

    /**
     * The weighted mean of vectors; of those that are unit vectors it is made one again.
     *
     * @param weights as many as vectors, greater than 0
     */
    static float[] mean(List<float[]> vectors, int[] weights, boolean unit) {
        double[] sum = new double[vectors.get(0).length];
        double all = 0;
        for (int v = 0; v < weights.length; v++) {
            all += weights[v];
            for (int d = 0; d < sum.length; d++) {
                sum[d] += (double) weights[v] * vectors.get(v)[d];
            }
        }
        double scale = 1 / all;
        if (unit) {
            double squares = Arrays.stream(sum).map(value -> value * value).sum();
            scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
        }
        float[] mean = new float[sum.length];
        for (int d = 0; d < mean.length; d++) {
            mean[d] = (float) (sum[d] * scale);
        }
        return mean;
    }

    /**
     * The unit vector of one text; zeros where the mean is zero, null where it is not finite.
     *
     * @param values {@code float[tokens][dimensions]}, row-major; rows after {@code tokens} are padding and not read
     */
    static float @Nullable [] unit(float[] values, int dimensions, int tokens) {
        double[] sum = new double[dimensions];
        for (int token = 0; token < tokens; token++) {
            int offset = token * dimensions;
            for (int d = 0; d < dimensions; d++) {
                sum[d] += values[offset + d];
            }
        }
        double squares = 0;
        for (double value : sum) {
            squares += value * value;
        }
        if (!Double.isFinite(squares)) {
            return null;
        }
        double scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
        float[] unit = new float[dimensions];
        for (int d = 0; d < dimensions; d++) {
            unit[d] = (float) (sum[d] * scale);
        }
        return unit;
    }
}
