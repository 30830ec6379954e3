package dev.stillhouse.scoring.cascade;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class GridTest {
    @Test
    void eachThresholdLeavesAtLeastItsShareAndNoGreaterOneDoes() {
        long seed = 7;
        List<Double> sureness =
                new Random(seed).doubles(5_000).map(Math::sqrt).boxed().toList();
        TreeMap<Integer, Long> counts = new TreeMap<>();
        sureness.forEach(one -> counts.merge((int) Math.floor(one * Grid.BINS), 1L, Long::sum));

        double[] grid = Grid.of(counts);

        assertThat(grid).hasSize(100);
        for (int step = 0; step < 100; step++) {
            double threshold = grid[step];
            assertThat(above(sureness, threshold)).as("seed " + seed).isGreaterThanOrEqualTo((step + 1) * 50L);
            assertThat(above(sureness, threshold + 1.0 / Grid.BINS)).isLessThan((step + 1) * 50L);
            assertThat(step == 0 || threshold <= grid[step - 1]).isTrue();
        }
    }

    @Test
    void equalDocumentsHaveOneThresholdAndNoneHaveNone() {
        TreeMap<Integer, Long> counts = new TreeMap<>();
        assertThat(Grid.of(counts)).isEmpty();

        counts.put(Grid.BINS, 3L);

        assertThat(DoubleStream.of(Grid.of(counts)).distinct()).containsExactly(1.0);
    }

    private static long above(List<Double> sureness, double threshold) {
        return sureness.stream().filter(one -> one >= threshold).count();
    }
}
