package dev.stillhouse.teacher.outputs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.unsafe.hash.Murmur3_x86_32;
import org.junit.jupiter.api.Test;

class SlicePlanTest {
    private static final long SEED = 7;

    @Test
    void slicesHaveAboutEqualWorkAndTextsOfLikeLength() {
        Random random = new Random(SEED);
        int[] lengths = random.ints(20_000, 0, 300).toArray();
        SlicePlan plan = plan(lengths);
        assertThat(plan.slices()).isEqualTo(40);
        double[] work = new double[plan.slices()];
        int[] shortest = new int[plan.slices()];
        int[] longest = new int[plan.slices()];
        Arrays.fill(shortest, Integer.MAX_VALUE);
        for (int length : lengths) {
            int slice = plan.slice(length, random.nextLong());
            work[slice] += length + 16;
            shortest[slice] = Math.min(shortest[slice], length);
            longest[slice] = Math.max(longest[slice], length);
        }
        double mean = Arrays.stream(work).sum() / work.length;
        assertThat(Arrays.stream(work).boxed()).as("seed %d", SEED).allSatisfy(one -> assertThat(one)
                .isBetween(0.8 * mean, 1.2 * mean));
        for (int slice = 1; slice < work.length; slice++) {
            assertThat(longest[slice]).isLessThanOrEqualTo(shortest[slice - 1] + 1);
        }
    }

    @Test
    void aKeyIsSentToThePartitionOfItsSlice() {
        SlicePlan plan = plan(new Random(SEED).ints(3000, 1, 500).toArray());
        for (long hash = Long.MIN_VALUE; hash < Long.MAX_VALUE - (1L << 57); hash += 1L << 57) {
            int slice = plan.slice(250, hash);
            int partition = Math.floorMod(Murmur3_x86_32.hashInt(plan.key(250, hash), 42), plan.slices());
            assertThat(SlicePlan.order(plan.slices())[partition]).isEqualTo(slice);
        }
    }

    @Test
    void halfOfThePartitionsHaveAboutHalfOfTheTextsWhateverTheirLengths() {
        int[] lengths = new int[8000];
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = i % 2 == 0 ? 40 + i % 60 : 400 + i % 300;
        }
        SlicePlan plan = plan(lengths);
        int half = plan.slices() / 2;
        Set<Integer> started = Arrays.stream(SlicePlan.order(plan.slices()))
                .limit(half)
                .boxed()
                .collect(Collectors.toSet());
        assertThat(started).hasSize(half);
        Random random = new Random(SEED);
        long texts = Arrays.stream(lengths)
                .filter(length -> started.contains(plan.slice(length, random.nextLong())))
                .count();
        assertThat((double) texts / lengths.length).as("seed %d", SEED).isBetween(0.44, 0.56);
    }

    @Test
    void fewTextsMakeFewSlicesAndManyOfOneLengthAreSpread() {
        assertThat(plan(5).slices()).isEqualTo(1);
        assertThat(plan(new Random(SEED).ints(1000, 50, 70).toArray()).slices()).isBetween(8, 10);
        assertThat(plan(5).slice(5, -1)).isZero();
        int[] equal = new int[1600];
        Arrays.fill(equal, 300);
        SlicePlan plan = plan(equal);
        assertThat(plan.slices()).isEqualTo(40);
        assertThat(plan.slice(300, 0)).isZero();
        assertThat(plan.slice(300, -1)).isEqualTo(39);
        assertThat(SlicePlan.of(new TreeMap<>(Map.of(100, 10_000_000L))).slices())
                .isEqualTo(4883);
    }

    private static SlicePlan plan(int... lengths) {
        TreeMap<Integer, Long> textsByLength = new TreeMap<>();
        Arrays.stream(lengths).forEach(length -> textsByLength.merge(length, 1L, Long::sum));
        return SlicePlan.of(textsByLength);
    }
}
