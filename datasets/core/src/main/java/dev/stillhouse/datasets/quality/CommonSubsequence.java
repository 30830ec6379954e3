package dev.stillhouse.datasets.quality;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Longest common subsequences of two sequences of tokens, in time of the product of their lengths. A token below 0 equals none. */
final class CommonSubsequence {
    private CommonSubsequence() {}

    /** Its length; memory is that of two rows. */
    static int length(int[] reference, int[] candidate) {
        int[] row = new int[candidate.length + 1];
        for (int token : reference) {
            advance(row, token, candidate, null);
        }
        return row[candidate.length];
    }

    /**
     * Marks the places of the reference that are in one of the longest common subsequences, which is that of Google's {@code rouge-score}: read from the ends, equal tokens are taken, and else the reference is shortened unless shortening the candidate keeps more. Memory is a bit for each pair of tokens.
     */
    static void mark(int[] reference, int[] candidate, BitSet places) {
        BitSet[] shortensCandidate = new BitSet[reference.length];
        int[] row = new int[candidate.length + 1];
        for (int i = 0; i < reference.length; i++) {
            shortensCandidate[i] = new BitSet(candidate.length);
            advance(row, reference[i], candidate, shortensCandidate[i]);
        }
        int i = reference.length - 1;
        int j = candidate.length - 1;
        while (i >= 0 && j >= 0) {
            if (reference[i] == candidate[j]) {
                places.set(i--);
                j--;
            } else if (shortensCandidate[i].get(j)) {
                j--;
            } else {
                i--;
            }
        }
    }

    /** From the lengths for a prefix of the reference to those for the prefix with one token more; {@code row[j]} is of the candidate's first {@code j} tokens. */
    private static void advance(int[] row, int token, int[] candidate, @Nullable BitSet shortensCandidate) {
        int diagonal = 0;
        for (int j = 0; j < candidate.length; j++) {
            int above = row[j + 1];
            if (candidate[j] == token) {
                row[j + 1] = diagonal + 1;
            } else if (row[j] > above) {
                row[j + 1] = row[j];
                if (shortensCandidate != null) {
                    shortensCandidate.set(j);
                }
            }
            diagonal = above;
        }
    }
}
