package dev.stillhouse.datasets.quality;

import java.util.Arrays;

/**
 * How many words and pairs of words of a text its reference has, each as often as the reference at most, while the text grows and shrinks. Words are numbers below that of the reference's kinds of words, or below 0 where the reference lacks them.
 *
 * <p>Not safe for use by several threads.
 */
final class NgramMatches {
    private final Tally words;
    private final Tally pairs;
    private final long[] kinds;

    /**
     * Matches of an empty text.
     *
     * @param reference its words, in their order
     */
    NgramMatches(int[] reference) {
        long[] all = new long[Math.max(0, reference.length - 1)];
        for (int i = 0; i < all.length; i++) {
            all[i] = pair(reference[i], reference[i + 1]);
        }
        this.kinds = Arrays.stream(all).sorted().distinct().toArray();
        this.words = new Tally(Arrays.stream(reference).max().orElse(-1) + 1, reference);
        int[] places = Arrays.stream(all)
                .mapToInt(pair -> Arrays.binarySearch(kinds, pair))
                .toArray();
        this.pairs = new Tally(kinds.length, places);
    }

    /** Words that follow one another, and the pairs in them, come. */
    void add(int[] text) {
        for (int i = 0; i < text.length; i++) {
            words.add(text[i]);
            if (i > 0) {
                addPair(text[i - 1], text[i]);
            }
        }
    }

    /** They go. */
    void remove(int[] text) {
        for (int i = 0; i < text.length; i++) {
            words.remove(text[i]);
            if (i > 0) {
                removePair(text[i - 1], text[i]);
            }
        }
    }

    void addPair(int first, int second) {
        pairs.add(kind(first, second));
    }

    void removePair(int first, int second) {
        pairs.remove(kind(first, second));
    }

    Rouge.Match ofWords() {
        return words.match();
    }

    Rouge.Match ofPairs() {
        return pairs.match();
    }

    private int kind(int first, int second) {
        return first < 0 || second < 0 ? -1 : Arrays.binarySearch(kinds, pair(first, second));
    }

    private static long pair(int first, int second) {
        return (long) first << 32 | second;
    }

    /** Matches of n-grams of one size. */
    private static final class Tally {
        private final int[] wanted;
        private final int[] present;
        private final int reference;
        private int total;
        private int hits;

        Tally(int kinds, int[] reference) {
            this.wanted = new int[kinds];
            this.present = new int[kinds];
            this.reference = reference.length;
            for (int kind : reference) {
                wanted[kind]++;
            }
        }

        void add(int kind) {
            total++;
            if (kind >= 0 && present[kind]++ < wanted[kind]) {
                hits++;
            }
        }

        void remove(int kind) {
            total--;
            if (kind >= 0 && --present[kind] < wanted[kind]) {
                hits--;
            }
        }

        Rouge.Match match() {
            return new Rouge.Match(hits, total, reference);
        }
    }
}
