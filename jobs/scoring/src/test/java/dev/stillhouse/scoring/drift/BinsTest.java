package dev.stillhouse.scoring.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class BinsTest {
    @Test
    void quantilesAreOfEqualMass() {
        double[] values = new SplittableRandom(3).doubles(1_000).toArray();

        Bins bins = Bins.quantiles(values);

        assertThat(bins.tally(values).counts()).isEqualTo(Collections.nCopies(10, 100L));
        assertThat(bins.place(-5)).isZero();
        assertThat(bins.place(5)).isEqualTo(9);
    }

    @Test
    void fewValuesHaveFewBins() {
        double[] values = new SplittableRandom(3).doubles(60).toArray();
        assertThat(Bins.quantiles(values).tally(values).counts()).containsExactly(20L, 20L, 20L);
        assertThat(Bins.quantiles(new double[] {1, 2})
                        .tally(new double[] {1, 2})
                        .counts())
                .containsExactly(1L, 1L);
    }

    @Test
    void aValueThatManyShareHasABinOfItsOwn() {
        double[] mostlyNone = DoubleStream.concat(
                        DoubleStream.generate(() -> 0).limit(95), DoubleStream.of(0.1, 0.2, 0.3, 0.4, 0.5))
                .toArray();
        assertThat(Bins.quantiles(mostlyNone).edges()).containsExactly(0.1);

        double[] mostlySure = DoubleStream.concat(
                        DoubleStream.generate(() -> 1).limit(95), DoubleStream.of(0.5, 0.6, 0.7, 0.8, 0.9))
                .toArray();
        assertThat(Bins.quantiles(mostlySure).tally(mostlySure).counts()).containsExactly(5L, 95L);
    }

    @Test
    void whatWasConstantAndIsNoMoreIsSeen() {
        Bins bins = Bins.quantiles(new double[] {0.5, 0.5, 0.5});

        assertThat(bins.tally(new double[] {0.5, 0.4, 0.6, 0.5}).counts()).containsExactly(1L, 2L, 1L);
    }

    @Test
    void lengthsAreInDoublingsAndThoseOfFewAreMerged() {
        double[] lengths = DoubleStream.of(
                        17, 18, 20, 21, 22, 30, 33, 40, 41, 50, 60, 63, 70, 80, 130, 140, 150, 160, 170, 180)
                .toArray();

        Bins bins = Bins.doublings(lengths);

        // 70 and 80 alone are no bin: they share that of 130 to 180.
        assertThat(bins.edges()).containsExactly(16.0, 32.0, 64.0, 256.0);
        assertThat(bins.tally(lengths).counts()).containsExactly(0L, 6L, 6L, 8L, 0L);
        assertThat(bins.tally(new double[] {3, 5_000}).counts()).containsExactly(1L, 0L, 0L, 0L, 1L);
        assertThat(Bins.doublings(new double[] {0}).edges()).containsExactly(1.0, 2.0);
    }

    @Test
    void rareNamesShareABin() {
        Bins bins = Bins.categories(Map.of("cat", 50L, "dog", 70L, "emu", 4L, "fox", 0L));

        assertThat(bins.categories()).containsExactly("dog", "cat");
        assertThat(bins.tally(Map.of("cat", 1L, "emu", 2L, "gnu", 3L)).counts()).containsExactly(0L, 1L, 5L);
        assertThat(Bins.categories(Map.of("emu", 4L)).categories()).containsExactly("emu");
    }

    @Test
    void whatIsNoBinIsRefused() {
        assertThatThrownBy(() -> new Bins(List.of(1.0, 1.0), List.of()))
                .hasMessage("Invalid edges: [1.0, 1.0] (must be finite and ascending)");
        assertThatThrownBy(() -> new Bins(List.of(Double.NaN), List.of())).hasMessageContaining("must be finite");
        assertThatThrownBy(() -> new Bins(List.of(), List.of("a", "a"))).hasMessageContaining("without repetition");
        assertThatThrownBy(() -> new Bins(List.of(), List.of())).hasMessageContaining("either edges or categories");
        assertThatThrownBy(() -> new Bins.Tally(new Bins(List.of(1.0), List.of()), List.of(1L)))
                .hasMessage("Invalid counts: 1 (must be one for each of 2 bins)");
        assertThatThrownBy(() -> new Bins.Tally(new Bins(List.of(1.0), List.of()), List.of(1L, -1L)))
                .hasMessageContaining("must be 0 or more");
    }
}
