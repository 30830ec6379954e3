package dev.stillhouse.datasets.source;

import dev.stillhouse.datasets.catalogue.Corpus;
import dev.stillhouse.datasets.catalogue.Europarl;
import dev.stillhouse.datasets.catalogue.Wordnet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Corpora of the catalogue as rows, each resource in slices that tasks parse from their own class path. */
final class CatalogueFormat {
    private static final int SLICES = 4;

    private final SparkSession spark;

    CatalogueFormat(SparkSession spark) {
        this.spark = spark;
    }

    /** Rows in the shape of {@link RawRows}. */
    Dataset<Row> read(SourceConfig source) {
        Corpus corpus = corpus(source);
        StructType schema = RawRows.EMPTY;
        for (var field : corpus.columns().fields()) {
            schema = schema.add(field);
        }
        List<String> slices = new ArrayList<>();
        for (String resource : corpus.resources()) {
            for (int i = 0; i < SLICES; i++) {
                slices.add(i + ":" + resource);
            }
        }
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        return spark.createDataFrame(context.parallelize(slices, slices.size()).flatMap(new Entries(corpus)), schema);
    }

    static Corpus corpus(SourceConfig source) {
        return switch (source.source()) {
            case WORDNET -> source.partOfSpeech().map(CatalogueFormat::wordnet).orElseGet(Wordnet::all);
            case EUROPARL -> new Europarl(Set.copyOf(source.languages()));
            case JSONL, PARQUET, CSV, TEXT, DELTA, ICEBERG ->
                throw new IllegalArgumentException(
                        "Invalid source: " + source.source() + " (must be one of the catalogue)");
        };
    }

    /** The source with the columns that are read where the task names none. */
    static SourceConfig withDefaults(SourceConfig source) {
        Optional<String> label = source.source() == SourceKind.WORDNET ? Optional.of("label") : Optional.empty();
        return new SourceConfig(
                source.source(),
                source.name(),
                source.path(),
                source.table(),
                source.id().or(() -> Optional.of("id")),
                source.text(),
                source.label().or(() -> label),
                source.reference(),
                source.keep(),
                source.where(),
                source.sample(),
                source.document(),
                source.separator(),
                source.multiline(),
                source.partOfSpeech(),
                source.languages());
    }

    private static Wordnet wordnet(SourceConfig.PartOfSpeech part) {
        return new Wordnet(Set.of(
                switch (part) {
                    case NOUN -> "noun";
                    case VERB -> "verb";
                    case ADJECTIVE -> "adj";
                    case ADVERB -> "adv";
                }));
    }

    private static final class Entries implements FlatMapFunction<String, Row> {
        private static final long serialVersionUID = 1L;

        private final Corpus corpus;

        Entries(Corpus corpus) {
            this.corpus = corpus;
        }

        @Override
        public Iterator<Row> call(String slice) {
            int index = Integer.parseInt(slice.substring(0, slice.indexOf(':')));
            String resource = slice.substring(slice.indexOf(':') + 1);
            Iterator<Corpus.Entry> entries = corpus.entries(new Corpus.Slice(resource, index, SLICES));
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return entries.hasNext();
                }

                @Override
                public Row next() {
                    return row(entries.next());
                }
            };
        }

        private static Row row(Corpus.Entry entry) {
            List<Object> values = new ArrayList<>(Arrays.asList(entry.path(), entry.position(), null));
            for (int i = 0; i < entry.values().size(); i++) {
                values.add(entry.values().get(i));
            }
            return RowFactory.create(values.toArray());
        }
    }
}
