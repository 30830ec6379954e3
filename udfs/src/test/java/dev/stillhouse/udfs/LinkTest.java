package dev.stillhouse.udfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LinkTest {
    @ParameterizedTest
    @EnumSource(Link.class)
    void theLossOfLogitsIsThatOfTheOutputsTheyStandFor(Link link) {
        SplittableRandom random = new SplittableRandom(5);
        for (int row = 0; row < 100; row++) {
            double[] logits = random.doubles(link.most() == 1 ? 1 : 4, -5, 5).toArray();
            double[] target = link.outputs(random.doubles(logits.length, -3, 3).toArray(), 1);
            double temperature = link == Link.IDENTITY ? 1 : random.nextDouble(0.3, 3);

            assertThat(link.loss(logits, target, temperature))
                    .isCloseTo(link.loss(link.outputs(logits, temperature), target), within(1e-9));
        }
    }

    @Test
    void theLossOfLogitsIsExactWhereOutputsAreZeroOrOne() {
        assertThat(Link.SOFTMAX.loss(new double[] {1_000, 0}, new double[] {0, 1}, 1))
                .isEqualTo(1_000);
        assertThat(Link.LOGISTIC.loss(new double[] {-1_000}, new double[] {1}, 2))
                .isEqualTo(500);
    }

    @Test
    void theFirstOfEqualsIsTheGreatest() {
        assertThat(Link.first(new double[] {1, 3, 3})).isEqualTo(1);
        assertThat(Link.first(new float[] {3, 1, 3})).isZero();
        assertThat(Link.SOFTMAX.decide(new float[] {0.2f, 0.4f, 0.4f}, new float[3]))
                .containsExactly(1);
    }

    @Test
    void exactOutputsAreDecidedAsTheFloatsThatModelsGive() {
        float[] limits = {0.3f, 0.3f};
        double[] outputs = {0.3, 0.2999999};

        assertThat((double) limits[0]).isGreaterThan(outputs[0]);
        assertThat(Link.LOGISTIC.decide(outputs, limits)).containsExactly(0);
        assertThat(Link.IDENTITY.decide(new double[] {5}, new float[1])).isEmpty();
    }
}
