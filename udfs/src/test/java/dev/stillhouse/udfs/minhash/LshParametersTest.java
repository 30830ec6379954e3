package dev.stillhouse.udfs.minhash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LshParametersTest {
    private static final double[] RECALLS = {0.01, 0.5, 0.9, 0.95, 0.99, 0.999, 0.999999};

    @Test
    void theRecallIsReachedWithTheMostRowsThatFit() {
        for (int percent = 1; percent <= 100; percent++) {
            double threshold = percent / 100.0;
            for (double recall : RECALLS) {
                LshParameters chosen = LshParameters.of(threshold, recall);
                String name = threshold + " " + recall + " " + chosen;
                assertThat(chosen.probability(threshold)).as(name).isGreaterThanOrEqualTo(recall);
                assertThat(chosen.permutations() <= LshParameters.MOST_PERMUTATIONS || chosen.rows() == 1)
                        .as(name)
                        .isTrue();
                assertThat(mostRows(threshold, recall)).as(name).isEqualTo(chosen.rows());
                assertThat(chosen.bands() == 1
                                || new LshParameters(chosen.bands() - 1, chosen.rows()).probability(threshold) < recall)
                        .as("no band too many: " + name)
                        .isTrue();
            }
        }
    }

    /** By trying all. */
    private static int mostRows(double threshold, double recall) {
        int most = 1;
        for (int rows = 2; rows <= LshParameters.MOST_PERMUTATIONS; rows++) {
            int bands = LshParameters.MOST_PERMUTATIONS / rows;
            most = new LshParameters(bands, rows).probability(threshold) >= recall ? rows : most;
        }
        return most;
    }

    @Test
    void extremesHaveParametersToo() {
        assertThat(LshParameters.of(1, 0.999999)).isEqualTo(new LshParameters(1, 128));
        assertThat(LshParameters.of(0.01, 0.999999).rows()).isOne();
        assertThat(LshParameters.of(0.01, 0.999999).bands()).isEqualTo(1375);
        assertThat(LshParameters.of(1e-300, 0.5)).isEqualTo(new LshParameters(Integer.MAX_VALUE, 1));
    }

    @Test
    void probabilitiesAreThoseOfTheFormula() {
        assertThat(new LshParameters(20, 5).probability(0.8)).isCloseTo(0.99964, within(1e-5)); // the book's figure 3.8
        assertThat(new LshParameters(20, 5).probability(0.5)).isCloseTo(0.470, within(5e-4));
        assertThat(new LshParameters(20, 5).probability(0)).isZero();
        assertThat(new LshParameters(20, 5).probability(1)).isOne();
        assertThat(new LshParameters(14, 8).curve())
                .hasSize(51)
                .isSorted()
                .startsWith(0.0)
                .endsWith(1.0);
    }

    @ParameterizedTest
    @CsvSource({"0.8, 0.95", "0.5, 0.9", "0.9, 0.99"})
    void pairsAreProposedAsOftenAsTheFormulaSays(double threshold, double recall) {
        long seed = 99;
        int pairs = 400;
        LshParameters parameters = LshParameters.of(threshold, recall);
        RandomPairs random = new RandomPairs(parameters.permutations(), seed);
        for (int own : new int[] {5, 10, 20, 40}) {
            int shared = 100;
            double expected = pairs * parameters.probability(shared / (shared + 2.0 * own));
            int proposed = 0;
            for (int i = 0; i < pairs; i++) {
                int[][] pair = random.signatures(shared, own);
                proposed += proposes(pair, parameters) ? 1 : 0;
            }
            assertThat((double) proposed)
                    .as(parameters + " own " + own + " seed " + seed)
                    .isCloseTo(expected, within(4 * Math.sqrt(expected * (1 - expected / pairs)) + 1));
        }
    }

    private static boolean proposes(int[][] pair, LshParameters parameters) {
        Set<Long> keys = new HashSet<>();
        LongStream.of(Bands.keys(pair[0], parameters)).forEach(keys::add);
        return LongStream.of(Bands.keys(pair[1], parameters)).anyMatch(keys::contains);
    }

    @Test
    void aBandsKeyDependsOnAllItsRowsAndItsNumberOnly() {
        LshParameters parameters = new LshParameters(3, 2);
        int[] signature = {1, 2, 1, 2, 5, 6, 77};
        long[] keys = Bands.keys(signature, parameters);
        assertThat(keys).hasSize(3).doesNotHaveDuplicates();
        for (int place = 0; place < signature.length; place++) {
            int[] changed = signature.clone();
            changed[place]++;
            long[] others = Bands.keys(changed, parameters);
            for (int band = 0; band < 3; band++) {
                assertThat(keys[band] != others[band]).isEqualTo(place / 2 == band);
            }
        }
        assertThat(Bands.keys(new int[] {2, 1, 2, 1, 6, 5}, parameters))
                .doesNotContain(Arrays.stream(keys).boxed().toArray(Long[]::new));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.1, 1.0001, Double.NaN})
    void thresholdsOutOfRangeAreRefused(double threshold) {
        assertThatThrownBy(() -> LshParameters.of(threshold, 0.9))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid threshold: " + threshold + " (must be above 0 and at most 1)");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -1, Double.NaN})
    void recallsOutOfRangeAreRefused(double recall) {
        assertThatThrownBy(() -> LshParameters.of(0.8, recall))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid recall: " + recall + " (must be above 0 and below 1)");
    }

    @Test
    void bandsAndRowsAreAtLeastOne() {
        assertThatThrownBy(() -> new LshParameters(0, 1)).hasMessageContaining("0 x 1 (must be at least 1 each)");
        assertThatThrownBy(() -> new LshParameters(1, 0)).hasMessageContaining("1 x 0 (must be at least 1 each)");
    }
}
