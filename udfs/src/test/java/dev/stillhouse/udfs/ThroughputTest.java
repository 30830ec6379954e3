package dev.stillhouse.udfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ThroughputTest {
    private static final List<String> TEXTS = List.of("a", "b", "c", "d", "e");

    /** A scorer that takes a fixed time a text on a clock of the test's own. */
    private record Timed(AtomicLong clock, List<String> calls, String name, long nanosPerText) implements TextScorer {
        @Override
        public List<String> labels() {
            return List.of("x", "y");
        }

        @Override
        public float[][] probabilities(List<String> texts) {
            calls.add(name + texts.size());
            clock.addAndGet(nanosPerText * texts.size());
            return new float[texts.size()][2];
        }
    }

    @Test
    void ratesAreTextsOverTimeOfInterleavedRounds() {
        AtomicLong clock = new AtomicLong();
        List<String> calls = new ArrayList<>();
        Timed slow = new Timed(clock, calls, "slow", 100_000_000);
        Timed fast = new Timed(clock, calls, "fast", 10_000_000);
        Throughput throughput = new Throughput(new Throughput.Settings(3, 0.3, 1, 2), clock::get);

        List<Throughput.Rate> rates = throughput.measure(List.of(slow, fast), TEXTS);

        assertThat(rates).containsExactly(new Throughput.Rate(10, 10, 10), new Throughput.Rate(100, 100, 100));
        assertThat(calls).startsWith("slow2", "slow2", "fast2", "fast2", "fast1", "fast2");
        List<String> turns = new ArrayList<>();
        calls.stream()
                .map(call -> call.substring(0, 4))
                .filter(name -> turns.isEmpty() || !turns.get(turns.size() - 1).equals(name))
                .forEach(turns::add);
        assertThat(turns).containsExactly("slow", "fast", "slow", "fast", "slow", "fast", "slow", "fast");
    }

    @Test
    void aFailureOfAScorerComesThrough() {
        TextScorer broken = new TextScorer() {
            @Override
            public List<String> labels() {
                return List.of();
            }

            @Override
            public float[][] probabilities(List<String> texts) {
                throw new IllegalArgumentException("broken");
            }
        };
        Throughput throughput = new Throughput(new Throughput.Settings(3, 3.5, 2, 256), () -> 0);
        assertThatThrownBy(() -> throughput.measure(List.of(broken), TEXTS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("broken");
        assertThatThrownBy(() -> throughput.measure(List.of(broken), List.of())).hasMessageContaining("at least 1");
    }

    @Test
    void settingsMustBePositive() {
        assertThatThrownBy(() -> new Throughput.Settings(0, 1, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Throughput.Settings(1, Double.NaN, 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
