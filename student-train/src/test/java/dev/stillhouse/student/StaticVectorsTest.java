package dev.stillhouse.student;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StaticVectorsTest {
    private static final Map<String, Integer> DOCUMENTS = Map.of("the", 90, "cat", 5, "dog", 4, "sat", 1, "the cat", 5);

    /** Vectors on a line through the origin and a little off it, so that there is one component that matters. */
    private static final VectorSource LINE = new VectorSource() {
        @Override
        public List<String> words() {
            return List.of("bird", "two words", "");
        }

        @Override
        public float[][] vectors(List<String> words) {
            float[][] vectors = new float[words.size()][];
            for (int i = 0; i < vectors.length; i++) {
                float place = words.get(i).charAt(0) - 'a';
                vectors[i] = new float[] {3 * place, 4 * place, 0.01f * (i % 2)};
            }
            return vectors;
        }
    };

    @Test
    void wordsAreThoseOfTheDocumentsAndWholeOnesOfTheSource() {
        assertThat(StaticVectors.of(LINE, DOCUMENTS, config(2, 100)).words())
                .containsExactly("bird", "cat", "dog", "sat", "the");
        assertThat(StaticVectors.of(LINE, DOCUMENTS, config(2, 3)).words()).containsExactly("cat", "dog", "the");
    }

    private static StudentConfig config(int dimensions, int most) {
        return new StudentConfig(
                StudentConfig.Kind.STATIC,
                Optional.empty(),
                StudentConfig.Labels.SOFT,
                StudentConfig.Targets.none(),
                1,
                StudentConfig.Characters.OFF,
                1,
                10,
                dimensions,
                most,
                1,
                Optional.empty(),
                Distillation.DIRECT,
                StudentConfig.Calibration.TEMPERATURE,
                0,
                Map.of());
    }

    @Test
    void theFirstComponentIsTheLineAndFrequentWordsWeighLess() {
        StaticVectors vectors = StaticVectors.of(LINE, DOCUMENTS, config(1, 100));
        assertThat(vectors.dimensions()).isEqualTo(1);
        double total = 100.5;
        double[] shares = {0.5 / total, 5 / total, 4 / total, 1 / total, 90 / total};
        double[] places = {1, 2, 3, 18, 19};
        double mean = 0;
        for (int i = 0; i < shares.length; i++) {
            mean += shares[i] * places[i];
        }
        for (int i = 0; i < shares.length; i++) {
            double expected = 5 * (places[i] - mean) * 1e-3 / (1e-3 + shares[i]);
            assertThat((double) vectors.vectors()[i]).isCloseTo(expected, within(1e-3));
        }
    }

    @Test
    void aSourceOfFewerDimensionsKeepsItsOwn() {
        StaticVectors vectors = StaticVectors.of(LINE, DOCUMENTS, config(128, 100));
        assertThat(vectors.dimensions()).isEqualTo(3);
        assertThat(vectors.start().rows()).isEqualTo(5);
    }
}
