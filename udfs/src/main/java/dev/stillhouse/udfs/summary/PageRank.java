package dev.stillhouse.udfs.summary;

import java.util.Arrays;

/**
 * PageRank of a weighted graph by power iteration: the share of its time that a walker spends at each node who follows a link with probability 0.85, chosen by weight, and else goes to any node. From a node without links the walker goes to any node.
 *
 * <p>{@code rank(v) = (1 - d) / n + d * (sum over u of rank(u) * weight(u, v) / sum of u's weights + sum of the ranks of nodes without links / n)}, where {@code d} is 0.85; iterated until the ranks change by less than 1e-9 in all, which a walk with this damping reaches in 140 steps.
 *
 * <p>See L. Page, S. Brin, R. Motwani, T. Winograd, The PageRank Citation Ranking: Bringing Order to the Web, 1999.
 */
final class PageRank {
    private static final double DAMPING = 0.85;
    private static final double CHANGE = 1e-9;
    private static final int STEPS = 140;

    private PageRank() {}

    /**
     * The ranks.
     *
     * @param weights {@code double[nodes][nodes]}, of each node the weights of its links, not negative
     * @return {@code double[nodes]}, adding up to 1; empty for no nodes
     */
    static double[] of(double[][] weights) {
        int nodes = weights.length;
        double[] sums = new double[nodes];
        for (int node = 0; node < nodes; node++) {
            sums[node] = Arrays.stream(weights[node]).sum();
        }
        double[] ranks = new double[nodes];
        Arrays.fill(ranks, 1.0 / nodes);
        double change = Double.MAX_VALUE;
        for (int step = 0; step < STEPS && change >= CHANGE; step++) {
            double[] next = step(weights, sums, ranks);
            change = 0;
            for (int node = 0; node < nodes; node++) {
                change += Math.abs(next[node] - ranks[node]);
            }
            ranks = next;
        }
        return ranks;
    }

    private static double[] step(double[][] weights, double[] sums, double[] ranks) {
        int nodes = ranks.length;
        double[] next = new double[nodes];
        double anywhere = 0;
        for (int from = 0; from < nodes; from++) {
            anywhere += (sums[from] > 0 ? 1 - DAMPING : 1) * ranks[from];
            double share = sums[from] > 0 ? DAMPING * ranks[from] / sums[from] : 0;
            for (int to = 0; to < nodes && share > 0; to++) {
                next[to] += share * weights[from][to];
            }
        }
        for (int node = 0; node < nodes; node++) {
            next[node] += anywhere / nodes;
        }
        return next;
    }
}
