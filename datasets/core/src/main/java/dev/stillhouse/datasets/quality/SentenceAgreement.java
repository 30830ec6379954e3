package dev.stillhouse.datasets.quality;

import java.util.Arrays;

/** How far two agree on which sentences of a document to choose. */
public final class SentenceAgreement {
    private SentenceAgreement() {}

    /**
     * F1 of the sentences that the one chooses against those of the other, 0 to 1; 1 where neither chooses any.
     *
     * @param left sentences, by any numbers, each once
     * @param right likewise, ascending
     */
    public static double f1(int[] left, int[] right) {
        long common = Arrays.stream(left)
                .filter(one -> Arrays.binarySearch(right, one) >= 0)
                .count();
        int both = left.length + right.length;
        return both == 0 ? 1 : 2.0 * common / both;
    }
}
