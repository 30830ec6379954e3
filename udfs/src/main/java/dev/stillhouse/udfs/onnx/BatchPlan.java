package dev.stillhouse.udfs.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** How texts are cut into batches: sorted by length so that little is padded, as many as fit the token budget. A function of the lengths alone. */
final class BatchPlan {
    private BatchPlan() {}

    /**
     * Indices of the texts of each batch.
     *
     * @param lengths tokens of each text, at least 1
     * @param budget tokens of a batch at most, padding included; a longer text is a batch of its own
     */
    static List<int[]> cut(int[] lengths, int budget) {
        Integer[] order = new Integer[lengths.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingInt((Integer i) -> lengths[i]).thenComparing(Comparator.naturalOrder()));
        List<int[]> batches = new ArrayList<>();
        int start = 0;
        for (int end = 1; end <= order.length; end++) {
            if (end == order.length || (long) (end + 1 - start) * lengths[order[end]] > budget) {
                batches.add(Arrays.stream(order, start, end)
                        .mapToInt(Integer::intValue)
                        .toArray());
                start = end;
            }
        }
        return batches;
    }
}
