package dev.stillhouse.student;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AdaGradPassTest {
    private static final AdaGradPass.Step PLAIN = new AdaGradPass.Step(0.1f, 0, 0);

    private final Examples examples = ExampleProblems.random(200, 5);

    /** Referee: full-batch gradient descent in double on the same loss. */
    @Test
    void passesApproachTheLossOfAFullBatchOptimiser() {
        double trained = Objective.quality(trained(PLAIN, 100), examples).loss();
        assertThat(trained).isCloseTo(ExampleProblems.optimum(examples, 0), within(0.005));
    }

    @Test
    void untrainedParametersAreFarFromTheOptimum() {
        double untrained = Objective.quality(
                        Parameters.zero(ExampleProblems.FEATURES, ExampleProblems.LABELS), examples)
                .loss();
        assertThat(untrained).isGreaterThan(ExampleProblems.optimum(examples, 0) + 0.05);
    }

    @Test
    void penaltyShrinksWeightsButNotTheBias() {
        Parameters plain = trained(PLAIN, 60);
        Parameters penalised = trained(new AdaGradPass.Step(0.1f, 0, 1), 60);
        assertThat(norm(penalised.ngrams().values()))
                .isLessThan(0.5 * norm(plain.ngrams().values()));
        assertThat(norm(penalised.bias().values())).isGreaterThan(0);
    }

    @Test
    void equalSeedsGiveEqualParametersAndOthersDoNot() {
        assertThat(trained(PLAIN, 3).ngrams().values())
                .containsExactly(trained(PLAIN, 3).ngrams().values());
        Parameters other = Parameters.zero(ExampleProblems.FEATURES, ExampleProblems.LABELS);
        new AdaGradPass(other, PLAIN).run(examples, 99);
        assertThat(other.ngrams().values())
                .isNotEqualTo(trained(PLAIN, 1).ngrams().values());
    }

    @Test
    void featuresThatNoDocumentHasKeepTheirWeight() {
        Parameters parameters = Parameters.zero(ExampleProblems.FEATURES + 1, ExampleProblems.LABELS);
        new AdaGradPass(parameters, new AdaGradPass.Step(0.1f, 0, 0.1f)).run(examples, 1);
        for (int label = 0; label < ExampleProblems.LABELS; label++) {
            assertThat(parameters.ngrams().values()[ExampleProblems.FEATURES * ExampleProblems.LABELS + label])
                    .isZero();
        }
    }

    private Parameters trained(AdaGradPass.Step step, int passes) {
        Parameters parameters = Parameters.zero(ExampleProblems.FEATURES, ExampleProblems.LABELS);
        for (int pass = 1; pass <= passes; pass++) {
            new AdaGradPass(parameters, step).run(examples, pass);
        }
        return parameters;
    }

    private static double norm(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value * value;
        }
        return Math.sqrt(sum);
    }
}
