package dev.stillhouse.datasets.source;

import dev.stillhouse.datasets.schema.Documents;
import dev.stillhouse.datasets.schema.Rejects;
import dev.stillhouse.udfs.testing.Records;
import dev.stillhouse.udfs.testing.SharedSpark;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Row;

/** A folder of small files and sources over them, for tests. */
record Sources(Path folder) {

    static SourceConfig of(SourceKind kind, String path) {
        return change(kind, path, Optional.empty(), Optional.empty());
    }

    static SourceConfig withId(SourceKind kind, String path) {
        return change(kind, path, Optional.of("id"), Optional.empty());
    }

    static SourceConfig change(SourceKind kind, String path, Optional<String> id, Optional<String> label) {
        return new SourceConfig(
                kind,
                Optional.empty(),
                kind.isFile() ? Optional.of(path) : Optional.empty(),
                Optional.empty(),
                id,
                "text",
                label,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                SourceConfig.DocumentUnit.FILE,
                ",",
                false,
                Optional.empty(),
                List.of());
    }

    static SourceConfig where(SourceConfig s, String predicate) {
        return Records.with(s, "where", Optional.of(predicate));
    }

    static SourceConfig sample(SourceConfig s, SampleConfig sample) {
        return Records.with(s, "sample", Optional.of(sample));
    }

    static SourceConfig rows(SourceConfig s, long rows) {
        return sample(s, new SampleConfig(Optional.of(rows), Optional.empty()));
    }

    static SourceConfig text(SourceConfig s, String text) {
        return Records.with(s, "text", text);
    }

    static SourceConfig part(SourceConfig.PartOfSpeech part) {
        return Records.with(of(SourceKind.WORDNET, ""), "partOfSpeech", Optional.of(part));
    }

    static SourceConfig csv(String path, String separator, boolean multiline) {
        return Records.with(Records.with(withId(SourceKind.CSV, path), "separator", separator), "multiline", multiline);
    }

    static SourceConfig lines(String path) {
        return Records.with(of(SourceKind.TEXT, path), "document", SourceConfig.DocumentUnit.LINE);
    }

    static SourceConfig languages(List<String> languages) {
        return Records.with(of(SourceKind.EUROPARL, ""), "languages", languages);
    }

    SourceReader reader() {
        return new SourceReader(SharedSpark.session(), folder.toUri().toString(), 42);
    }

    SourceRows read(SourceConfig... sources) {
        return reader().read("corpus", List.of(sources));
    }

    /** {@code id|text|label|path|position} of every document, sorted. */
    static List<String> documents(SourceRows rows) {
        return lines(rows.documents()
                .select(Documents.ID, Documents.TEXT, Documents.LABEL, Documents.PATH, Documents.POSITION)
                .collectAsList());
    }

    /** {@code id text} of every document, sorted. */
    static List<String> texts(SourceRows rows) {
        return lines(rows.documents().select(Documents.ID, Documents.TEXT).collectAsList());
    }

    /** {@code path|position|id|reason} of every reject, sorted. */
    static List<String> rejects(SourceRows rows) {
        return lines(rows.rejects()
                .select(Rejects.PATH, Rejects.POSITION, Rejects.ID, Rejects.REASON)
                .collectAsList());
    }

    private static List<String> lines(List<Row> rows) {
        return rows.stream().map(row -> row.mkString("|")).sorted().toList();
    }

    void write(String path, String... lines) {
        write(path, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    void write(String path, byte[] bytes) {
        try {
            Files.createDirectories(folder.resolve(path).getParent());
            Files.write(folder.resolve(path), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream stream = new GZIPOutputStream(bytes)) {
            stream.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
