package dev.stillhouse.udfs.quality;

import java.util.Arrays;

/**
 * Counts by 64-bit key: keys are numbered from 0 in the order in which they come, and found by open addressing. Keys are taken for well-mixed hashes. Memory grows with the distinct keys, and is given back by the {@link #clear} after many. Not safe for use by several threads.
 */
final class LongCounts {
    private static final int SMALLEST = 512;
    private static final int LARGEST = 1 << 30;
    private static final int KEPT = 1 << 21;

    private int[] table = new int[SMALLEST]; // key numbers plus 1; 0 where none is
    private int mask = SMALLEST - 1;
    private long[] keys = new long[SMALLEST / 2];
    private int[] counts = new int[SMALLEST / 2];
    private int[] firsts = new int[SMALLEST / 2];
    private int size;

    /**
     * Forgets all keys.
     *
     * @param expected how many are to come, at most
     */
    void clear(int expected) {
        if (table.length > KEPT) {
            table = new int[SMALLEST];
            keys = new long[SMALLEST / 2];
            counts = new int[SMALLEST / 2];
            firsts = new int[SMALLEST / 2];
        }
        size = 0;
        index(capacity(Math.min(expected, KEPT / 32)));
    }

    /** A power of two, at least twice the keys. */
    private static int capacity(int expected) {
        return expected >= LARGEST / 4 ? LARGEST : Math.max(SMALLEST, Integer.highestOneBit(Math.max(1, expected)) * 4);
    }

    /** Makes a table of a capacity with all keys. */
    private void index(int capacity) {
        if (table.length < capacity) {
            table = new int[capacity];
        } else {
            Arrays.fill(table, 0, capacity, 0);
        }
        mask = capacity - 1;
        for (int number = 0; number < size; number++) {
            table[slot(keys[number])] = number + 1;
        }
    }

    /** Where a key is, or where it belongs. */
    private int slot(long key) {
        int slot = (int) key & mask;
        while (table[slot] != 0 && keys[table[slot] - 1] != key) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    /** Counts a key and gives its number, valid until the next {@link #clear}. */
    int add(long key, int position) {
        int slot = slot(key);
        int number = table[slot] - 1;
        if (number >= 0) {
            counts[number]++;
            return number;
        }
        if (size > mask >>> 1 && mask < LARGEST - 1) {
            index(capacity(size * 2));
            slot = slot(key);
        }
        if (size == keys.length) {
            grow();
        }
        keys[size] = key;
        counts[size] = 1;
        firsts[size] = position;
        table[slot] = ++size;
        return size - 1;
    }

    private void grow() {
        int larger = size + size / 2;
        keys = Arrays.copyOf(keys, larger);
        counts = Arrays.copyOf(counts, larger);
        firsts = Arrays.copyOf(firsts, larger);
    }

    /** How often the key of a number was counted. */
    int count(int number) {
        return counts[number];
    }

    /** Where the key of a number was first counted. */
    int first(int number) {
        return firsts[number];
    }

    /** Distinct keys. */
    int size() {
        return size;
    }
}
