package dev.stillhouse.scoring.drift;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The documents that come first by a hash of source and id, {@value #MOST} at most, with what is measured of their texts; of the first {@value #MOST_EXCERPTS} the beginning of the text too. The sample of a whole is that of the samples of its parts, whichever way it is cut and however often a part is counted: so it can be taken in passing, and is the same for any partitioning. Most texts of a large part are passed over by their hash alone.
 *
 * <p>Not safe for use by several threads; serialisable.
 */
public final class DocumentSample implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Documents of a sample. */
    public static final int MOST = 5_000;

    /** Documents of which the beginning is kept. */
    public static final int MOST_EXCERPTS = 200;

    private transient NavigableMap<Long, Measured> measured = new TreeMap<>();
    private transient NavigableMap<Long, String> excerpts = new TreeMap<>();

    /**
     * What is measured of a document.
     *
     * @param chars code points of its text
     * @param unseenShare share of its words that the student's vocabulary lacks; not a number where it has none
     */
    public record Measured(int chars, float unseenShare) {}

    /** Whether a document with that hash would be in the sample as it is now. */
    boolean takes(long hash) {
        return isAmongFirst(measured, hash, MOST);
    }

    /** Whether the beginning of its text would be kept. */
    boolean takesExcerpt(long hash) {
        return isAmongFirst(excerpts, hash, MOST_EXCERPTS);
    }

    private static boolean isAmongFirst(NavigableMap<Long, ?> taken, long hash, int most) {
        return taken.size() < most || hash <= taken.lastKey();
    }

    /**
     * Adds a document.
     *
     * @param excerpt the beginning of its text; null where it is not kept
     */
    void add(long hash, Measured document, @Nullable String excerpt) {
        put(measured, hash, document, MOST);
        if (excerpt != null) {
            put(excerpts, hash, excerpt, MOST_EXCERPTS);
        }
    }

    private static <T> void put(NavigableMap<Long, T> taken, long hash, T value, int most) {
        taken.put(hash, value);
        if (taken.size() > most) {
            taken.pollLastEntry();
        }
    }

    /** Adds another sample's documents. */
    void addAll(DocumentSample other) {
        other.measured.forEach((hash, document) -> put(measured, hash, document, MOST));
        other.excerpts.forEach((hash, excerpt) -> put(excerpts, hash, excerpt, MOST_EXCERPTS));
    }

    /** How many there are. */
    public int size() {
        return measured.size();
    }

    /** Lengths in code points. */
    public double[] lengths() {
        return measured.values().stream().mapToDouble(Measured::chars).toArray();
    }

    /** Shares of unseen words; empty where the student has no vocabulary of words. */
    public double[] unseenShares() {
        return measured.values().stream()
                .mapToDouble(Measured::unseenShare)
                .filter(share -> !Double.isNaN(share))
                .toArray();
    }

    /** Beginnings of texts by the documents' hash. */
    public SortedMap<Long, String> excerpts() {
        return new TreeMap<>(excerpts);
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        out.writeInt(measured.size());
        for (Map.Entry<Long, Measured> entry : measured.entrySet()) {
            out.writeLong(entry.getKey());
            out.writeInt(entry.getValue().chars());
            out.writeFloat(entry.getValue().unseenShare());
        }
        out.writeInt(excerpts.size());
        for (Map.Entry<Long, String> entry : excerpts.entrySet()) {
            out.writeLong(entry.getKey());
            out.writeUTF(entry.getValue());
        }
    }

    private void readObject(ObjectInputStream in) throws IOException {
        measured = new TreeMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            measured.put(in.readLong(), new Measured(in.readInt(), in.readFloat()));
        }
        excerpts = new TreeMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            excerpts.put(in.readLong(), in.readUTF());
        }
    }
}
