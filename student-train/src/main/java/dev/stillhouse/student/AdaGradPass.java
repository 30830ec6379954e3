package dev.stillhouse.student;

import java.io.Serializable;
import java.util.SplittableRandom;

/**
 * One pass of stochastic AdaGrad over examples, on a penalised loss: a document costs {@link dev.stillhouse.udfs.Link#loss} {@code + (penalty / 2) * sum of squared weights of its n-grams and of the projection}; whatever the link, the slope by a logit is output less target. Only rows that a document uses are touched, so
 * an n-gram is penalised as often as it stands in documents; bias and vectors are not.
 *
 * <p>See J. Duchi, E. Hazan, Y. Singer, Adaptive Subgradient Methods for Online Learning and Stochastic Optimization, JMLR 12 (2011): {@code eta} is {@link Step#learningRate}, {@code G} our squares. A vector is stepped as a whole, by one {@code G} for its mean squared slope.
 */
final class AdaGradPass {
    private static final float EPSILON = 1e-6f;

    private final Parameters parameters;
    private final Step step;
    private final Forward forward;
    private final float[] vectorSlope;

    /**
     * @param parameters changed in place
     */
    AdaGradPass(Parameters parameters, Step step) {
        this.parameters = parameters;
        this.step = step;
        this.forward = new Forward(parameters);
        this.vectorSlope = new float[parameters.vectors().columns()];
    }

    /** Runs over all documents once, in an order drawn from the seed. */
    void run(Examples examples, long seed) {
        int[] order = shuffled(examples.size(), seed);
        for (int document : order) {
            step(examples, document);
        }
    }

    private void step(Examples examples, int document) {
        float[] slope = forward.outputs(examples, document);
        int target = document * slope.length;
        for (int label = 0; label < slope.length; label++) {
            slope[label] -= examples.targets()[target + label];
        }
        Sparse ngrams = examples.ngrams();
        for (int i = ngrams.starts()[document]; i < ngrams.starts()[document + 1]; i++) {
            stepRow(parameters.ngrams(), ngrams.rows()[i], ngrams.values()[i], slope, step.penalty());
        }
        if (forward.hasWords(examples, document)) {
            stepVectors(examples.words(), document, slope);
        }
        stepRow(parameters.bias(), 0, 1, slope, 0);
    }

    /** Steps projection and vectors; the vectors by the projection as it was before. */
    private void stepVectors(Sparse words, int document, float[] slope) {
        boolean tuned = step.vectorRate() > 0;
        if (tuned) {
            backThroughProjection(slope);
        }
        float[] pooled = forward.pooled();
        for (int i = 0; i < pooled.length; i++) {
            stepRow(parameters.projection(), i, pooled[i], slope, step.penalty());
        }
        if (tuned) {
            forward.backThroughPooling(vectorSlope);
            for (int i = words.starts()[document]; i < words.starts()[document + 1]; i++) {
                stepVector(words.rows()[i], words.values()[i]);
            }
        }
    }

    private void backThroughProjection(float[] slope) {
        float[] projection = parameters.projection().values();
        for (int i = 0; i < vectorSlope.length; i++) {
            float sum = 0;
            for (int label = 0; label < slope.length; label++) {
                sum += projection[i * slope.length + label] * slope[label];
            }
            vectorSlope[i] = sum;
        }
    }

    private void stepRow(Table table, int row, float value, float[] slope, float penalty) {
        float[] weights = table.values();
        float[] squares = table.squares();
        float rate = step.learningRate();
        int from = row * slope.length;
        for (int label = 0; label < slope.length; label++) {
            int at = from + label;
            float along = slope[label] * value + penalty * weights[at];
            squares[at] += along * along;
            weights[at] -= rate * along / ((float) Math.sqrt(squares[at]) + EPSILON);
        }
    }

    private void stepVector(int row, float count) {
        float[] values = parameters.vectors().values();
        float[] squares = parameters.vectors().squares();
        float square = 0;
        for (float along : vectorSlope) {
            square += along * along;
        }
        squares[row] += count * count * square / vectorSlope.length;
        float rate = count * step.vectorRate() / ((float) Math.sqrt(squares[row]) + EPSILON);
        int from = row * vectorSlope.length;
        for (int i = 0; i < vectorSlope.length; i++) {
            values[from + i] -= rate * vectorSlope[i];
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
     * @param learningRate step of a weight that was never touched, greater than 0
     * @param vectorRate the same for vectors; 0 leaves them as they are
     * @param penalty weight of the squared weights for each document, at least 0
     */
    record Step(float learningRate, float vectorRate, float penalty) implements Serializable {
        private static final long serialVersionUID = 1L;

        /** The same step, vectors left as they are. */
        Step withVectorsFrozen() {
            return new Step(learningRate, 0, penalty);
        }
    }
}
