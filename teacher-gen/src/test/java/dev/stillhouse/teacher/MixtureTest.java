package dev.stillhouse.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.stillhouse.udfs.Link;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class MixtureTest {
    /** Takes logits as they are. */
    private static final Head AB = Head.identity(Link.SOFTMAX, List.of("a", "b"));

    private static final Head BC = Head.identity(Link.SOFTMAX, List.of("b", "c"));

    @Test
    void oneHeadIsItself() {
        Mixture one = Mixture.of(AB.withTemperature(2));
        float[][] outputs = {{3, 1}};
        assertThat(one.probabilities(outputs)).isEqualTo(AB.withTemperature(2).probabilities(outputs[0]));
        assertThat(one.disagreement(outputs)).isZero();
        assertThat(one.lastTemperature()).isEqualTo(2);
    }

    @Test
    void headsOfDifferentLabelsAreMixedOverAllOfThem() {
        Mixture mixture = new Mixture(List.of(AB, BC), List.of(2.0, 2.0), 1);
        assertThat(mixture.labels()).containsExactly("a", "b", "c");
        float[] p = mixture.probabilities(new float[][] {{0, 0}, {0, 0}});
        assertThat(p).containsExactly(new float[] {0.25f, 0.5f, 0.25f}, within(1e-6f));
    }

    @Test
    void theTemperatureOfThePoolSharpensIt() {
        Mixture mixture = new Mixture(List.of(AB, AB), List.of(1.0, 1.0), 0.5);
        // (0.6, 0.4) squared, over their sum.
        float[] outputs = {(float) Math.log(0.6), (float) Math.log(0.4)};
        assertThat(mixture.probabilities(new float[][] {outputs, outputs})[0]).isCloseTo(0.36f / 0.52f, within(1e-5f));
    }

    @Test
    void membersThatAreSureOfDifferentLabelsDisagreeWholly() {
        Mixture mixture = new Mixture(List.of(AB, AB), List.of(1.0, 1.0), 1);
        assertThat(mixture.disagreement(new float[][] {{100, 0}, {0, 100}})).isCloseTo(1f, within(1e-5f));
        assertThat(mixture.disagreement(new float[][] {{1, 0}, {1, 0}})).isCloseTo(0f, within(1e-6f));
        assertThat(mixture.disagreement(new float[][] {{1, 0}, {0, 1}})).isBetween(0.05f, 0.3f);
        Mixture uneven = new Mixture(List.of(AB, AB), List.of(9.0, 1.0), 1);
        assertThat(uneven.disagreement(new float[][] {{100, 0}, {0, 100}})).isCloseTo(1f, within(1e-5f));
    }

    @Test
    void aMixtureTravels() throws Exception {
        Mixture mixture = new Mixture(List.of(AB, BC), List.of(1.0, 2.0), 0.9);
        float[][] outputs = {{1, 2}, {3, 4}};
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(mixture);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(((Mixture) in.readObject()).probabilities(outputs)).isEqualTo(mixture.probabilities(outputs));
        }
    }

    @Test
    void aMixtureOfNothingIsRefused() {
        assertThatThrownBy(() -> new Mixture(List.of(), List.of(), 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Mixture(List.of(AB), List.of(0.0), 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
