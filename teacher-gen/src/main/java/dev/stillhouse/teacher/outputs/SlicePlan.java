package dev.stillhouse.teacher.outputs;

import java.io.Serializable;
import java.util.NavigableMap;
import java.util.stream.IntStream;
import org.apache.spark.unsafe.hash.Murmur3_x86_32;

/**
 * How texts are cut into slices of about equal work whose texts are about equally long, so that batches within a slice have little padding. The texts stand on a line by their length; each takes as much of it as its work, at a place
 * among those of its length that follows from its hash; every slice is an equal part of the line, the first has the longest texts. A function of the lengths and hashes alone, so a slice has the same texts for any partitioning. Serialisable.
 */
final class SlicePlan implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Work of a text besides its length, in characters: special tokens, and what a row costs in any batch. */
    private static final int TEXT_WORK = 16;

    /** Some batches of 512 tokens, so that texts of like length meet in each: as one batch a slice of short texts was a ninth padding. */
    private static final int LEAST_WORK = 8192;

    private static final int MOST_TEXTS = 2048;

    /** So that a kill costs a small part of a small job too: a fortieth for each core. More of them would be more files to read. */
    private static final int WANTED_SLICES = 40;

    private static final int SPARK_HASH_SEED = 42;

    /** Where texts of each length begin on the line; the last is its end. */
    private final double[] begin;

    private final int[] keys;

    private SlicePlan(double[] begin, int[] keys) {
        this.begin = begin;
        this.keys = keys;
    }

    /**
     * A plan.
     *
     * @param textsByLength how many texts there are of each length in characters, at least one text
     */
    static SlicePlan of(NavigableMap<Integer, Long> textsByLength) {
        double[] begin = new double[textsByLength.lastKey() + 2];
        long texts = 0;
        for (int length = begin.length - 2; length >= 0; length--) {
            long count = textsByLength.getOrDefault(length, 0L);
            texts += count;
            begin[length] = begin[length + 1] + (double) count * (length + TEXT_WORK);
        }
        return new SlicePlan(begin, keys(slices(texts, begin[0])));
    }

    /** How many slices there are. */
    int slices() {
        return keys.length;
    }

    /**
     * The slice of a text.
     *
     * @param hash of the text, any 64 bits that are equal for equal texts
     */
    int slice(int length, long hash) {
        double share = (hash >>> 11) * 0x1.0p-53;
        double place = begin[length + 1] + share * (begin[length] - begin[length + 1]);
        return (int) Math.min(slices() - 1, place / begin[0] * slices());
    }

    /**
     * The slices in the order of their partitions, in which tasks start. Slices of long texts have few texts, so they are taken by van der Corput's sequence (the reversed bits of 0, 1, 2, ...): whenever a run ends early, it has about the same share of the texts as of the work.
     */
    static int[] order(int slices) {
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(1, slices - 1));
        return IntStream.range(0, 1 << bits)
                .map(place -> Integer.reverse(place) >>> (Integer.SIZE - bits))
                .filter(slice -> slice < slices)
                .toArray();
    }

    /** A number that Spark's hash partitioning into {@link #slices} partitions sends to the {@link #order partition} of that slice. */
    int key(int length, long hash) {
        return keys[slice(length, hash)];
    }

    private static int slices(long texts, double work) {
        long wanted =
                Math.max((long) Math.min(WANTED_SLICES, work / LEAST_WORK), (texts + MOST_TEXTS - 1) / MOST_TEXTS);
        return (int) Math.max(1, Math.min(wanted, 100_000));
    }

    private static int[] keys(int slices) {
        int[] keys = new int[slices];
        int[] order = order(slices);
        boolean[] found = new boolean[slices];
        int missing = slices;
        for (int key = 0; missing > 0; key++) {
            int partition = Math.floorMod(Murmur3_x86_32.hashInt(key, SPARK_HASH_SEED), slices);
            if (!found[partition]) {
                found[partition] = true;
                keys[order[partition]] = key;
                missing--;
            }
        }
        return keys;
    }
}
