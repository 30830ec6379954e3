package dev.stillhouse.udfs.onnx;

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
