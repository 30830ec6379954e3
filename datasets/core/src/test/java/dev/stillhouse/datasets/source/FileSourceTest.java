package dev.stillhouse.datasets.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillhouse.udfs.errors.ConfigurationException;
import dev.stillhouse.udfs.errors.DataException;
import dev.stillhouse.udfs.testing.SharedSpark;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSourceTest {
    @TempDir
    Path folder;

    private Sources sources;

    @BeforeEach
    void files() {
        sources = new Sources(folder);
    }

    @Test
    void foldersAreReadToTheBottomWithoutHiddenFiles() {
        sources.write("lake/a.txt", "a");
        sources.write("lake/deep/er/b.txt", "b");
        sources.write("lake/_SUCCESS", "no");
        sources.write("lake/.a.txt.crc", "no");
        sources.write("lake/_tmp/c.txt", "no");
        sources.write("lake/day=1/d.txt", "d");
        assertThat(paths("lake")).containsExactly("a.txt", "day=1/d.txt", "deep/er/b.txt");
        assertThat(paths("lake/*.txt")).containsExactly("a.txt");
        assertThat(paths("lake/{deep,day=1}")).containsExactly("day=1/d.txt", "deep/er/b.txt");
        assertThat(paths("lake/deep/er/b.txt")).containsExactly("b.txt");
        assertThat(paths(folder.resolve("lake/a.txt").toUri().toString())).containsExactly("a.txt");
    }

    @Test
    void whatIsNotThereIsADataErrorAndABadGlobAConfigurationError() {
        sources.write("lake/a.txt", "a");
        for (String missing : List.of("no.txt", "no/*.txt", "lake/*.csv")) {
            assertThatThrownBy(() -> sources.read(Sources.of(SourceKind.TEXT, missing)))
                    .as(missing)
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining(missing)
                    .hasMessageEndingWith("no such file or folder");
        }
        assertThatThrownBy(() -> sources.read(Sources.of(SourceKind.TEXT, "lake/[a.txt")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("must be a glob whose brackets are closed");
        assertThatThrownBy(() -> sources.read(Sources.of(SourceKind.TEXT, "nosuchscheme://host/a.txt")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("nosuchscheme");
    }

    @Test
    void aNameWithWildcardCharactersAndSpacesIsReadAsItIs() {
        sources.write("odd [1]/a b%20{c}.txt", "odd");
        sources.write("odd [1]/x*y.csv", "id,text", "1,odd");
        assertThat(paths("odd [1]")).hasSize(2).contains("a b%20{c}.txt");
        assertThat(Sources.documents(sources.read(Sources.csv("odd [1]/x*y.csv", ",", true))))
                .containsExactly("1|odd|null|x*y.csv|null");
    }

    @Test
    void aFileIsADocumentWithItsLineBreaks() {
        sources.write("t/one.txt", "first", "second");
        sources.write("t/empty.txt", new byte[0]);
        sources.write("t/latin.txt", "caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));
        sources.write("t/zip.txt.gz", Sources.gzip("\uFEFFzipped"));
        SourceRows rows = sources.read(Sources.change(SourceKind.TEXT, "t", Optional.of("path"), Optional.of("'x'")));
        assertThat(Sources.documents(rows))
                .containsExactly("one.txt|first\nsecond\n|x|one.txt|0", "zip.txt.gz|zipped|x|zip.txt.gz|0");
        assertThat(Sources.rejects(rows))
                .containsExactly("empty.txt|0|empty.txt|empty_text", "latin.txt|0|null|invalid_utf8");
    }

    @Test
    void aLineIsADocumentWhereTheTaskSaysSo() {
        sources.write("t.txt", "eins", "", "  ", "\u200b", "zwei");
        SourceRows rows = sources.read(Sources.lines("t.txt"));
        assertThat(rows.documents().select("text", "position").collectAsList().stream()
                        .map(row -> row.mkString("@"))
                        .sorted())
                .containsExactly("eins@0", "zwei@13");
        assertThat(Sources.rejects(rows)).containsExactly("t.txt|9|null|empty_text");
    }

    @Test
    void compressedLinesHavePositionsOfTheUncompressedFile() {
        sources.write("a.jsonl.gz", Sources.gzip("{\"id\": 1, \"text\": \"a\"}\n{\"id\": 2, \"text\": \"b\"}\n"));
        assertThat(Sources.documents(sources.read(Sources.withId(SourceKind.JSONL, "a.jsonl.gz"))))
                .containsExactly("1|a|null|a.jsonl.gz|0", "2|b|null|a.jsonl.gz|23");
    }

    @Test
    void aCompressedFileThatBreaksOffFailsByNameAndReadsNothing() {
        String lines = String.join(
                "\n",
                IntStream.range(0, 5_000)
                        .mapToObj(
                                i -> "{\"id\": " + i + ", \"text\": \"secret " + Integer.toHexString(i * 7919) + "\"}")
                        .toList());
        byte[] whole = Sources.gzip(lines);
        sources.write("cut.jsonl.gz", Arrays.copyOf(whole, whole.length / 2));
        sources.write("no.txt.gz", "secret, and no archive".getBytes(StandardCharsets.UTF_8));
        assertDamaged(
                () -> sources.read(Sources.withId(SourceKind.JSONL, "cut.jsonl.gz"))
                        .documents()
                        .count(),
                "cut.jsonl.gz");
        assertDamaged(() -> sources.read(Sources.lines("no.txt.gz")).documents().count(), "no.txt.gz");
        assertDamaged(
                () -> sources.read(Sources.of(SourceKind.TEXT, "no.txt.gz"))
                        .documents()
                        .count(),
                "no.txt.gz");
    }

    private static void assertDamaged(org.assertj.core.api.ThrowableAssert.ThrowingCallable read, String file) {
        assertThatThrownBy(read).satisfies(failure -> assertThat(causes(failure).stream()
                        .filter(DataException.class::isInstance)
                        .map(Throwable::getMessage))
                .singleElement()
                .asString()
                .contains(file, "damaged or breaks off")
                .doesNotContain("secret"));
    }

    private static List<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).toList();
    }

    @Test
    void parquetRowsHaveRowNumbersAndColumnsOfAllFiles() {
        SparkSession spark = SharedSpark.session();
        String lake = folder.resolve("lake").toUri().toString();
        spark.sql("SELECT 1 AS id, 'a' AS text UNION ALL SELECT 2, 'b'")
                .coalesce(1)
                .sortWithinPartitions("id")
                .write()
                .parquet(lake + "/day=2024-01-01");
        spark.sql("SELECT 3 AS id, 'c' AS text, 'x' AS topic")
                .coalesce(1)
                .write()
                .parquet(lake + "/day=2024-01-02");
        SourceConfig source = Sources.change(SourceKind.PARQUET, "lake", Optional.of("id"), Optional.of("topic"));
        assertThat(sources
                        .read(source)
                        .documents()
                        .orderBy("id")
                        .select("id", "text", "label", "position")
                        .collectAsList()
                        .stream()
                        .map(row -> row.mkString("|")))
                .containsExactly("1|a|null|0", "2|b|null|1", "3|c|x|0");
        SourceRows selected = sources.read(Sources.where(source, "day = '2024-01-02'"));
        assertThat(selected.documents().select("path").first().getString(0))
                .startsWith("day=2024-01-02/part-")
                .endsWith(".parquet");
        assertThat(selected.documents().count()).isEqualTo(1);
    }

    @Test
    void parquetTextThatIsNoStringIsCastAndBytesAreChecked() {
        SharedSpark.session()
                .sql(
                        "SELECT 1 AS id, unhex('61') AS text UNION ALL SELECT 2, unhex('ff') UNION ALL SELECT 3, unhex('20')")
                .coalesce(1)
                .write()
                .parquet(folder.resolve("b").toUri().toString());
        SourceRows rows = sources.read(Sources.withId(SourceKind.PARQUET, "b"));
        assertThat(Sources.texts(rows)).containsExactly("1|a");
        assertThat(rows.rejects().orderBy("id").select("id", "reason").collectAsList().stream()
                        .map(row -> row.mkString("|")))
                .containsExactly("2|invalid_utf8", "3|empty_text");
        assertThat(Sources.texts(sources.read(Sources.text(Sources.withId(SourceKind.PARQUET, "b"), "id + 0.5"))))
                .containsExactly("1|1.5", "2|2.5", "3|3.5");
    }

    @Test
    void whatIsNoParquetFailsByName() {
        sources.write("p/a.parquet", "no parquet");
        sources.write("q/a.parquet", new byte[0]);
        assertThatThrownBy(() -> sources.read(Sources.withId(SourceKind.PARQUET, "p")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("a.parquet")
                .hasMessageContaining("no Parquet file");
        assertThatThrownBy(() -> sources.read(Sources.withId(SourceKind.PARQUET, "q")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("a.parquet");
    }

    @Test
    void parquetFilesWhoseTypesDoNotGoTogetherAreADataError() {
        SparkSession spark = SharedSpark.session();
        spark.sql("SELECT 1 AS id, 'a' AS text")
                .write()
                .parquet(folder.resolve("m/1").toUri().toString());
        spark.sql("SELECT 'x' AS id, 'b' AS text")
                .write()
                .parquet(folder.resolve("m/2").toUri().toString());
        assertThatThrownBy(() -> sources.read(Sources.withId(SourceKind.PARQUET, "m")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("CANNOT_MERGE_SCHEMAS");
    }

    @Test
    void anEmptyFolderHasNoDocuments() {
        folder.resolve("none").toFile().mkdir();
        for (SourceKind kind : List.of(SourceKind.JSONL, SourceKind.CSV, SourceKind.PARQUET, SourceKind.TEXT)) {
            SourceRows rows = sources.read(Sources.withId(kind, "none"));
            assertThat(rows.documents().count() + rows.rejects().count()).isZero();
        }
    }

    @Test
    void manySmallFilesAreFewTasksAndALargeOneIsMany() {
        SparkSession spark = SharedSpark.session();
        List<SourceFiles.InputFile> small = IntStream.range(0, 1_000)
                .mapToObj(i -> new SourceFiles.InputFile(new org.apache.hadoop.fs.Path("/f" + i), "f" + i, 100, ""))
                .toList();
        assertThat(new ChunkPlan(spark, 100_000, 1_000).pack(small, false)).hasSizeLessThan(50);
        SourceFiles.InputFile large = new SourceFiles.InputFile(new org.apache.hadoop.fs.Path("/l"), "l", 1L << 30, "");
        assertThat(new ChunkPlan(spark, 1L << 30, 1)
                        .pack(List.of(large), false).stream()
                                .flatMap(List::stream)
                                .mapToLong(FileChunk::length)
                                .sum())
                .isEqualTo(1L << 30);
        assertThat(new ChunkPlan(spark, 1L << 30, 1).pack(List.of(large), false))
                .hasSizeGreaterThan(4);
        assertThat(new ChunkPlan(spark, 1L << 30, 1).pack(List.of(large), true)).hasSize(1);
    }

    @Test
    void chunksReadEveryLineOnceWhereverTheFileIsCut() {
        String[] lines = IntStream.range(0, 40)
                .mapToObj(i -> "line " + "x".repeat(i % 7) + i)
                .toArray(String[]::new);
        sources.write("t.txt", lines);
        String path = folder.resolve("t.txt").toUri().toString();
        long length = folder.resolve("t.txt").toFile().length();
        for (long cut = 1; cut < length; cut++) {
            FileChunk left = new FileChunk(path, "t.txt", 0, cut);
            FileChunk right = new FileChunk(path, "t.txt", cut, length - cut);
            var rows = new LineFunction(new Configuration(), LineCheck.ANY).call(new ArrayList<>(List.of(right, left)));
            List<String> read = new ArrayList<>();
            rows.forEachRemaining(row -> read.add(row.getString(3)));
            assertThat(read).containsExactlyInAnyOrder(lines);
        }
    }

    private List<String> paths(String path) {
        return sources.read(Sources.of(SourceKind.TEXT, path)).documents().select("path").collectAsList().stream()
                .map(row -> row.getString(0))
                .sorted()
                .toList();
    }
}
