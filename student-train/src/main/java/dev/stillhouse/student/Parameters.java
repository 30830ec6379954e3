package dev.stillhouse.student;

/**
 * The parameters of a softmax regression while it is trained. Mutable; each pass has its own copy.
 *
 * @param weights {@code float[features * labels]}, row-major
 * @param squares AdaGrad's sums of squared slopes, like {@code weights}
 * @param bias {@code float[labels]}
 * @param biasSquares like {@code bias}
 */
record Parameters(float[] weights, float[] squares, float[] bias, float[] biasSquares) {

    static Parameters zero(int features, int labels) {
        return new Parameters(
                new float[Math.multiplyExact(features, labels)],
                new float[features * labels],
                new float[labels],
                new float[labels]);
    }

    Parameters copy() {
        return new Parameters(weights.clone(), squares.clone(), bias.clone(), biasSquares.clone());
    }

    int labels() {
        return bias.length;
    }

    int features() {
        return weights.length / bias.length;
    }
}
