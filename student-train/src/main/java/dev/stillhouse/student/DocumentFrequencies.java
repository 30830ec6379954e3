package dev.stillhouse.student;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.sum;

import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.udfs.student.FeatureExtractor;
import dev.stillhouse.udfs.student.FeatureSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.spark.api.java.function.FilterFunction;
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
    private static final StructType SCHEMA = new StructType()
            .add(WORD, DataTypes.BooleanType, false)
            .add(NGRAM, DataTypes.StringType, false)
            .add(DOCUMENTS, DataTypes.LongType, false)
            .add(ORIGINALS, DataTypes.BinaryType, false);

    /** Counts over texts, and drops n-grams that stand in fewer than {@code minDocuments}, near-duplicates counted once ({@link Originals}): what is left must fit the driver's memory. */
    static DocumentFrequencies count(Dataset<Row> rows, FeatureSpec features, int minDocuments) {
        List<Row> counts = rows.select(Curated.TEXT)
                .mapPartitions(new Counter(features), Encoders.row(SCHEMA))
                .groupBy(WORD, NGRAM)
                .agg(sum(DOCUMENTS).as(DOCUMENTS), collect_list(ORIGINALS).as(ORIGINALS))
                .where(col(DOCUMENTS).geq(minDocuments))
                .filter((FilterFunction<Row>) row -> originals(row) >= Math.min(minDocuments, Originals.MOST))
                .drop(ORIGINALS)
                .collectAsList();
        DocumentFrequencies frequencies = new DocumentFrequencies(new HashMap<>(), new HashMap<>());
        counts.forEach(row -> (row.getBoolean(0) ? frequencies.words : frequencies.characters)
                .put(row.getString(1), Math.toIntExact(row.getLong(2))));
        return frequencies;
    }

    private static int originals(Row row) {
        Originals all = new Originals();
        row.<byte[]>getList(3).forEach(all::addAll);
        return all.count();
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
            while (rows.hasNext() && words.size() + characters.size() < MOST_NGRAMS) {
                String text = rows.next().getString(0);
                byte[] sketch = sketcher.sketch(text);
                add(words, sketch, hit -> extractor.words(text, hit));
                if (features.hasCharacters()) {
                    add(characters, sketch, hit -> extractor.characters(text, hit));
                }
            }
            List<Row> counted = new ArrayList<>(words.size() + characters.size());
            words.forEach((ngram, tally) -> counted.add(tally.row(true, ngram)));
            characters.forEach((ngram, tally) -> counted.add(tally.row(false, ngram)));
            return counted;
        }

        private static void add(Map<String, Tally> counts, byte[] sketch, Consumer<Consumer<String>> ngrams) {
            Set<String> distinct = new HashSet<>();
            ngrams.accept(distinct::add);
            distinct.forEach(ngram ->
                    counts.computeIfAbsent(ngram, missing -> new Tally()).add(sketch));
        }
    }

    /** Documents of an n-gram in a block. */
    private static final class Tally {
        private final Originals originals = new Originals();
        private long documents;

        void add(byte[] sketch) {
            documents++;
            originals.add(sketch);
        }

        Row row(boolean word, String ngram) {
            return RowFactory.create(word, ngram, documents, originals.toBytes());
        }
    }
}
