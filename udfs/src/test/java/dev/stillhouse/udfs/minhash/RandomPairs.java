package dev.stillhouse.udfs.minhash;

import dev.stillhouse.udfs.text.TextScan;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Pairs of random sets of words, shingles of one word, whose Jaccard's similarity is known. */
final class RandomPairs {
    private final TextScan scan = new TextScan();
    private final Shingles shingles = new Shingles(1);
    private final MinHasher hasher;
    private final Random random;

    RandomPairs(int permutations, long seed) {
        hasher = new MinHasher(permutations);
        random = new Random(seed);
    }

    /** Signatures of two sets that share some elements, and have as many each that the other has not. */
    int[][] signatures(int shared, int own) {
        StringBuilder both = new StringBuilder();
        StringBuilder left = new StringBuilder();
        StringBuilder right = new StringBuilder();
        for (int i = 0; i < shared; i++) {
            both.append(word());
        }
        for (int i = 0; i < own; i++) {
            left.append(word());
            right.append(word());
        }
        return new int[][] {signature(left.toString() + both), signature(both.toString() + right)};
    }

    private String word() {
        return Long.toString(random.nextLong(), 36) + " ";
    }

    private int[] signature(String text) {
        scan.scan(text.getBytes(StandardCharsets.UTF_8));
        shingles.read(scan);
        return hasher.signature(shingles);
    }

    static int agreements(int[] left, int[] right) {
        int agreements = 0;
        for (int i = 0; i < left.length; i++) {
            agreements += left[i] == right[i] ? 1 : 0;
        }
        return agreements;
    }
}
