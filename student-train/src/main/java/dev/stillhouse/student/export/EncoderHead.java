package dev.stillhouse.student.export;

/**
 * A linear classifier over a text's unit vector: {@code p = softmax((W v + b) / temperature)}. Arrays are not copied.
 *
 * @param weights {@code float[labels][dimensions]}
 * @param bias {@code float[labels]}
 * @param temperature greater than 0
 */
public record EncoderHead(float[][] weights, float[] bias, float temperature) {

    /** The logits of a text before temperature, {@code double[labels]}. */
    public double[] logits(float[] vector) {
        double[] logits = new double[bias.length];
        for (int label = 0; label < logits.length; label++) {
            double sum = bias[label];
            for (int d = 0; d < vector.length; d++) {
                sum += (double) weights[label][d] * vector[d];
            }
            logits[label] = sum;
        }
        return logits;
    }

    /** The same head with another temperature. */
    public EncoderHead withTemperature(float newTemperature) {
        return new EncoderHead(weights, bias, newTemperature);
    }

    /** The weights as a matrix to multiply vectors by, {@code float[dimensions * labels]}, row-major. */
    float[] transposed() {
        float[] values = new float[weights.length * weights[0].length];
        for (int label = 0; label < weights.length; label++) {
            for (int d = 0; d < weights[label].length; d++) {
                values[d * weights.length + label] = weights[label][d];
            }
        }
        return values;
    }
}
