package dev.stillhouse.student;

import dev.stillhouse.udfs.minhash.MinHasher;
import dev.stillhouse.udfs.minhash.Shingles;
import dev.stillhouse.udfs.text.TextScan;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How many documents an n-gram stands in, near-duplicates counted once, up to {@value #MOST}. Each document has a sketch: the last 8 bits of {@value #PLACES} MinHash values over its 3-word shingles. At each place the distinct values of the n-gram's documents are kept, the smallest {@value #MOST}; near-duplicates have the same value at
 * most places, others at hardly any, so a number of values that a quarter of the places does not reach is not trusted. Which documents came first does not matter.
 *
 * <p>See A. Broder, On the Resemblance and Containment of Documents, 1997; P. Li, A. König, b-Bit Minwise Hashing, WWW 2010.
 */
final class Originals {
    /** Documents from which on none are told apart any more. */
    static final int MOST = 5;

    private static final int PLACES = 16;
    private static final int SHINGLE_WORDS = 3;

    /** Written where every place has as many values as are kept. */
    private static final byte[] FULL = {-1};

    private byte @Nullable [] only;
    private byte @Nullable [] @Nullable [] values;
    private boolean isFull;

    /** Adds a document by its sketch, which is kept as it is and may be shared. */
    void add(byte[] sketch) {
        if (isFull || sketch == only) {
            return;
        }
        if (only == null && values == null) {
            only = sketch;
            return;
        }
        byte[][] sets = sets();
        for (int place = 0; place < PLACES; place++) {
            sets[place] = with(sets[place], sketch[place]);
        }
        noteFull(sets);
    }

    /** Whatever comes to it by then, no place gets more values: frequent n-grams need not be looked at any longer. */
    private void noteFull(byte[][] sets) {
        for (byte[] set : sets) {
            if (set.length < MOST) {
                return;
            }
        }
        isFull = true;
        values = null;
    }

    /** Adds what {@link #toBytes} wrote. */
    void addAll(byte[] written) {
        if (written.length == FULL.length) {
            isFull = true;
            only = null;
            values = null;
        }
        if (written.length == PLACES) {
            add(written);
        }
        if (isFull || written.length <= PLACES) {
            return;
        }
        byte[][] sets = sets();
        int at = 0;
        for (int place = 0; place < PLACES; place++) {
            int count = written[at++];
            for (int i = 0; i < count; i++) {
                sets[place] = with(sets[place], written[at++]);
            }
        }
        noteFull(sets);
    }

    /** A sketch where all documents have the same, of which there are most; else all values by place. */
    byte[] toBytes() {
        if (isFull) {
            return FULL.clone();
        }
        byte[] one = only;
        if (one != null) {
            return one.clone();
        }
        int most = Arrays.stream(sets()).mapToInt(set -> set.length).max().orElse(0);
        if (most <= 1) {
            byte[] sketch = new byte[most * PLACES];
            for (int place = 0; place < sketch.length; place++) {
                sketch[place] = sets()[place][0];
            }
            return sketch;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(2 * PLACES);
        for (byte[] set : sets()) {
            bytes.write(set.length);
            bytes.writeBytes(set);
        }
        return bytes.toByteArray();
    }

    /** Whether there are so many documents that others would change nothing. */
    boolean areMost() {
        return isFull;
    }

    /** Documents, near-duplicates counted once; {@value #MOST} stands for as many or more. */
    int count() {
        if (isFull || only != null) {
            return isFull ? MOST : 1;
        }
        int[] sizes = Arrays.stream(sets()).mapToInt(set -> set.length).sorted().toArray();
        return sizes[PLACES / 4];
    }

    private byte[][] sets() {
        byte[][] sets = values;
        if (sets == null) {
            byte[] first = only;
            sets = new byte[PLACES][];
            for (int place = 0; place < PLACES; place++) {
                sets[place] = first == null ? new byte[0] : new byte[] {first[place]};
            }
            values = sets;
            only = null;
        }
        return sets;
    }

    private static byte[] with(byte[] set, byte value) {
        int place = Arrays.binarySearch(set, value);
        int before = -place - 1;
        if (place >= 0 || before >= MOST) {
            return set;
        }
        byte[] larger = new byte[Math.min(MOST, set.length + 1)];
        System.arraycopy(set, 0, larger, 0, before);
        larger[before] = value;
        System.arraycopy(set, before, larger, before + 1, larger.length - before - 1);
        return larger;
    }

    /** Makes sketches; not safe for use by several threads. */
    static final class Sketcher {
        private final MinHasher hasher = new MinHasher(PLACES);
        private final Shingles shingles = new Shingles(SHINGLE_WORDS);
        private final TextScan scan = new TextScan();

        byte[] sketch(String text) {
            scan.scan(text.getBytes(StandardCharsets.UTF_8));
            shingles.read(scan);
            int[] signature = hasher.signature(shingles);
            byte[] sketch = new byte[PLACES];
            for (int place = 0; place < PLACES; place++) {
                sketch[place] = (byte) signature[place];
            }
            return sketch;
        }
    }
}
