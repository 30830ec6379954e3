package dev.stillhouse.student;

import static org.apache.spark.sql.functions.col;
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
    private static final StructType SCHEMA = new StructType()
            .add(WORD, DataTypes.BooleanType, false)
            .add(NGRAM, DataTypes.StringType, false)
            .add(DOCUMENTS, DataTypes.LongType, false);

    /** Counts over texts, and drops n-grams that stand in fewer than {@code minDocuments}: what is left must fit the driver's memory. */
    static DocumentFrequencies count(Dataset<Row> rows, FeatureSpec features, int minDocuments) {
        List<Row> counts = rows.select(Curated.TEXT)
                .mapPartitions(new Counter(features), Encoders.row(SCHEMA))
                .groupBy(WORD, NGRAM)
                .agg(sum(DOCUMENTS).as(DOCUMENTS))
                .where(col(DOCUMENTS).geq(minDocuments))
                .collectAsList();
        DocumentFrequencies frequencies = new DocumentFrequencies(new HashMap<>(), new HashMap<>());
        counts.forEach(row -> (row.getBoolean(0) ? frequencies.words : frequencies.characters)
                .put(row.getString(1), Math.toIntExact(row.getLong(2))));
        return frequencies;
    }

    /** Counts inside a partition first, a bounded number of n-grams at a time. */
    private record Counter(FeatureSpec features) implements MapPartitionsFunction<Row, Row> {
        private static final long serialVersionUID = 1L;
        private static final int MOST_NGRAMS = 500_000;

        @Override
        public Iterator<Row> call(Iterator<Row> rows) {
            FeatureExtractor extractor = new FeatureExtractor(features);
            return new Iterator<>() {
                private Iterator<Row> ready = List.<Row>of().iterator();

                @Override
                public boolean hasNext() {
                    while (!ready.hasNext() && rows.hasNext()) {
                        ready = block(extractor, rows).iterator();
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

        private List<Row> block(FeatureExtractor extractor, Iterator<Row> rows) {
            Map<String, Long> words = new HashMap<>();
            Map<String, Long> characters = new HashMap<>();
            while (rows.hasNext() && words.size() + characters.size() < MOST_NGRAMS) {
                String text = rows.next().getString(0);
                add(words, hit -> extractor.words(text, hit));
                if (features.hasCharacters()) {
                    add(characters, hit -> extractor.characters(text, hit));
                }
            }
            List<Row> counted = new ArrayList<>(words.size() + characters.size());
            words.forEach((ngram, documents) -> counted.add(RowFactory.create(true, ngram, documents)));
            characters.forEach((ngram, documents) -> counted.add(RowFactory.create(false, ngram, documents)));
            return counted;
        }

        private static void add(Map<String, Long> counts, Consumer<Consumer<String>> ngrams) {
            Set<String> distinct = new HashSet<>();
            ngrams.accept(distinct::add);
            distinct.forEach(ngram -> counts.merge(ngram, 1L, Long::sum));
        }
    }
}
