package dev.stillhouse.student;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EarlyStoppingTest {
    private static final AdaGradPass.Step STEP = new AdaGradPass.Step(0.1f, 0, 1e-5f);

    @Test
    void passesThatChangeNothingEndTrainingAfterFive() {
        List<Integer> seen = new ArrayList<>();
        Examples select = ExampleProblems.random(60, 1);

        EarlyStopping.Fit fit = new EarlyStopping("words", select, 30, epoch -> seen.add(epoch.number()))
                .train((parameters, step, seed) -> parameters, zero(), STEP, 1);

        assertThat(seen).containsExactly(1, 2, 3, 4, 5);
        assertThat(fit.epochs()).isZero();
    }

    @Test
    void lossThatFallsByNextToNothingEndsTrainingAndTheLeastIsKept() {
        Parameters start = zero();
        start.bias().values()[0] = -1;
        List<Double> losses = new ArrayList<>();
        Examples select = ExampleProblems.random(60, 1);

        EarlyStopping.Fit fit = new EarlyStopping("words", select, 30, epoch -> {
                    assertThat(epoch.variant()).isEqualTo("words");
                    losses.add(epoch.loss());
                })
                .train(
                        (parameters, step, seed) -> {
                            // Towards the share of the first label, which no row has as its most probable one by then.
                            parameters.bias().values()[0] += 1e-5f;
                            return parameters;
                        },
                        start,
                        STEP,
                        1);

        assertThat(losses).hasSize(5).isSortedAccordingTo((one, other) -> Double.compare(other, one));
        assertThat(fit.epochs()).isEqualTo(5);
    }

    @Test
    void manyDocumentsArePassedOverFewerTimes() {
        assertThat(EarlyStopping.passes(30, 50)).isEqualTo(30);
        assertThat(EarlyStopping.passes(30, 100_000)).isEqualTo(30);
        assertThat(EarlyStopping.passes(30, 200_000)).isEqualTo(15);
        assertThat(EarlyStopping.passes(30, 1_000_000)).isEqualTo(3);
        assertThat(EarlyStopping.passes(30, 1_000_000_000_000L)).isEqualTo(3);
        assertThat(EarlyStopping.passes(2, 1_000_000)).isEqualTo(2);
    }

    private static Parameters zero() {
        return Parameters.zero(ExampleProblems.FEATURES, ExampleProblems.LABELS);
    }
}
