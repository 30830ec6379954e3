package dev.stillhouse.scoring.cascade;

import java.util.Map;
import java.util.NavigableMap;

/** The thresholds that are tested: fixed by what the student says of the documents alone, and the same for any partitioning. */
public final class Grid {
    /** Into how many stretches sureness, 0 to 1, is cut. */
    public static final int BINS = 100_000;

    private static final int THRESHOLDS = 100;

    private Grid() {}

    /**
     * For 1 %, 2 % ... 100 % of the documents the greatest beginning of a stretch at or above which there are as many; falling, of equal ones all. Without documents none.
     *
     * @param counts documents by stretch, {@code floor(sureness * BINS)}
     */
    public static double[] of(NavigableMap<Integer, Long> counts) {
        long documents = counts.values().stream().mapToLong(Long::longValue).sum();
        double[] grid = new double[documents == 0 ? 0 : THRESHOLDS];
        int step = 0;
        long above = 0;
        for (Map.Entry<Integer, Long> stretch : counts.descendingMap().entrySet()) {
            above += stretch.getValue();
            while (step < grid.length && above * THRESHOLDS >= (step + 1) * documents) {
                grid[step++] = (double) stretch.getKey() / BINS;
            }
        }
        return grid;
    }
}
