package dev.stillhouse.student;

import java.io.Serializable;
import java.util.SplittableRandom;

/**
 * One pass of stochastic AdaGrad over examples, on penalised soft cross-entropy: a document costs {@code -sum over labels of target * log softmax(z) + (penalty / 2) * sum of squared weights of its features}. Only rows of features that a document has are touched, so
 * a feature is penalised as often as it stands in documents; the bias is not.
 *
 * <p>See J. Duchi, E. Hazan, Y. Singer, Adaptive Subgradient Methods for Online Learning and Stochastic Optimization, JMLR 12 (2011): {@code eta} is {@link Step#learningRate}, {@code G} our squares.
 */
final class AdaGradPass {
    private static final float EPSILON = 1e-6f;

    private final Parameters parameters;
    private final Step step;
    private final float[] gradient;

    /**
     * @param parameters changed in place
     */
    AdaGradPass(Parameters parameters, Step step) {
        this.parameters = parameters;
        this.step = step;
        this.gradient = new float[parameters.labels()];
    }

    /** Runs over all documents once, in an order drawn from the seed. */
    void run(Examples examples, long seed) {
        int[] order = shuffled(examples.size(), seed);
        for (int document : order) {
            step(examples, document);
        }
    }

    private void step(Examples examples, int document) {
        int labels = parameters.labels();
        Softmax.probabilities(parameters, examples, document, gradient);
        int target = document * labels;
        for (int label = 0; label < labels; label++) {
            gradient[label] -= examples.targets()[target + label];
        }
        for (int i = examples.starts()[document]; i < examples.starts()[document + 1]; i++) {
            updateRow(examples.features()[i] * labels, examples.values()[i]);
        }
        updateBias();
    }

    private void updateRow(int row, float value) {
        float[] weights = parameters.weights();
        float[] squares = parameters.squares();
        for (int label = 0; label < gradient.length; label++) {
            int at = row + label;
            float slope = gradient[label] * value + step.penalty() * weights[at];
            squares[at] += slope * slope;
            weights[at] -= step.learningRate() * slope / ((float) Math.sqrt(squares[at]) + EPSILON);
        }
    }

    private void updateBias() {
        float[] bias = parameters.bias();
        float[] squares = parameters.biasSquares();
        for (int label = 0; label < gradient.length; label++) {
            squares[label] += gradient[label] * gradient[label];
            bias[label] -= step.learningRate() * gradient[label] / ((float) Math.sqrt(squares[label]) + EPSILON);
        }
    }

    private static int[] shuffled(int size, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    /**
     * How far a step goes.
     *
     * @param learningRate step of a coordinate that was never touched, greater than 0
     * @param penalty weight of the squared weights for each document, at least 0
     */
    record Step(float learningRate, float penalty) implements Serializable {
        private static final long serialVersionUID = 1L;
    }
}
