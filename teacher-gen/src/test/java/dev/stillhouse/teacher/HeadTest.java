package dev.stillhouse.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class HeadTest {
    private static final Head HEAD = new Head(
            List.of("a", "b", "ü\""), new float[][] {{1, 0.1f}, {-2, 3}, {1e-7f, -0f}}, new float[] {0.5f, 0, -1}, 2);

    @Test
    void probabilitiesAreASoftmaxOfLogitsOverTheTemperature() {
        float[] probabilities = HEAD.probabilities(new float[] {1, 1});
        double a = Math.exp(1.6 / 2);
        double b = Math.exp(1.0 / 2);
        double c = Math.exp((-1 + 1e-7) / 2);
        assertThat(probabilities)
                .containsExactly(
                        new float[] {(float) (a / (a + b + c)), (float) (b / (a + b + c)), (float) (c / (a + b + c))},
                        within(1e-6f));
    }

    @Test
    void hugeLogitsDoNotOverflow() {
        assertThat(HEAD.probabilities(new float[] {1e30f, 0})).containsExactly(1f, 0f, 0f);
    }

    @Test
    void jsonGivesTheSameHeadBack() {
        Head read = Head.fromTree(HEAD.toTree());
        assertThat(read.labels()).isEqualTo(HEAD.labels());
        assertThat(read.weights()).isDeepEqualTo(HEAD.weights());
        assertThat(read.bias()).isEqualTo(HEAD.bias());
        assertThat(read.temperature()).isEqualTo(HEAD.temperature());
        assertThat(read.toJson()).isEqualTo(HEAD.toJson());
        assertThat(read.parameters()).isEqualTo(9);
    }

    @Test
    void impossibleHeadsAreRefused() {
        assertThatThrownBy(() -> new Head(List.of("a"), new float[1][2], new float[1], 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Head(List.of("a", "b"), new float[][] {{1}, {1, 2}}, new float[2], 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HEAD.withTemperature(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HEAD.probabilities(new float[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be 2");
    }
}
