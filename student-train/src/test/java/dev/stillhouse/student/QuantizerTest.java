package dev.stillhouse.student;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stillhouse.udfs.student.StudentModel.Float32;
import dev.stillhouse.udfs.student.StudentModel.Int8;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class QuantizerTest {

    @Test
    void everyWeightIsOffByHalfAScaleAtMost() {
        SplittableRandom random = new SplittableRandom(3);
        float[] values = new float[40 * 7];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) ((random.nextDouble() - 0.5) * Math.pow(10, i / 70.0));
        }
        Int8 weights = (Int8) Quantizer.quantize(new Float32(values, 7));
        for (int i = 0; i < values.length; i++) {
            float half = weights.scales()[i / 7] / 2;
            assertThat(weights.at(i / 7, i % 7)).isCloseTo(values[i], within(half * 1.0001f));
        }
    }

    @Test
    void largestWeightOfEachRowIsKeptAndSymmetric() {
        Int8 weights = (Int8) Quantizer.quantize(new Float32(new float[] {-2, 1, 0, 0.5f, 0.25f, -0.5f}, 3));
        assertThat(weights.values()).containsExactly(-127, 64, 0, 127, 64, -127);
        assertThat(weights.scales()).containsExactly(2 / 127f, 0.5f / 127);
    }

    @Test
    void rowOfZerosStaysZero() {
        Int8 weights = (Int8) Quantizer.quantize(new Float32(new float[3], 3));
        assertThat(weights.values()).containsOnly((byte) 0);
        assertThat(weights.scales()).containsExactly(0f);
    }

    @Test
    void weightsOfOneOutputStayAsTheyAre() {
        Float32 weights = new Float32(new float[] {1, -2, 0.5f}, 1);
        assertThat(Quantizer.quantize(weights)).isSameAs(weights);
    }

    @Test
    void emptyVocabularyHasNoRows() {
        assertThat(Quantizer.quantize(new Float32(new float[0], 3)).rows()).isZero();
    }
}
