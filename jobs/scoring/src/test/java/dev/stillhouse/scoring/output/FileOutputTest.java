package dev.stillhouse.scoring.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillhouse.udfs.errors.ConfigurationException;
import dev.stillhouse.udfs.testing.SharedSpark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileOutputTest {
    @TempDir
    Path folder;

    private TinyLake lake = new TinyLake(Path.of(""));

    @BeforeEach
    void aFolderThatIsNotThere() {
        lake = new TinyLake(folder.resolve("lake"));
    }

    @Test
    void whatIsAddedIsThereOnceHoweverOftenItIsDelivered() {
        OutputConfig config = lake.config("parquet", OutputConfig.Mode.APPEND, List.of(), 1000);

        lake.output(config).deliver(lake.rows("a", "b", "c"), TinyLake.FIRST, TinyLake.FREE);
        lake.output(config).deliver(lake.rows("a", "b", "c"), TinyLake.FIRST, TinyLake.FREE);
        lake.output(config).deliver(lake.rows("d"), TinyLake.SECOND, TinyLake.FREE);

        assertThat(lake.ids()).containsExactly("a", "b", "c", "d");
        assertThat(lake.output(config).runs(TinyLake.FREE)).containsExactly(TinyLake.FIRST, TinyLake.SECOND);
        assertThat(lake.beside()).containsExactly("lake");
    }

    @Test
    void replacingTakesThePartitionsThatTheRunHasRowsOfAndNoOthers() {
        OutputConfig config = lake.config("jsonl", OutputConfig.Mode.REPLACE, List.of("label"), 1000);
        lake.output(config).deliver(lake.rows("a1", "a2", "b1", "b2", "c/1"), TinyLake.FIRST, TinyLake.FREE);

        lake.output(config).deliver(lake.rows("a3", "d: 1"), TinyLake.SECOND, TinyLake.FREE);

        assertThat(lake.ids()).containsExactly("a3", "b1", "b2", "c/1", "d: 1");
        assertThat(lake.read().select("id", "label", "probability").columns()).hasSize(3);
        assertThat(lake.output(config).runs(TinyLake.FREE)).containsExactly(TinyLake.FIRST, TinyLake.SECOND);
    }

    @ParameterizedTest
    @ValueSource(strings = {".env", "_keep", "empty/", "deep/er/.hidden"})
    void whatOthersHavePutThereIsNotReplacedHoweverItIsCalled(String other) throws Exception {
        OutputConfig config = lake.config("parquet", OutputConfig.Mode.REPLACE, List.of(), 1000);
        lake.output(config).deliver(lake.rows("a"), TinyLake.FIRST, TinyLake.FREE);
        FileOutput looked = lake.output(config);
        Path theirs = lake.path().resolve(other);
        Files.createDirectories(other.endsWith("/") ? theirs : theirs.getParent());
        if (!other.endsWith("/")) {
            Files.writeString(theirs, "theirs");
        }

        assertThatThrownBy(() -> lake.output(config)).hasMessageContaining("must hold nothing but");
        assertThatThrownBy(() -> looked.deliver(lake.rows("b"), TinyLake.SECOND, TinyLake.FREE))
                .hasMessageContaining("must hold nothing but");

        assertThat(theirs).exists();
        assertThat(lake.ids()).containsExactly("a");
    }

    @Test
    void aFolderKeepsItsPermissionsAndLongValuesAreToldBeforeAnythingIsWritten() throws Exception {
        Files.createDirectories(lake.path());
        Files.setPosixFilePermissions(lake.path(), PosixFilePermissions.fromString("rwx------"));
        lake.output(lake.config("parquet", OutputConfig.Mode.REPLACE, List.of(), 1000))
                .deliver(lake.rows("a"), TinyLake.FIRST, TinyLake.FREE);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(lake.path())))
                .isEqualTo("rwx------");

        OutputConfig partitioned = lake.config("parquet", OutputConfig.Mode.REPLACE, List.of("label"), 1000);
        lake = new TinyLake(folder.resolve("other"));
        assertThatThrownBy(() ->
                        lake.output(partitioned).deliver(lake.rows("l".repeat(300)), TinyLake.SECOND, TinyLake.FREE))
                .hasMessageContaining("Cannot partition by label: it has values of")
                .hasMessageNotContaining("lll");
        assertThatThrownBy(() -> lake.output(partitioned).deliver(lake.rows("\0"), TinyLake.SECOND, TinyLake.FREE))
                .hasMessageContaining("Cannot partition by label: it has values with U+0000");
        assertThat(lake.path()).doesNotExist();
    }

    @Test
    void replacingWithoutPartitionsTakesAll() {
        OutputConfig config = lake.config("parquet", OutputConfig.Mode.REPLACE, List.of(), 1000);
        lake.output(config).deliver(lake.rows("a", "b"), TinyLake.FIRST, TinyLake.FREE);

        lake.output(config).deliver(lake.rows("c"), TinyLake.SECOND, TinyLake.FREE);

        assertThat(lake.ids()).containsExactly("c");
        lake.output(config).deliver(lake.rows(), "20260103T000000Z-0123abcd-00cc", TinyLake.FREE);
        assertThat(lake.ids()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(OutputConfig.Mode.class)
    void noReaderIsLeftWithAMixture(OutputConfig.Mode mode) {
        OutputConfig config = lake.config("parquet", mode, List.of("label"), 1000);
        lake.output(config).deliver(lake.rows("a", "b"), TinyLake.FIRST, TinyLake.FREE);

        assertThatThrownBy(() -> lake.output(lake.config("jsonl", mode, List.of("label"), 1000)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("must hold files of one format; it holds label=");
        assertThatThrownBy(() -> lake.output(lake.config("parquet", mode, List.of("source"), 1000)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("must hold files of one partition_by; it holds label=");
        assertThatThrownBy(() -> lake.output(lake.config("parquet", mode, List.of("label", "source"), 1000)))
                .hasMessageContaining("must hold files of one partition_by");
    }

    @Test
    void whatIsReplacedAsAWholeMayBeOfAnotherFormAndIsDelivered() {
        lake.output(lake.config("parquet", OutputConfig.Mode.REPLACE, List.of("label"), 1000))
                .deliver(lake.rows("a", "b"), TinyLake.FIRST, TinyLake.FREE);

        lake.output(lake.config("jsonl", OutputConfig.Mode.REPLACE, List.of(), 1000))
                .deliver(lake.rows("a", "b"), TinyLake.FIRST, TinyLake.FREE);

        assertThat(lake.ids()).containsExactly("a", "b");
        assertThat(lake.files()).noneMatch(name -> name.endsWith("parquet"));
    }

    @Test
    void filesHaveSoManyRowsAtMostAndThereAreNoMoreThanItTakes() {
        String[] ids = IntStream.range(0, 1000)
                .mapToObj(i -> (i % 10 < 9 ? "a" : "b") + i)
                .toArray(String[]::new);
        OutputConfig config = lake.config("parquet", OutputConfig.Mode.APPEND, List.of("label"), 300);

        lake.output(config).deliver(lake.rows(ids).repartition(16), TinyLake.FIRST, TinyLake.FREE);

        List<Row> files = SharedSpark.session()
                .read()
                .parquet(lake.path().toString())
                .groupBy("_metadata.file_name", "label")
                .count()
                .collectAsList();
        assertThat(files).allMatch(file -> file.getLong(2) <= 300);
        assertThat(files.stream().filter(file -> file.getString(1).equals("a"))).hasSizeBetween(3, 6);
        assertThat(files.stream().filter(file -> file.getString(1).equals("b"))).hasSize(1);

        lake = new TinyLake(folder.resolve("flat"));
        lake.output(lake.config("jsonl", OutputConfig.Mode.APPEND, List.of(), 1000))
                .deliver(lake.rows("a", "b"), TinyLake.FIRST, TinyLake.FREE);
        assertThat(lake.path().resolve("part-" + TinyLake.FIRST + "-00000.jsonl"))
                .exists();
    }

    @Test
    void whatWasNotDeliveredIsNotReplaced() throws Exception {
        Files.createDirectories(lake.path());
        Files.writeString(lake.path().resolve("notes.txt"), "mine");

        assertThatThrownBy(() -> lake.output(lake.config("parquet", OutputConfig.Mode.REPLACE, List.of(), 10)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("must hold nothing but what was delivered there")
                .hasMessageContaining("notes.txt");
        lake.output(lake.config("parquet", OutputConfig.Mode.APPEND, List.of(), 10))
                .deliver(lake.rows("a"), TinyLake.FIRST, TinyLake.FREE);
        assertThat(lake.path().resolve("notes.txt")).hasContent("mine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"_delta_log/00000000000000000000.json", "metadata/version-hint.text"})
    void nothingIsAddedToTheFilesOfATable(String of) throws Exception {
        Files.createDirectories(lake.path().resolve(of).getParent());
        Files.writeString(lake.path().resolve(of), "1");

        assertThatThrownBy(() -> lake.output(lake.config("parquet", OutputConfig.Mode.APPEND, List.of(), 10)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("must hold files alone");
    }

    @Test
    void aFileIsNoFolder() throws Exception {
        Files.writeString(lake.path(), "a file");
        assertThatThrownBy(() -> lake.output(lake.config("parquet", OutputConfig.Mode.APPEND, List.of(), 10)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("must be a folder");
    }
}
