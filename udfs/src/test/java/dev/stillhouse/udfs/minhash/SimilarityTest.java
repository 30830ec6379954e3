package dev.stillhouse.udfs.minhash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SimilarityTest {
    @Property(tries = 500)
    void agreesWithSets(
            @ForAll @Size(max = 30) Set<@LongRange(min = -20, max = 20) Long> left,
            @ForAll @Size(max = 30) Set<@LongRange(min = -20, max = 20) Long> right) {
        Set<Long> both = new HashSet<>(left);
        both.retainAll(right);
        Set<Long> any = new HashSet<>(left);
        any.addAll(right);
        int shared = Similarity.shared(sorted(left), sorted(right));
        assertThat(shared).isEqualTo(both.size());
        assertThat(Similarity.jaccard(shared, left.size(), right.size()))
                .isEqualTo(any.isEmpty() ? 0 : (double) both.size() / any.size());
        assertThat(Similarity.containment(shared, left.size()))
                .isEqualTo(left.isEmpty() ? 0 : (double) both.size() / left.size());
    }

    @Test
    void extremesOfLongAreElementsLikeAnyOther() {
        long[] left = {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE};
        long[] right = {Long.MIN_VALUE, 1, Long.MAX_VALUE};
        assertThat(Similarity.shared(left, right)).isEqualTo(2);
        assertThat(Similarity.shared(left, left)).isEqualTo(4);
        assertThat(Similarity.shared(left, new long[0])).isZero();
    }

    @Test
    void emptySetsAreSimilarToNothing() {
        assertThat(Similarity.jaccard(0, 0, 0)).isZero();
        assertThat(Similarity.containment(0, 0)).isZero();
    }

    private static long[] sorted(Set<Long> set) {
        return set.stream().mapToLong(Long::longValue).sorted().toArray();
    }
}
