package dev.stillhouse.student;

import static org.apache.spark.sql.functions.col;

import dev.stillhouse.udfs.student.FeatureSpec;
import dev.stillhouse.udfs.student.NgramScan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Finds of n-grams how they are written, and in how many documents they stand, near-duplicates counted once. */
final class NgramOriginals {
    private static final String HASH = "hash";
    private static final String NGRAM = "ngram";
    private static final String ORIGINALS = "originals";
    private static final StructType FOUND =
            new StructType().add(HASH, DataTypes.LongType, false).add(NGRAM, DataTypes.StringType, false);
    private static final StructType SEEN = FOUND.add(ORIGINALS, DataTypes.BinaryType, false);

    private NgramOriginals() {}

    /**
     * The n-grams of some hashes that stand in enough originals.
     *
     * @param textsDF the texts alone
     */
    static Map<Long, String> find(
            Dataset<Row> textsDF, FeatureSpec features, Collection<Long> hashes, int minDocuments) {
        JavaSparkContext spark =
                JavaSparkContext.fromSparkContext(textsDF.sparkSession().sparkContext());
        Broadcast<long[]> wanted = spark.broadcast(
                hashes.stream().mapToLong(Long::longValue).sorted().toArray());
        try {
            Map<Long, String> found = new HashMap<>();
            textsDF.mapPartitions(new Finder(features, wanted), Encoders.row(SEEN))
                    .repartition(col(HASH))
                    .sortWithinPartitions(HASH, NGRAM)
                    .mapPartitions(new Merger(minDocuments), Encoders.row(FOUND))
                    .collectAsList()
                    .forEach(row -> found.put(row.getLong(0), row.getString(1)));
            return found;
        } finally {
            wanted.destroy();
        }
    }

    /** Looks for n-grams in a partition. */
    private record Finder(FeatureSpec features, Broadcast<long[]> wanted) implements MapPartitionsFunction<Row, Row> {
        private static final long serialVersionUID = 1L;

        @Override
        public Iterator<Row> call(Iterator<Row> rows) {
            Seen seen = new Seen(wanted.value(), new NgramScan(features));
            rows.forEachRemaining(row -> seen.add(row.getString(0)));
            return seen.rows();
        }
    }

    /** What was seen of the n-grams that are looked for. */
    private static final class Seen {
        private final long[] hashes;
        private final int[] slots;
        private final @Nullable String[] ngrams;
        private final @Nullable Originals[] originals;
        private final NgramScan scan;
        private final Originals.Sketcher sketcher = new Originals.Sketcher();
        private byte @Nullable [] sketch;

        Seen(long[] hashes, NgramScan scan) {
            this.hashes = hashes;
            this.scan = scan;
            this.ngrams = new String[hashes.length];
            this.originals = new Originals[hashes.length];
            this.slots = new int[Integer.highestOneBit(Math.max(1, hashes.length)) * 4];
            for (int place = 0; place < hashes.length; place++) {
                slots[slot(hashes[place])] = place + 1;
            }
        }

        void add(String text) {
            sketch = null;
            scan.read(text);
            scan.words(
                    (start, end, hash, size) -> add(NgramKind.ofWords(size).hash(hash), new Stretch(text, start, end)));
            scan.characters(
                    (start, end, hash, size) -> add(NgramKind.CHARACTERS.hash(hash), new Stretch(text, start, end)));
        }

        private void add(long hash, Stretch stretch) {
            int place = slots[slot(hash)] - 1;
            if (place < 0) {
                return;
            }
            Originals known = originals[place];
            if (known == null) {
                known = new Originals();
                originals[place] = known;
                ngrams[place] = scan.string(stretch.start(), stretch.end());
            }
            if (!known.areMost()) {
                known.add(sketch(stretch.text()));
            }
        }

        private byte[] sketch(String text) {
            byte[] made = sketch;
            if (made == null) {
                made = sketcher.sketch(text);
                sketch = made;
            }
            return made;
        }

        /** Where the hash stands, or is to stand. */
        private int slot(long hash) {
            int mask = slots.length - 1;
            int slot = (int) (hash >>> 2) & mask;
            while (slots[slot] != 0 && hashes[slots[slot] - 1] != hash) {
                slot = slot + 1 & mask;
            }
            return slot;
        }

        Iterator<Row> rows() {
            return IntStream.range(0, hashes.length)
                    .filter(place -> ngrams[place] != null)
                    .mapToObj(this::row)
                    .iterator();
        }

        private Row row(int place) {
            return RowFactory.create(
                    hashes[place],
                    ngrams[place],
                    Objects.requireNonNull(originals[place]).toBytes());
        }

        private record Stretch(String text, int start, int end) {}
    }

    /** Adds up what was seen of an n-gram, of which one at a time is held, and drops what stands in too few originals. */
    private record Merger(int minDocuments) implements MapPartitionsFunction<Row, Row> {
        private static final long serialVersionUID = 1L;

        @Override
        public Iterator<Row> call(Iterator<Row> sorted) {
            List<Row> kept = new ArrayList<>();
            Originals originals = new Originals();
            Row first = null;
            while (sorted.hasNext()) {
                Row next = sorted.next();
                if (first == null || first.getLong(0) != next.getLong(0)) {
                    keep(first, originals, kept);
                    originals = new Originals();
                    first = next;
                }
                originals.addAll(next.getAs(2));
            }
            keep(first, originals, kept);
            return kept.iterator();
        }

        private void keep(@Nullable Row ngram, Originals originals, List<Row> kept) {
            if (ngram != null && originals.count() >= Math.min(minDocuments, Originals.MOST)) {
                kept.add(RowFactory.create(ngram.getLong(0), ngram.getString(1)));
            }
        }
    }
}
