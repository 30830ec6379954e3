package dev.stillhouse.curation.near;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillhouse.udfs.testing.SharedSpark;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class ConnectedComponentsTest {
    private static final StructType EDGES =
            new StructType().add("a", DataTypes.LongType, false).add("b", DataTypes.LongType, false);

    @Test
    void agreesWithUnionFindOnRandomGraphs() {
        for (long seed = 1; seed <= 2; seed++) {
            Random random = new Random(seed);
            List<long[]> edges = new ArrayList<>();
            for (int i = 0; i < 150; i++) {
                long a = random.nextInt(200) - 100L;
                long b = random.nextInt(200) - 100L;
                if (a != b) {
                    edges.add(new long[] {a, b});
                }
            }
            assertThat(components(edges, 50)).as("seed " + seed).isEqualTo(unionFind(edges));
        }
    }

    @Test
    void aChainIsOneComponentNamedByItsSmallestVertex() {
        List<long[]> chain = new ArrayList<>();
        for (long i = 0; i < 30; i++) {
            chain.add(new long[] {(i * 12) % 31, ((i + 1) * 12) % 31});
        }

        Map<Long, Long> components = components(chain, 50);

        assertThat(components).hasSize(30);
        assertThat(components.values()).containsOnly(0L);
    }

    @Test
    void givesNoAnswerWhereTheRoundsDoNotSuffice() {
        List<long[]> chain = new ArrayList<>();
        for (long i = 0; i < 60; i++) {
            chain.add(new long[] {i, i + 1});
        }

        assertThatThrownBy(() -> components(chain, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("still change after 1 rounds");
    }

    @Test
    void withoutEdgesThereAreNoComponents() {
        assertThat(components(List.of(), 50)).isEmpty();
    }

    private static Map<Long, Long> components(List<long[]> edges, int rounds) {
        List<Row> rows =
                edges.stream().map(edge -> RowFactory.create(edge[0], edge[1])).toList();
        Dataset<Row> found =
                new ConnectedComponents(rounds).of(SharedSpark.session().createDataFrame(rows, EDGES));
        Map<Long, Long> components = new HashMap<>();
        found.collectAsList().forEach(row -> components.put(row.getLong(0), row.getLong(1)));
        return components;
    }

    /** The same by hand: every vertex but the smallest of its component. */
    private static Map<Long, Long> unionFind(List<long[]> edges) {
        Map<Long, Long> smallest = new HashMap<>();
        edges.forEach(edge -> {
            smallest.put(edge[0], edge[0]);
            smallest.put(edge[1], edge[1]);
        });
        for (boolean changed = true; changed; ) {
            changed = false;
            for (long[] edge : edges) {
                long least = Math.min(smallest.get(edge[0]), smallest.get(edge[1]));
                long before = smallest.put(edge[0], least) + smallest.put(edge[1], least);
                changed |= before != 2 * least;
            }
        }
        smallest.entrySet().removeIf(entry -> entry.getKey().equals(entry.getValue()));
        return smallest;
    }
}
