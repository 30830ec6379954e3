package dev.stillhouse.reports.record;

import java.util.List;

/**
 * Counts between edges: bin {@code i} holds values from {@code edges[i]} (inclusive) to {@code edges[i + 1]} (exclusive, the last one inclusive).
 *
 * @param edges ascending, one more than counts
 * @param counts values in each bin
 */
public record Histogram(List<Double> edges, List<Long> counts) {
    public Histogram {
        edges = List.copyOf(edges);
        counts = List.copyOf(counts);
        if (edges.size() != counts.size() + 1) {
            throw new IllegalArgumentException(
                    "Invalid edges: " + edges.size() + " (must be one more than counts, " + counts.size() + ")");
        }
    }
}
