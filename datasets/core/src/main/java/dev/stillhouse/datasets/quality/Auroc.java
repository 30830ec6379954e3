package dev.stillhouse.datasets.quality;

import java.util.Arrays;

/** Area under the ROC curve: the probability that a score from one group is above one from another, equal scores counting half. */
public final class Auroc {
    private Auroc() {}

    /**
     * The area.
     *
     * @param above scores that should be high, at least one
     * @param below scores that should be low, at least one
     * @return 0 to 1; 0.5 where the groups cannot be told apart
     */
    public static double of(float[] above, float[] below) {
        float[] sorted = below.clone();
        Arrays.sort(sorted);
        double pairs = 0;
        for (float score : above) {
            int less = first(sorted, score, false);
            int lessOrEqual = first(sorted, score, true);
            pairs += less + (lessOrEqual - less) / 2.0;
        }
        return pairs / above.length / below.length;
    }

    /** The first place of a value that is greater than the score or, unless {@code past}, equal to it. */
    private static int first(float[] sorted, float score, boolean past) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            boolean before = past ? sorted[middle] <= score : sorted[middle] < score;
            if (before) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
