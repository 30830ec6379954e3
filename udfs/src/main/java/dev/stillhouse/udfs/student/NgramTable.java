package dev.stillhouse.udfs.student;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A vocabulary as an open-addressing hash table over UTF-8 bytes with linear probing. A candidate is verified byte by byte, so two n-grams are never taken for each
 * other. Immutable and safe for use by several threads.
 *
 * <p>The hash is the polynomial {@code h = h * MULTIPLIER + byte} modulo 2^64, which callers roll along a text; {@link #find} mixes it before use.
 */
public final class NgramTable {
    /** An odd constant with well-spread bits (from the golden ratio). */
    public static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    /** No row. */
    public static final int ABSENT = -1;

    private final byte[] keys;
    private final int[] starts;
    /** Two entries for each slot: row + 1 (0 where empty), and the upper half of the mixed hash. */
    private final int[] slots;

    private final int mask;
    private final int longest;

    /**
     * A table of distinct n-grams, whose rows are their places.
     *
     * @throws IllegalArgumentException if one stands in it twice
     */
    public NgramTable(String[] vocabulary) {
        byte[][] encoded = new byte[vocabulary.length][];
        starts = new int[vocabulary.length + 1];
        int longestKey = 0;
        for (int row = 0; row < vocabulary.length; row++) {
            encoded[row] = vocabulary[row].getBytes(StandardCharsets.UTF_8);
            starts[row + 1] = Math.addExact(starts[row], encoded[row].length);
            longestKey = Math.max(longestKey, encoded[row].length);
        }
        keys = new byte[starts[vocabulary.length]];
        longest = longestKey;
        int capacity = Math.max(8, Integer.highestOneBit(Math.max(1, vocabulary.length)) * 4);
        mask = capacity - 1;
        slots = new int[2 * capacity];
        for (int row = 0; row < vocabulary.length; row++) {
            System.arraycopy(encoded[row], 0, keys, starts[row], encoded[row].length);
            insert(row, encoded[row]);
        }
    }

    /** The length in bytes of the longest n-gram, 0 for an empty vocabulary. */
    public int longest() {
        return longest;
    }

    /**
     * The row of the n-gram {@code text[start, end)}, or {@link #ABSENT}.
     *
     * @param hash the polynomial hash of these bytes
     */
    public int find(byte[] text, int start, int end, long hash) {
        long mixed = mix(hash);
        int fingerprint = (int) (mixed >>> 32);
        for (int slot = (int) mixed & mask; ; slot = (slot + 1) & mask) {
            int row = slots[2 * slot] - 1;
            if (row < 0) {
                return ABSENT;
            }
            if (slots[2 * slot + 1] == fingerprint
                    && Arrays.equals(keys, starts[row], starts[row + 1], text, start, end)) {
                return row;
            }
        }
    }

    private void insert(int row, byte[] key) {
        long hash = 0;
        for (byte value : key) {
            hash = hash * MULTIPLIER + value;
        }
        if (find(key, 0, key.length, hash) != ABSENT) {
            throw new IllegalArgumentException(
                    "Invalid vocabulary: entry " + row + " stands in it twice (must be distinct)");
        }
        long mixed = mix(hash);
        int slot = (int) mixed & mask;
        while (slots[2 * slot] != 0) {
            slot = (slot + 1) & mask;
        }
        slots[2 * slot] = row + 1;
        slots[2 * slot + 1] = (int) (mixed >>> 32);
    }

    /** The finaliser of MurmurHash3 (64 bit): the low bits of a polynomial depend on few bytes, those of the result on all. */
    public static long mix(long hash) {
        long mixed = hash;
        mixed ^= mixed >>> 33;
        mixed *= 0xff51afd7ed558ccdL;
        mixed ^= mixed >>> 33;
        mixed *= 0xc4ceb9fe1a85ec53L;
        return mixed ^ mixed >>> 33;
    }
}
