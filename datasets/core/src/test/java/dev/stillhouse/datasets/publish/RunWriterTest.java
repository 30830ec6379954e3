package dev.stillhouse.datasets.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.stillhouse.udfs.errors.DataException;
import dev.stillhouse.udfs.testing.SharedSpark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunWriterTest {
    private static final StructType SCHEMA =
            new StructType().add("id", DataTypes.StringType).add("n", DataTypes.LongType);

    @TempDir
    Path folder;

    @Test
    void aPublishedRunIsServedWithItsRowsAndFiles() {
        publish("run-1", 3, RunWriterTest::ignore);

        PublishedRun current = workspace().current("curate").orElseThrow();

        assertThat(current.manifest().run()).isEqualTo("run-1");
        assertThat(current.rows("numbers")).isEqualTo(3);
        assertThat(current.read(SharedSpark.session(), "numbers", SCHEMA).collectAsList())
                .hasSize(3);
        assertThat(current.file("model/note.txt")).isEqualTo(new byte[] {1, 2, 3});
        assertThat(current.manifest().allFiles())
                .allSatisfy(file -> assertThat(file.md5()).hasSize(32));
    }

    @ParameterizedTest
    @EnumSource(
            value = PublishStep.class,
            names = {"WRITTEN", "CHECKED", "STAGE_WRITTEN", "MANIFEST_WRITTEN"})
    void aRunThatFailsBeforeThePointerLeavesTheLastGoodOneServedAndTheNextOneFinishes(PublishStep failAt) {
        publish("run-1", 3, RunWriterTest::ignore);

        assertThatThrownBy(() -> publish("run-2", 5, failingAt(failAt))).hasMessage("failed at " + failAt);

        assertThat(workspace().current("curate").orElseThrow().manifest().run()).isEqualTo("run-1");
        publish("run-3", 7, RunWriterTest::ignore);
        assertThat(workspace().current("curate").orElseThrow().rows("numbers")).isEqualTo(7);
    }

    @Test
    void aRunThatFailsAfterThePointerIsServed() {
        assertThatThrownBy(() -> publish("run-1", 3, failingAt(PublishStep.POINTED)))
                .hasMessage("failed at POINTED");

        assertThat(workspace().current("curate").orElseThrow().rows("numbers")).isEqualTo(3);
    }

    @Test
    void aRunWithoutManifestDoesNotExist() {
        assertThatThrownBy(() -> publish("run-1", 3, failingAt(PublishStep.STAGE_WRITTEN)))
                .isInstanceOf(IllegalStateException.class);

        assertThat(workspace().current("curate")).isEmpty();
        assertThat(workspace().find("curate", "run-1")).isEmpty();
        assertThat(workspace().runs("curate")).containsExactly("run-1");
    }

    @Test
    void anExistingRunIsNeverWrittenTo() {
        publish("run-1", 3, RunWriterTest::ignore);

        assertThatThrownBy(() -> publish("run-1", 4, RunWriterTest::ignore)).hasMessageContaining("already exists");
    }

    @Test
    void aDamagedFileIsNoticedBeforeItIsRead() throws Exception {
        publish("run-1", 3, RunWriterTest::ignore);
        try (var files = Files.list(folder.resolve("curate/runs/run-1/numbers"))) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".parquet")).toList()) {
                Files.write(file, new byte[] {0});
            }
        }

        assertThatThrownBy(() ->
                        workspace().current("curate").orElseThrow().read(SharedSpark.session(), "numbers", SCHEMA))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("found 1 bytes");
    }

    @Test
    void aPointerToNothingSaysWhatToDo() throws Exception {
        Files.createDirectories(folder.resolve("curate"));
        Files.writeString(folder.resolve("curate/CURRENT"), "run-9\n");

        assertThatThrownBy(() -> workspace().current("curate"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("run-9")
                .hasMessageContaining("run the stage again");
    }

    @Test
    void aPointerThatLeavesTheRunsIsToNothing() throws Exception {
        publish("run-1", 3, RunWriterTest::ignore);
        Files.move(folder.resolve("curate/runs/run-1"), folder.resolve("curate/elsewhere"));
        Files.writeString(folder.resolve("curate/CURRENT"), "../elsewhere\n");

        assertThatThrownBy(() -> workspace().current("curate"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("../elsewhere");
        Files.copy(folder.resolve("curate/elsewhere/manifest.json"), folder.resolve("curate/manifest.json"));
        Files.copy(folder.resolve("curate/elsewhere/manifest.json"), folder.resolve("curate/runs/manifest.json"));
        assertThat(workspace().find("curate", "../elsewhere")).isEmpty();
        assertThat(workspace().find("curate", "..")).isEmpty();
        assertThat(workspace().find("curate", "")).isEmpty();
    }

    @Test
    void anUnreadableManifestIsADataError() throws Exception {
        publish("run-1", 3, RunWriterTest::ignore);
        Files.writeString(folder.resolve("curate/runs/run-1/manifest.json"), "{\"stage\":");

        assertThatThrownBy(() -> workspace().current("curate"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("not a manifest");
    }

    @Test
    void aColumnOfAnotherTypeIsNotPublished() {
        RunWriter writer = new RunWriter(workspace(), "curate", "run-1", RunWriterTest::ignore);
        StructType declared = new StructType().add("id", DataTypes.StringType).add("n", DataTypes.StringType);

        assertThatThrownBy(() -> writer.write("numbers", numbers(2), declared, 1))
                .hasMessageContaining("column n is bigint (must be string)");
    }

    @Test
    void aFullTargetSaysWhichPathAndKeepsTheLastGoodRun() {
        publish("run-1", 3, RunWriterTest::ignore);
        Configuration configuration = FullFileSystem.configuration();
        Workspace full = new Workspace(new org.apache.hadoop.fs.Path("full:" + folder), configuration);

        assertThatThrownBy(() -> new RunWriter(full, "curate", "run-2", RunWriterTest::ignore)
                        .write("model/note.txt", new byte[] {1}))
                .hasMessageStartingWith("Cannot write full:")
                .hasMessageContaining("No space left on device");

        assertThat(full.current("curate").orElseThrow().manifest().run()).isEqualTo("run-1");
    }

    private Workspace workspace() {
        return new Workspace(new org.apache.hadoop.fs.Path(folder.toUri()), new Configuration());
    }

    private void publish(String run, int rows, Consumer<PublishStep> observer) {
        RunWriter writer = new RunWriter(workspace(), "curate", run, observer);
        writer.write("numbers", numbers(rows), SCHEMA, 1);
        writer.write("model/note.txt", new byte[] {1, 2, 3});
        writer.publish(
                new byte[] {'{', '}'},
                "fingerprint-of-" + run,
                "2026-01-01T00:00:00Z",
                JsonNodeFactory.instance.objectNode());
    }

    private static Dataset<Row> numbers(int rows) {
        List<Row> values = LongStream.range(0, rows)
                .mapToObj(n -> RowFactory.create("id" + n, n))
                .toList();
        return SharedSpark.session().createDataFrame(values, SCHEMA);
    }

    private static void ignore(PublishStep step) {}

    private static Consumer<PublishStep> failingAt(PublishStep failAt) {
        return step -> {
            if (step == failAt) {
                throw new IllegalStateException("failed at " + step);
            }
        };
    }
}
