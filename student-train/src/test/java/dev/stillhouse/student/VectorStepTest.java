package dev.stillhouse.student;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** The way back through projection and pooling, beside differences of the loss. */
class VectorStepTest {
    private static final int LABELS = 3;
    private static final int DIMENSIONS = 4;
    private static final double NUDGE = 1e-2;
    private static final AdaGradPass.Step STEP = new AdaGradPass.Step(0.1f, 0.01f, 0);
    private static final Examples EXAMPLE = new Examples(
            Sparse.empty(1),
            new Sparse(new int[] {0, 2}, new int[] {0, 2}, new float[] {1, 2}),
            new float[] {0.7f, 0.2f, 0.1f},
            LABELS);

    @Test
    void vectorsGoDownTheSlopeOfTheLoss() {
        Parameters before = parameters(5);
        Parameters after = parameters(5);
        new AdaGradPass(after, STEP).run(EXAMPLE, 1);
        for (int row : new int[] {0, 2}) {
            double[] slope = new double[DIMENSIONS];
            double square = 0;
            for (int i = 0; i < DIMENSIONS; i++) {
                slope[i] = slope(before.vectors().values(), row * DIMENSIONS + i, before);
                square += slope[i] * slope[i] / DIMENSIONS;
            }
            assertThat(after.vectors().squares()[row]).isCloseTo((float) square, within((float) (0.02 * square)));
            for (int i = 0; i < DIMENSIONS; i++) {
                int at = row * DIMENSIONS + i;
                double step = STEP.vectorRate() * slope[i] / Math.sqrt(square);
                double moved = before.vectors().values()[at] - after.vectors().values()[at];
                assertThat(moved).isCloseTo(step, within(2e-4));
            }
        }
    }

    @Test
    void projectionGoesDownTheSlopeOfTheLoss() {
        Parameters before = parameters(6);
        Parameters after = parameters(6);
        new AdaGradPass(after, STEP).run(EXAMPLE, 1);
        for (int at = 0; at < DIMENSIONS * LABELS; at++) {
            double slope = slope(before.projection().values(), at, before);
            assertThat(Math.sqrt(after.projection().squares()[at])).isCloseTo(Math.abs(slope), within(2e-3));
        }
    }

    @Test
    void frozenVectorsAndThoseOfOtherWordsStay() {
        Parameters before = parameters(7);
        Parameters after = parameters(7);
        new AdaGradPass(after, STEP.withVectorsFrozen()).run(EXAMPLE, 1);
        assertThat(after.vectors().values()).containsExactly(before.vectors().values());
        new AdaGradPass(after, STEP).run(EXAMPLE, 1);
        for (int i = DIMENSIONS; i < 2 * DIMENSIONS; i++) {
            assertThat(after.vectors().values()[i]).isEqualTo(before.vectors().values()[i]);
        }
        assertThat(after.vectors().values()[0]).isNotEqualTo(before.vectors().values()[0]);
    }

    private static double slope(float[] values, int at, Parameters parameters) {
        float kept = values[at];
        values[at] = (float) (kept + NUDGE);
        double above = Objective.quality(parameters, EXAMPLE).loss();
        values[at] = (float) (kept - NUDGE);
        double below = Objective.quality(parameters, EXAMPLE).loss();
        values[at] = kept;
        return (above - below) / (2 * NUDGE);
    }

    private static Parameters parameters(long seed) {
        Random random = new Random(seed);
        Parameters parameters = Parameters.start(0, LABELS, Table.ofRows(floats(random, 3 * DIMENSIONS), DIMENSIONS));
        System.arraycopy(
                floats(random, DIMENSIONS * LABELS), 0, parameters.projection().values(), 0, DIMENSIONS * LABELS);
        return parameters;
    }

    private static float[] floats(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
