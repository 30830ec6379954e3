package dev.stillhouse.udfs.student;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A vocabulary of character n-grams. Those of up to eight bytes are looked up by the bytes themselves, packed into a long, so that what is found needs no comparing; beside them stand their beginnings, so that a search ends where no longer n-gram begins in this way. Longer ones are in an {@link NgramTable}. Immutable and safe for use by several threads.
 */
final class CharacterTable {
    /** No n-gram begins so. */
    static final int NONE = -1;

    /** Longer n-grams begin so, and none ends here. */
    static final int BEGINNING = -2;

    /** Bytes that a long holds. */
    static final int PACKED_BYTES = 8;

    private final long[] keys;
    private final int[] rows;
    private final int shift;
    private final NgramTable longer;
    private final int[] longerRows;
    private final int longest;

    /**
     * A table of distinct n-grams, whose rows are their places.
     *
     * @param shortest characters of the shortest n-gram
     * @throws IllegalArgumentException if one stands in it twice
     */
    CharacterTable(String[] vocabulary, int shortest) {
        Map<Long, Integer> packed = new HashMap<>();
        List<String> longKeys = new ArrayList<>();
        List<Integer> longRows = new ArrayList<>();
        int most = 0;
        for (int row = 0; row < vocabulary.length; row++) {
            byte[] bytes = vocabulary[row].getBytes(StandardCharsets.UTF_8);
            most = Math.max(most, bytes.length);
            if (bytes.length > PACKED_BYTES) {
                longKeys.add(vocabulary[row]);
                longRows.add(row);
            } else if (packed.merge(pack(bytes, bytes.length), row, (before, now) -> before == BEGINNING ? now : NONE)
                    == NONE) {
                throw new IllegalArgumentException(
                        "Invalid vocabulary: entry " + row + " stands in it twice (must be distinct)");
            }
            addBeginnings(bytes, shortest, packed);
        }
        longest = most;
        longer = new NgramTable(longKeys.toArray(String[]::new));
        longerRows = longRows.stream().mapToInt(Integer::intValue).toArray();
        int capacity = Math.max(8, Integer.highestOneBit(Math.max(1, packed.size())) * 4);
        shift = Long.numberOfLeadingZeros(capacity) + 1;
        keys = new long[capacity];
        rows = new int[capacity];
        packed.forEach(this::insert);
    }

    private static void addBeginnings(byte[] bytes, int shortest, Map<Long, Integer> packed) {
        int characters = 0;
        for (int end = 1; end < bytes.length && end <= PACKED_BYTES; end++) {
            if (!FoldedText.isContinuation(bytes[end])) {
                characters++;
                if (characters >= shortest) {
                    packed.putIfAbsent(pack(bytes, end), BEGINNING);
                }
            }
        }
    }

    private static long pack(byte[] bytes, int length) {
        long packed = 0;
        for (int i = 0; i < length; i++) {
            packed = (packed << Byte.SIZE) | (bytes[i] & 0xFF);
        }
        return packed;
    }

    private void insert(long key, int row) {
        int slot = slot(key);
        while (keys[slot] != 0) {
            slot = (slot + 1) & (keys.length - 1);
        }
        keys[slot] = key;
        rows[slot] = row;
    }

    private int slot(long key) {
        long mixed = key * NgramTable.MULTIPLIER;
        return (int) (((mixed ^ (mixed >>> 32)) * NgramTable.MULTIPLIER) >>> shift);
    }

    /** The length in bytes of the longest n-gram, 0 for an empty vocabulary. */
    int longest() {
        return longest;
    }

    /**
     * The row of an n-gram of up to {@link #PACKED_BYTES} bytes, {@link #BEGINNING} or {@link #NONE}.
     *
     * @param packed its bytes, none of which is 0, the last in the lowest place
     */
    int find(long packed) {
        int slot = slot(packed);
        while (true) {
            long key = keys[slot];
            if (key == packed) {
                return rows[slot];
            }
            if (key == 0) {
                return NONE;
            }
            slot = (slot + 1) & (keys.length - 1);
        }
    }

    /** The row of a longer n-gram, as {@link NgramTable#find}. */
    int findLonger(byte[] text, int start, int end) {
        long hash = 0;
        for (int i = start; i < end; i++) {
            hash = hash * NgramTable.MULTIPLIER + text[i];
        }
        int found = longer.find(text, start, end, hash);
        return found == NgramTable.ABSENT ? NONE : longerRows[found];
    }
}
