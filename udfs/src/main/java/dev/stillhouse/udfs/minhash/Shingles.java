package dev.stillhouse.udfs.minhash;

import dev.stillhouse.udfs.text.Composition;
import dev.stillhouse.udfs.text.Hashes;
import dev.stillhouse.udfs.text.TextScan;
import java.util.Arrays;

/**
 * Word shingles of texts (Broder 1997) as 64-bit hashes: every {@code size} consecutive words, in lower case, of the text's form NFC. A text of fewer words has one shingle, all its words; a text without words has none. Two shingles are taken for the same where their hashes are; among a million
 * distinct shingles the chance of any two sharing one is 3e-8.
 *
 * <p>Reusable; not safe for use by several threads.
 */
public final class Shingles {
    private static final int KEPT = 1 << 20;

    private static final byte[] NO_TEXT = {};

    private final int size;
    private final long power;
    private final TextScan composed = new TextScan();
    private long[] hashes = new long[256];
    private int count;

    /** @param size words of a shingle, at least 1 */
    public Shingles(int size) {
        if (size < 1) {
            throw new IllegalArgumentException("Invalid shingle: " + size + " (must be at least 1 word)");
        }
        this.size = size;
        long product = 1;
        for (int i = 0; i < size; i++) {
            product = Hashes.step(0, product);
        }
        this.power = product;
    }

    /** Reads the shingles of a text that was scanned, repeated ones too, in their order. */
    public void read(TextScan scan) {
        TextScan words = scan;
        boolean composes = scan.counts().composable();
        if (composes) {
            byte[] text = Composition.compose(
                    scan.text(), scan.offset(), scan.counts().bytes());
            composed.scan(text);
            words = composed;
        }
        int length = words.words();
        if (hashes.length < length || hashes.length > KEPT) {
            hashes = new long[Math.max(256, length * 3 / 2)];
        }
        count = 0;
        long hash = 0;
        for (int end = 0; end < length; end++) {
            long gone = end >= size ? words.foldedHash(end - size) * power : 0;
            hash = Hashes.step(hash - gone, words.foldedHash(end));
            if (end >= size - 1 || (end == length - 1 && count == 0)) {
                hashes[count++] = Hashes.mix(hash);
            }
        }
        if (composes) {
            composed.scan(NO_TEXT); // lets go of the copy
        }
    }

    /** Shingles read, repeated ones too. */
    public int count() {
        return count;
    }

    /** Hash of a shingle. */
    public long hash(int shingle) {
        return hashes[shingle];
    }

    /** The set of shingles: ascending, each once. */
    public long[] sorted() {
        long[] sorted = Arrays.copyOf(hashes, count);
        Arrays.sort(sorted);
        int distinct = 0;
        for (int i = 0; i < count; i++) {
            if (i == 0 || sorted[i] != sorted[i - 1]) {
                sorted[distinct++] = sorted[i];
            }
        }
        return distinct == count ? sorted : Arrays.copyOf(sorted, distinct);
    }

    /** The shingles in their order, repeated ones too. */
    public long[] sequence() {
        return Arrays.copyOf(hashes, count);
    }
}
