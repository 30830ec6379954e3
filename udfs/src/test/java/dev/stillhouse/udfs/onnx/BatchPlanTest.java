package dev.stillhouse.udfs.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class BatchPlanTest {

    @Property
    void everyTextIsInOneBatchThatFitsTheBudget(
            @ForAll @Size(max = 60) List<@IntRange(min = 1, max = 40) Integer> lengths,
            @ForAll @IntRange(min = 1, max = 100) int budget) {
        int[] tokens = lengths.stream().mapToInt(Integer::intValue).toArray();
        List<Integer> seen = new ArrayList<>();
        int previous = 0;
        for (int[] batch : BatchPlan.cut(tokens, budget)) {
            int longest = Arrays.stream(batch).map(i -> tokens[i]).max().orElseThrow();
            int shortest = Arrays.stream(batch).map(i -> tokens[i]).min().orElseThrow();
            assertThat(batch.length == 1 || batch.length * longest <= budget).isTrue();
            assertThat(shortest).isGreaterThanOrEqualTo(previous);
            previous = longest;
            Arrays.stream(batch).forEach(seen::add);
        }
        assertThat(seen).hasSize(tokens.length).doesNotHaveDuplicates();
    }

    @Test
    void aBatchIsFilledToTheBudgetAndTiesKeepTheirOrder() {
        assertThat(BatchPlan.cut(new int[] {2, 1, 2, 1, 9}, 4))
                .containsExactly(new int[] {1, 3}, new int[] {0, 2}, new int[] {4});
    }
}
