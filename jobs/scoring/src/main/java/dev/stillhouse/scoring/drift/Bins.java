package dev.stillhouse.scoring.drift;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * How values are told apart: numbers by edges, where bin {@code i} holds what is at or above {@code edges[i - 1]} and below {@code edges[i]}, the first and the last bin being open; names by categories, all others being in one last bin. One of the two is empty. Immutable.
 *
 * @param edges finite, ascending, without repetition
 * @param categories without repetition
 */
public record Bins(List<Double> edges, List<String> categories) {
    /** Deciles, as is customary for the population stability index. */
    private static final int QUANTILES = 10;

    /** Documents that a quantile should stand for at least. */
    private static final int LEAST_IN_QUANTILE = 20;

    /** Documents of a bin below which it is merged: fewer make its share a matter of chance (Cochran 1954). */
    private static final int LEAST = 5;

    private static final int MOST_CATEGORIES = 30;

    public Bins {
        edges = List.copyOf(edges);
        categories = List.copyOf(categories);
        boolean ascends = true;
        for (int i = 0; i < edges.size(); i++) {
            ascends &= Double.isFinite(edges.get(i)) && (i == 0 || edges.get(i) > edges.get(i - 1));
        }
        if (!ascends) {
            throw new IllegalArgumentException("Invalid edges: " + edges + " (must be finite and ascending)");
        }
        if (categories.stream().distinct().count() < categories.size()) {
            throw new IllegalArgumentException("Invalid categories: " + categories + " (must be without repetition)");
        }
        if (edges.isEmpty() == categories.isEmpty()) {
            throw new IllegalArgumentException(
                    "Invalid bins: " + edges + ", " + categories + " (must have either edges or categories)");
        }
    }

    /**
     * Bins of about equal mass: ten, or fewer where there are fewer than 20 values for each. A value that many share has a bin of its own, so that what was constant and is no more is seen.
     *
     * @param values at least one, finite
     */
    public static Bins quantiles(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double least = sorted[0];
        double greatest = sorted[sorted.length - 1];
        if (least == greatest) {
            return numeric(List.of(least, (double) Math.nextUp((float) least)));
        }
        int bins = Math.max(2, Math.min(QUANTILES, sorted.length / LEAST_IN_QUANTILE));
        List<Double> edges = new ArrayList<>();
        double last = least;
        for (int bin = 1; bin < bins; bin++) {
            double edge = sorted[(int) ((long) bin * sorted.length / bins)];
            if (edge == least && edges.isEmpty()) {
                edge = firstAbove(sorted, least);
            }
            if (edge > last) {
                edges.add(edge);
                last = edge;
            }
        }
        return numeric(edges);
    }

    private static double firstAbove(double[] sorted, double value) {
        return Arrays.stream(sorted).filter(other -> other > value).findFirst().orElseThrow();
    }

    /**
     * Bins of powers of two; those that would hold fewer than five values are merged with the next. What is below or above all values has bins of its own.
     *
     * @param values at least one, 0 or more
     */
    public static Bins doublings(double[] values) {
        int first = octave(Arrays.stream(values).min().orElseThrow());
        int last = octave(Arrays.stream(values).max().orElseThrow());
        List<Double> edges = new ArrayList<>(List.of(Math.scalb(1.0, first)));
        long above = values.length;
        long inBin = 0;
        for (int power = first; power < last; power++) {
            int octave = power;
            long here = Arrays.stream(values)
                    .filter(value -> octave(value) == octave)
                    .count();
            inBin += here;
            above -= here;
            if (inBin >= LEAST && above >= LEAST) {
                edges.add(Math.scalb(1.0, power + 1));
                inBin = 0;
            }
        }
        edges.add(Math.scalb(1.0, last + 1));
        return numeric(edges);
    }

    /** The power of two at or below a value, 0 for those below 1. */
    private static int octave(double value) {
        return Math.getExponent(Math.max(1, value));
    }

    /**
     * A bin for each name that stands for five values at least, the thirty most frequent at most; the others share one.
     *
     * @param counts by name, of which one at least is not 0
     */
    public static Bins categories(Map<String, Long> counts) {
        List<String> frequent = counts.entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST_CATEGORIES)
                .filter(entry -> entry.getValue() >= LEAST)
                .map(Map.Entry::getKey)
                .toList();
        return new Bins(
                List.of(),
                frequent.isEmpty() ? counts.keySet().stream().sorted().limit(1).toList() : frequent);
    }

    private static Bins numeric(List<Double> edges) {
        return new Bins(edges, List.of());
    }

    /** How many there are. */
    public int size() {
        return edges.size() + categories.size() + 1;
    }

    /** The bin of a number. */
    public int place(double value) {
        int bin = 0;
        while (bin < edges.size() && value >= edges.get(bin)) {
            bin++;
        }
        return bin;
    }

    /** Counts of numbers. */
    public Tally tally(double[] values) {
        long[] counts = new long[size()];
        for (double value : values) {
            counts[place(value)]++;
        }
        return new Tally(this, boxed(counts));
    }

    /** Counts of names. */
    public Tally tally(Map<String, Long> byName) {
        long[] counts = new long[size()];
        byName.forEach((name, count) -> {
            int category = categories.indexOf(name);
            counts[category < 0 ? categories.size() : category] += count;
        });
        return new Tally(this, boxed(counts));
    }

    private static List<Long> boxed(long[] counts) {
        return Arrays.stream(counts).boxed().toList();
    }

    /**
     * How many values are in each bin.
     *
     * @param bins that tell them apart
     * @param counts in their order, 0 or more
     */
    public record Tally(Bins bins, List<Long> counts) {
        public Tally {
            counts = List.copyOf(counts);
            if (counts.size() != bins.size()) {
                throw new IllegalArgumentException(
                        "Invalid counts: " + counts.size() + " (must be one for each of " + bins.size() + " bins)");
            }
            if (counts.stream().anyMatch(count -> count < 0)) {
                throw new IllegalArgumentException("Invalid counts: " + counts + " (must be 0 or more)");
            }
        }

        /** The sum. */
        public long total() {
            return sum(counts);
        }

        private static long sum(Collection<Long> counts) {
            return counts.stream().mapToLong(Long::longValue).sum();
        }
    }
}
