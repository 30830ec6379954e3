package dev.stillhouse.udfs.minhash;

import dev.stillhouse.udfs.text.Hashes;
import java.util.Arrays;

/**
 * MinHash signatures (Broder 1997) of the family {@code affine}: value {@code i} is the smallest {@code (a[i] * x + b[i] mod 2^32) / 2}, a whole number below 2^31, over the shingles' hashes folded to 32 bits, {@code a[i]} odd. Two texts' signatures agree at a place with a probability that is Jaccard's similarity of their
 * sets of shingles, up to 2^-31 times the number of shingles. The permutations come from a fixed seed: equal on every machine, and not to be changed.
 *
 * <p>Safe for use by several threads; not serialisable.
 */
public final class MinHasher {
    /** Value at every place of the signature of a text without shingles. */
    public static final int EMPTY = Integer.MAX_VALUE;

    private static final long SEED = 0x5EED_0F5EED5L;

    private final int[] multipliers;
    private final int[] increments;

    /** @param permutations length of a signature, at least 1 */
    public MinHasher(int permutations) {
        if (permutations < 1) {
            throw new IllegalArgumentException("Invalid permutations: " + permutations + " (must be at least 1)");
        }
        multipliers = new int[permutations];
        increments = new int[permutations];
        for (int i = 0; i < permutations; i++) {
            long random = Hashes.mix(SEED + i + 1);
            multipliers[i] = (int) random | 1;
            increments[i] = (int) (random >>> 32);
        }
    }

    /** Length of a signature. */
    public int permutations() {
        return multipliers.length;
    }

    /** The signature of the shingles last read. */
    public int[] signature(Shingles shingles) {
        int[] signature = new int[multipliers.length];
        Arrays.fill(signature, EMPTY);
        int count = shingles.count();
        int whole = count - count % 4;
        for (int i = 0; i < whole; i += 4) {
            update(
                    signature,
                    fold(shingles.hash(i)),
                    fold(shingles.hash(i + 1)),
                    fold(shingles.hash(i + 2)),
                    fold(shingles.hash(i + 3)));
        }
        for (int i = whole; i < count; i++) {
            int hash = fold(shingles.hash(i));
            update(signature, hash, hash, hash, hash);
        }
        return signature;
    }

    private static int fold(long hash) {
        return (int) (hash ^ hash >>> 32);
    }

    /** Four at once, so that a place of the signature is loaded and stored once for them. */
    private void update(int[] signature, int first, int second, int third, int fourth) {
        int[] a = multipliers;
        int[] b = increments;
        for (int i = 0; i < signature.length; i++) {
            int left = min((a[i] * first + b[i]) >>> 1, (a[i] * second + b[i]) >>> 1);
            int right = min((a[i] * third + b[i]) >>> 1, (a[i] * fourth + b[i]) >>> 1);
            signature[i] = min(signature[i], min(left, right));
        }
    }

    /** The smaller of two numbers that are not negative, so that their difference has no overflow: Java 17 makes vector instructions of this, not of {@code Math.min}. */
    private static int min(int left, int right) {
        int difference = left - right;
        return right + (difference & (difference >> 31));
    }
}
