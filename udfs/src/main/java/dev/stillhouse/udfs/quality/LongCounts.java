package dev.stillhouse.udfs.quality;

import java.util.Arrays;

/** Counts by 64-bit key: open addressing, cleared in constant time. Keys are taken for well-mixed hashes. Not safe for use by several threads. */
final class LongCounts {
    private static final int KEPT = 1 << 21;

    private long[] keys = new long[512];
    private int[] counts = new int[512];
    private int[] firsts = new int[512];
    private int[] epochs = new int[512];
    private int epoch;
    private int mask = 511;
    private int size;

    /** Forgets all keys, and makes room for so many. */
    void clear(int expected) {
        int capacity = Math.max(512, Integer.highestOneBit(Math.max(1, expected)) * 4);
        if (capacity > keys.length || (keys.length > KEPT && capacity < keys.length)) {
            keys = new long[capacity];
            counts = new int[capacity];
            firsts = new int[capacity];
            epochs = new int[capacity];
            epoch = 0;
        } else if (epoch == Integer.MAX_VALUE) {
            Arrays.fill(epochs, 0);
            epoch = 0;
        }
        mask = Math.min(keys.length, capacity) - 1;
        size = 0;
        epoch++;
    }

    /** Counts a key and gives its slot, valid until the next {@link #clear}. */
    int add(long key, int position) {
        int slot = (int) key & mask;
        while (epochs[slot] == epoch && keys[slot] != key) {
            slot = slot + 1 & mask;
        }
        if (epochs[slot] == epoch) {
            counts[slot]++;
        } else {
            epochs[slot] = epoch;
            keys[slot] = key;
            counts[slot] = 1;
            firsts[slot] = position;
            size++;
        }
        return slot;
    }

    /** How often the key in a slot was counted. */
    int count(int slot) {
        return counts[slot];
    }

    /** Where the key in a slot was first counted. */
    int first(int slot) {
        return firsts[slot];
    }

    /** Distinct keys. */
    int size() {
        return size;
    }
}
