package dev.stillhouse.curation.near;

import static org.apache.spark.sql.functions.bit_xor;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.xxhash64;

import dev.stillhouse.datasets.plan.Checkpoint;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Connected components of a graph, named by their smallest vertex: alternating large-star and small-star steps until the edges no longer change (Kiveris et al. 2014, Connected Components in MapReduce and Beyond). Each step is two shuffles of the edges; chains of n vertices take about log n rounds.
 */
final class ConnectedComponents {
    static final String VERTEX = "vertex";
    static final String COMPONENT = "component";

    private static final String LEFT = "left";
    private static final String RIGHT = "right";
    private static final String SMALLEST = "smallest";

    private final int mostRounds;

    /** @param mostRounds rounds after which it gives up */
    ConnectedComponents(int mostRounds) {
        this.mostRounds = mostRounds;
    }

    /**
     * Finds components; an action that runs a few jobs.
     *
     * @param edges two long columns, in any order and direction, repeated or not; no edge from a vertex to itself
     * @return every vertex that is not the smallest of its component: {@link #VERTEX} and {@link #COMPONENT}; kept by the executors, see {@link Checkpoint#release}
     * @throws IllegalStateException if the edges still change after the most rounds: there is no answer then, rather than a wrong one
     */
    Dataset<Row> of(Dataset<Row> edges) {
        Column first = col(edges.columns()[0]);
        Column second = col(edges.columns()[1]);
        Dataset<Row> current = Checkpoint.of(edges.select(first.as(LEFT), second.as(RIGHT)));
        State before = State.of(current);
        for (int round = 0; round < mostRounds; round++) {
            Dataset<Row> next = Checkpoint.of(smallStar(largeStar(current)));
            Checkpoint.release(current);
            current = next;
            State after = State.of(current);
            if (after.equals(before)) {
                return current.select(col(LEFT).as(VERTEX), col(RIGHT).as(COMPONENT));
            }
            before = after;
        }
        throw new IllegalStateException("Cannot find the clusters of near-duplicates: they still change after "
                + mostRounds + " rounds; raise near_duplicates.threshold, so that fewer documents are linked");
    }

    /** Every larger neighbour of a vertex is linked to the smallest of the vertex and its neighbours. */
    private static Dataset<Row> largeStar(Dataset<Row> edges) {
        Dataset<Row> bothWays = edges.union(edges.select(col(RIGHT), col(LEFT)));
        return withSmallest(bothWays)
                .where(col(RIGHT).gt(col(LEFT)))
                .select(col(RIGHT).as(LEFT), col(SMALLEST).as(RIGHT))
                .distinct();
    }

    /** Every smaller neighbour of a vertex, and the vertex, are linked to the smallest of them. */
    private static Dataset<Row> smallStar(Dataset<Row> edges) {
        Dataset<Row> linked = withSmallest(edges);
        return linked.select(col(LEFT), col(SMALLEST).as(RIGHT))
                .union(linked.select(col(RIGHT).as(LEFT), col(SMALLEST).as(RIGHT)))
                .where(col(LEFT).notEqual(col(RIGHT)))
                .distinct();
    }

    private static Dataset<Row> withSmallest(Dataset<Row> edges) {
        Dataset<Row> smallest = edges.groupBy(col(LEFT).as("of"))
                .agg(least(min(col(RIGHT)), min(col(LEFT))).as(SMALLEST));
        return edges.join(smallest, edges.col(LEFT).equalTo(smallest.col("of"))).drop("of");
    }

    /** Edges told apart by their number and the exclusive or of their hashes. */
    private record State(long edges, long hash) {
        static State of(Dataset<Row> edges) {
            Row row = edges.agg(count(lit(1)), bit_xor(xxhash64(col(LEFT), col(RIGHT))))
                    .head();
            return new State(row.getLong(0), row.isNullAt(1) ? 0 : row.getLong(1));
        }
    }
}
