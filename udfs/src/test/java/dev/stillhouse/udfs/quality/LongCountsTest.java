package dev.stillhouse.udfs.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillhouse.udfs.text.Hashes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LongCountsTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 255, 256, 257, 5_000, 400_000})
    void countsAreThoseOfAMapHoweverManyWereExpected(int keys) {
        LongCounts counts = new LongCounts();
        Random random = new Random(keys);
        for (int expected : new int[] {0, keys, keys * 3, Integer.MAX_VALUE}) {
            counts.clear(expected);
            Map<Long, int[]> referee = new LinkedHashMap<>();
            for (int i = 0; i < keys * 2; i++) {
                long key = Hashes.mix(random.nextInt(keys));
                int[] value = referee.computeIfAbsent(key, any -> new int[] {referee.size(), 0, 0});
                value[2] = value[1]++ == 0 ? i : value[2];
                assertThat(counts.add(key, i)).isEqualTo(value[0]);
            }
            assertThat(counts.size()).isEqualTo(referee.size());
            List<int[]> values = new ArrayList<>(referee.values());
            for (int number = 0; number < counts.size(); number++) {
                assertThat(counts.count(number)).isEqualTo(values.get(number)[1]);
                assertThat(counts.first(number)).isEqualTo(values.get(number)[2]);
            }
        }
    }

    @Test
    void zeroIsAKeyLikeAnyOther() {
        LongCounts counts = new LongCounts();
        counts.clear(1);
        assertThat(counts.add(0, 5)).isZero();
        assertThat(counts.add(0, 6)).isZero();
        assertThat(counts.add(512, 7)).isOne();
        assertThat(counts.count(0)).isEqualTo(2);
        assertThat(counts.first(0)).isEqualTo(5);
    }

    @Test
    void memoryOfManyKeysIsGivenBack() throws ReflectiveOperationException {
        LongCounts counts = new LongCounts();
        counts.clear(0);
        for (int i = 0; i < 1_100_000; i++) {
            counts.add(Hashes.mix(i), i);
        }
        counts.clear(10);
        for (String name : List.of("table", "counts", "firsts")) {
            var field = LongCounts.class.getDeclaredField(name);
            field.setAccessible(true);
            assertThat((int[]) field.get(counts)).as(name).hasSizeLessThan(1000);
        }
    }
}
