package dev.stillhouse.student;

import static org.apache.spark.sql.functions.col;

import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.udfs.student.FeatureExtractor;
import dev.stillhouse.udfs.student.FeatureSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * In how many documents n-grams stand.
 *
 * @param words by word n-gram
 * @param characters by character n-gram; empty where the features have none
 */
record DocumentFrequencies(Map<String, Integer> words, Map<String, Integer> characters) {
    private static final String WORD = "word";
    private static final String NGRAM = "ngram";
    private static final String DOCUMENTS = "documents";
    private static final String ORIGINALS = "originals";
    private static final StructType MERGED = new StructType()
            .add(WORD, DataTypes.BooleanType, false)
            .add(NGRAM, DataTypes.StringType, false)
            .add(DOCUMENTS, DataTypes.LongType, false);
    private static final StructType COUNTED = MERGED.add(ORIGINALS, DataTypes.BinaryType, false);

    /** Counts over texts, and drops n-grams that stand in fewer than {@code minDocuments}, near-duplicates counted once ({@link Originals}): what is left must fit the driver's memory. */
    static DocumentFrequencies count(Dataset<Row> rows, FeatureSpec features, int minDocuments) {
        List<Row> counts = rows.select(Curated.TEXT)
                .mapPartitions(new Counter(features), Encoders.row(COUNTED))
                .repartition(col(WORD), col(NGRAM))
                .sortWithinPartitions(WORD, NGRAM)
                .mapPartitions(new Merger(minDocuments), Encoders.row(MERGED))
                .collectAsList();
        DocumentFrequencies frequencies = new DocumentFrequencies(new HashMap<>(), new HashMap<>());
        counts.forEach(row -> (row.getBoolean(0) ? frequencies.words : frequencies.characters)
                .put(row.getString(1), Math.toIntExact(row.getLong(2))));
        return frequencies;
    }

    /** Adds up what stands in a row for the same n-gram, of which one at a time is held, and drops what is rare: Spark's own aggregation of objects sorts too, and keeps them all. */
    private record Merger(int minDocuments) implements MapPartitionsFunction<Row, Row> {
        private static final long serialVersionUID = 1L;

        @Override
        public Iterator<Row> call(Iterator<Row> sorted) {
            List<Row> kept = new ArrayList<>();
            Tally tally = new Tally();
            Row last = null;
            while (sorted.hasNext()) {
                Row next = sorted.next();
                if (last != null && !isSame(last, next)) {
                    keep(last, tally, kept);
                    tally = new Tally();
                }
                tally.add(next);
                last = next;
            }
            if (last != null) {
                keep(last, tally, kept);
            }
            return kept.iterator();
        }

        private static boolean isSame(Row one, Row other) {
            return one.getBoolean(0) == other.getBoolean(0) && one.getString(1).equals(other.getString(1));
        }

        private void keep(Row ngram, Tally tally, List<Row> kept) {
            if (tally.documents >= minDocuments && tally.originals.count() >= Math.min(minDocuments, Originals.MOST)) {
                kept.add(RowFactory.create(ngram.getBoolean(0), ngram.getString(1), tally.documents));
            }
        }
    }

    /** Counts inside a partition first, a bounded number of n-grams at a time. */
    private record Counter(FeatureSpec features) implements MapPartitionsFunction<Row, Row> {
        private static final long serialVersionUID = 1L;
        private static final int MOST_NGRAMS = 300_000;

        @Override
        public Iterator<Row> call(Iterator<Row> rows) {
            FeatureExtractor extractor = new FeatureExtractor(features);
            Originals.Sketcher sketcher = new Originals.Sketcher();
            return new Iterator<>() {
                private Iterator<Row> ready = List.<Row>of().iterator();

                @Override
                public boolean hasNext() {
                    while (!ready.hasNext() && rows.hasNext()) {
                        ready = block(extractor, sketcher, rows).iterator();
                    }
                    return ready.hasNext();
                }

                @Override
                public Row next() {
                    if (!hasNext()) {
                        throw new NoSuchElementException();
                    }
                    return ready.next();
                }
            };
        }

        private List<Row> block(FeatureExtractor extractor, Originals.Sketcher sketcher, Iterator<Row> rows) {
            Map<String, Tally> words = new HashMap<>();
            Map<String, Tally> characters = new HashMap<>();
            long document = 0;
            while (rows.hasNext() && words.size() + characters.size() < MOST_NGRAMS) {
                String text = rows.next().getString(0);
                Document one = new Document(++document, sketcher.sketch(text));
                extractor.words(text, ngram -> one.addTo(words, ngram));
                if (features.hasCharacters()) {
                    extractor.characters(text, ngram -> one.addTo(characters, ngram));
                }
            }
            List<Row> counted = new ArrayList<>(words.size() + characters.size());
            words.forEach((ngram, tally) -> counted.add(tally.row(true, ngram)));
            characters.forEach((ngram, tally) -> counted.add(tally.row(false, ngram)));
            return counted;
        }
    }

    /**
     * A document of a block.
     *
     * @param number from 1
     */
    private record Document(long number, byte[] sketch) {
        void addTo(Map<String, Tally> counts, String ngram) {
            counts.computeIfAbsent(ngram, missing -> new Tally()).add(this);
        }
    }

    /** Documents of an n-gram. */
    private static final class Tally {
        private final Originals originals = new Originals();
        private long documents;
        private long last;

        /** Counts a document once, however often the n-gram stands in it. */
        void add(Document document) {
            if (last != document.number()) {
                last = document.number();
                documents++;
                originals.add(document.sketch());
            }
        }

        /** Adds what another tally counted. */
        void add(Row counted) {
            documents += counted.getLong(2);
            originals.addAll(counted.getAs(3));
        }

        Row row(boolean word, String ngram) {
            return RowFactory.create(word, ngram, documents, originals.toBytes());
        }
    }
}
