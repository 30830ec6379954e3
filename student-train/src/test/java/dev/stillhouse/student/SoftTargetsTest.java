package dev.stillhouse.student;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.stillhouse.udfs.errors.DataException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SoftTargetsTest {
    private static final List<String> LABELS = List.of("a", "b", "c");
    private static final List<Float> TEACHER = List.of(0.64f, 0.32f, 0.04f);

    @Test
    void withoutATemperatureTheTeachersProbabilitiesAreTaughtAsTheyAre() {
        assertThat(new SoftTargets(Goal.oneOf(LABELS), Scale.NONE, 0.7f, 0, 1).of(null, TEACHER))
                .containsExactly(0.64f, 0.32f, 0.04f);
    }

    @Test
    void aTemperatureOfTwoTakesRoots() {
        float[] target = new SoftTargets(Goal.oneOf(LABELS), Scale.NONE, 0.7f, 0, 2).of(null, TEACHER);
        double sum = 0.8 + Math.sqrt(0.32) + 0.2;
        assertThat(target)
                .containsExactly(
                        new float[] {(float) (0.8 / sum), (float) (Math.sqrt(0.32) / sum), (float) (0.2 / sum)},
                        within(1e-6f));
    }

    @Test
    void aGoldLabelIsMixedWithTheTeachersProbabilities() {
        float[] target = new SoftTargets(Goal.oneOf(LABELS), Scale.NONE, 0.75f, 0, 1).of("c", TEACHER);
        assertThat(target).containsExactly(new float[] {0.16f, 0.08f, 0.76f}, within(1e-6f));
    }

    @Test
    void hardLabelsAreForDocumentsThatAreNotGold() {
        SoftTargets targets = new SoftTargets(Goal.oneOf(LABELS), Scale.NONE, 0, 1, 1);
        assertThat(targets.of(null, TEACHER)).containsExactly(1f, 0f, 0f);
        assertThat(targets.of("b", TEACHER)).containsExactly(0.64f, 0.32f, 0.04f);
    }

    @Test
    void whatIsNoDistributionOverTheLabelsIsRefused() {
        SoftTargets targets = new SoftTargets(Goal.oneOf(LABELS), Scale.NONE, 0.7f, 0, 1);
        for (List<Float> wrong : List.of(
                List.of(0.5f, 0.5f),
                List.of(0.5f, 0.5f, 0.5f),
                List.of(1.5f, -0.5f, 0f),
                List.of(Float.NaN, 0.5f, 0.5f))) {
            assertThatThrownBy(() -> targets.of(null, wrong))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("from 0 to 1 that sum to 1");
        }
        assertThatThrownBy(() -> targets.of("d", TEACHER))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("gold label d");
    }
}
