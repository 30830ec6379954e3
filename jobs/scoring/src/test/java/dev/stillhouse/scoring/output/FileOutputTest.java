package dev.stillhouse.scoring.output;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillhouse.udfs.errors.ConfigurationException;
import dev.stillhouse.udfs.testing.SharedSpark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileOutputTest {
    private static final String FIRST = "20260101T000000Z-0123abcd-00aa";
    private static final String SECOND = "20260102T000000Z-0123abcd-00bb";
    private static final StructType SCHEMA = new StructType()
            .add("id", DataTypes.StringType)
            .add("source", DataTypes.StringType)
            .add("label", DataTypes.StringType)
            .add("probability", DataTypes.FloatType);

    private final SparkSession spark = SharedSpark.session();

    @TempDir
    Path folder;

    private Path lake = Path.of("");

    @BeforeEach
    void aFolderThatIsNotThere() {
        lake = folder.resolve("lake");
    }

    @Test
    void whatIsAddedIsThereOnceHoweverOftenItIsDelivered() {
        OutputConfig config = config("parquet", OutputConfig.Mode.APPEND, List.of(), 1000);

        output(config).deliver(rows("a", "b", "c"), FIRST);
        output(config).deliver(rows("a", "b", "c"), FIRST);
        output(config).deliver(rows("d"), SECOND);

        assertThat(ids()).containsExactly("a", "b", "c", "d");
        assertThat(output(config).runs()).containsExactly(FIRST, SECOND);
        assertThat(beside()).containsExactly("lake");
    }

    @Test
    void replacingTakesThePartitionsThatTheRunHasRowsOfAndNoOthers() {
        OutputConfig config = config("jsonl", OutputConfig.Mode.REPLACE, List.of("label"), 1000);
        output(config).deliver(rows("a1", "a2", "b1", "b2", "c/1"), FIRST);

        output(config).deliver(rows("a3", "d: 1"), SECOND);

        assertThat(ids()).containsExactly("a3", "b1", "b2", "c/1", "d: 1");
        assertThat(read().select("id", "label", "probability").columns()).hasSize(3);
        assertThat(output(config).runs()).containsExactly(FIRST, SECOND);
    }

    @ParameterizedTest
    @ValueSource(strings = {".env", "_keep", "empty/", "deep/er/.hidden"})
    void whatOthersHavePutThereIsNotReplacedHoweverItIsCalled(String other) throws Exception {
        OutputConfig config = config("parquet", OutputConfig.Mode.REPLACE, List.of(), 1000);
        output(config).deliver(rows("a"), FIRST);
        FileOutput looked = output(config);
        Path theirs = lake.resolve(other);
        Files.createDirectories(other.endsWith("/") ? theirs : theirs.getParent());
        if (!other.endsWith("/")) {
            Files.writeString(theirs, "theirs");
        }

        assertThatThrownBy(() -> output(config)).hasMessageContaining("must hold nothing but");
        assertThatThrownBy(() -> looked.deliver(rows("b"), SECOND)).hasMessageContaining("must hold nothing but");

        assertThat(theirs).exists();
        assertThat(ids()).containsExactly("a");
    }

    @Test
    void aFolderKeepsItsPermissionsAndLongValuesAreToldBeforeAnythingIsWritten() throws Exception {
        Files.createDirectories(lake);
        Files.setPosixFilePermissions(lake, PosixFilePermissions.fromString("rwx------"));
        output(config("parquet", OutputConfig.Mode.REPLACE, List.of(), 1000)).deliver(rows("a"), FIRST);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(lake)))
                .isEqualTo("rwx------");

        OutputConfig partitioned = config("parquet", OutputConfig.Mode.REPLACE, List.of("label"), 1000);
        lake = folder.resolve("other");
        assertThatThrownBy(() -> output(partitioned).deliver(rows("l".repeat(300)), SECOND))
                .hasMessageContaining("Cannot partition by label: it has values of")
                .hasMessageNotContaining("lll");
        assertThatThrownBy(() -> output(partitioned).deliver(rows("\0"), SECOND))
                .hasMessageContaining("Cannot partition by label: it has values with U+0000");
        assertThat(lake).doesNotExist();
    }

    @Test
    void replacingWithoutPartitionsTakesAll() {
        OutputConfig config = config("parquet", OutputConfig.Mode.REPLACE, List.of(), 1000);
        output(config).deliver(rows("a", "b"), FIRST);

        output(config).deliver(rows("c"), SECOND);

        assertThat(ids()).containsExactly("c");
        output(config).deliver(rows(), "20260103T000000Z-0123abcd-00cc");
        assertThat(ids()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(OutputConfig.Mode.class)
    void aDeliveryThatIsEndedAtAnyStepIsFinishedOrBegunAnewByTheNext(OutputConfig.Mode mode) {
        for (List<String> partitions : List.of(List.<String>of(), List.of("label"))) {
            for (DeliveryStep step : DeliveryStep.values()) {
                lake = folder.resolve(mode + "-" + partitions.size() + "-" + step);
                OutputConfig config = config("parquet", mode, partitions, 1000);
                output(config).deliver(rows("a1", "b1", "c1"), FIRST);

                boolean ended = isEnded(config, step, rows("a2", "b2"), SECOND);
                output(config).deliver(rows("a2", "b2"), SECOND);
                output(config).deliver(rows("a2", "b2"), SECOND);

                String[] expected = mode == OutputConfig.Mode.APPEND
                        ? new String[] {"a1", "a2", "b1", "b2", "c1"}
                        : partitions.isEmpty() ? new String[] {"a2", "b2"} : new String[] {"a2", "b2", "c1"};
                assertThat(ids())
                        .as("%s %s %s %s", mode, partitions, step, ended)
                        .containsExactly(expected);
                assertThat(beside()).noneMatch(name -> name.startsWith("."));
            }
        }
    }

    @Test
    void theNextRunFinishesWhatAnEarlierOneHadDecided() {
        OutputConfig config = config("parquet", OutputConfig.Mode.APPEND, List.of("label"), 1000);
        assertThat(isEnded(config, DeliveryStep.MOVED, rows("a1", "b1", "c1"), FIRST))
                .isTrue();

        assertThat(output(config).runs()).containsExactly(FIRST);
        assertThat(ids()).containsExactly("a1", "b1", "c1");
        output(config).deliver(rows("a2"), SECOND);

        assertThat(ids()).containsExactly("a1", "a2", "b1", "c1");
    }

    @Test
    void whatAnEndedProcessHadNotDecidedIsThrownAway() throws Exception {
        OutputConfig config = config("parquet", OutputConfig.Mode.APPEND, List.of(), 1000);
        Path half = Files.createDirectories(folder.resolve(".lake.stillhouse-me/" + FIRST + "/new"));
        Files.writeString(half.resolve("part-" + FIRST + "-00000.parquet"), "half a file");

        output(config).deliver(rows("a"), SECOND);

        assertThat(ids()).containsExactly("a");
        assertThat(beside()).containsExactly("lake");
    }

    @Test
    void whatCannotBeWrittenLeavesTheLastGoodOutputAndNothingBesideIt() {
        OutputConfig config = config("parquet", OutputConfig.Mode.REPLACE, List.of(), 1000);
        output(config).deliver(rows("a", "b"), FIRST);
        Dataset<Row> brokenDF = rows("c").withColumn("label", expr("if(id = 'c', raise_error('disk full'), id)"));

        assertThatThrownBy(() -> output(config).deliver(brokenDF, SECOND)).isInstanceOf(Exception.class);

        assertThat(ids()).containsExactly("a", "b");
        assertThat(beside()).containsExactly("lake");
    }

    @Test
    void whoeverReadsWhileTheWholeIsReplacedSeesTheOldOrTheNewAndNeverBoth() {
        OutputConfig config = config("parquet", OutputConfig.Mode.REPLACE, List.of(), 2);
        output(config).deliver(rows("a", "b", "c", "d", "e"), FIRST);
        List<List<String>> seen = new ArrayList<>();

        output(config, step -> seen.add(Files.exists(lake) ? ids() : List.of())).deliver(rows("v", "w", "x"), SECOND);

        assertThat(seen)
                .containsExactly(
                        List.of("a", "b", "c", "d", "e"),
                        List.of("a", "b", "c", "d", "e"),
                        List.of(),
                        List.of("v", "w", "x"));
    }

    @Test
    void filesHaveSoManyRowsAtMostAndThereAreNoMoreThanItTakes() {
        String[] ids = IntStream.range(0, 1000)
                .mapToObj(i -> (i % 10 < 9 ? "a" : "b") + i)
                .toArray(String[]::new);
        OutputConfig config = config("parquet", OutputConfig.Mode.APPEND, List.of("label"), 300);

        output(config).deliver(rows(ids).repartition(16), FIRST);

        List<Row> files = spark.read()
                .parquet(lake.toString())
                .groupBy("_metadata.file_name", "label")
                .count()
                .collectAsList();
        assertThat(files).allMatch(file -> file.getLong(2) <= 300);
        assertThat(files.stream().filter(file -> file.getString(1).equals("a"))).hasSizeBetween(3, 6);
        assertThat(files.stream().filter(file -> file.getString(1).equals("b"))).hasSize(1);

        lake = folder.resolve("flat");
        output(config("jsonl", OutputConfig.Mode.APPEND, List.of(), 1000)).deliver(rows("a", "b"), FIRST);
        assertThat(lake.resolve("part-" + FIRST + "-00000.jsonl")).exists();
    }

    @Test
    void whatWasNotDeliveredIsNotReplaced() throws Exception {
        Files.createDirectories(lake);
        Files.writeString(lake.resolve("notes.txt"), "mine");

        assertThatThrownBy(() -> output(config("parquet", OutputConfig.Mode.REPLACE, List.of(), 10)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("must hold nothing but what was delivered there")
                .hasMessageContaining("notes.txt");
        output(config("parquet", OutputConfig.Mode.APPEND, List.of(), 10)).deliver(rows("a"), FIRST);
        assertThat(lake.resolve("notes.txt")).hasContent("mine");
    }

    @Test
    void aFileIsNoFolder() throws Exception {
        Files.writeString(lake, "a file");
        assertThatThrownBy(() -> output(config("parquet", OutputConfig.Mode.APPEND, List.of(), 10)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("must be a folder");
    }

    private boolean isEnded(OutputConfig config, DeliveryStep step, Dataset<Row> rowsDF, String run) {
        try {
            output(config, at -> {
                        if (at == step) {
                            throw new IllegalStateException("ended");
                        }
                    })
                    .deliver(rowsDF, run);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    private FileOutput output(OutputConfig config) {
        return output(config, step -> {});
    }

    private FileOutput output(OutputConfig config, Consumer<DeliveryStep> observer) {
        OutputSection section = new OutputSection("score", config);
        return new FileOutput(
                section,
                new OutputFolder(
                        section,
                        new org.apache.hadoop.fs.Path(lake.toString()),
                        spark.sessionState().newHadoopConf()),
                "me",
                observer);
    }

    private OutputConfig config(String format, OutputConfig.Mode mode, List<String> partitionBy, int rowsPerFile) {
        return new OutputConfig(
                format.equals("jsonl") ? OutputConfig.Format.JSONL : OutputConfig.Format.PARQUET,
                Optional.of(lake.toString()),
                Optional.empty(),
                mode,
                partitionBy,
                rowsPerFile);
    }

    /** A row for each id, labelled by its first letter, and by what else no folder may be called. */
    private Dataset<Row> rows(String... ids) {
        return spark.createDataFrame(
                Stream.of(ids)
                        .map(id -> RowFactory.create(id, "s", id.replaceAll("[0-9]+$", ""), 0.5f))
                        .toList(),
                SCHEMA);
    }

    private Dataset<Row> read() {
        boolean isJson = files().anyMatch(name -> name.endsWith(".jsonl"));
        return isJson
                ? spark.read().json(lake.toString())
                : spark.read().schema(SCHEMA).parquet(lake.toString());
    }

    private List<String> ids() {
        return read().select("id").orderBy("id").collectAsList().stream()
                .map(row -> row.getString(0))
                .toList();
    }

    private Stream<String> files() {
        try (Stream<Path> all = Files.walk(lake)) {
            return all.map(path -> path.getFileName().toString()).toList().stream();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private List<String> beside() {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(path -> path.getFileName().toString())
                    .filter(name -> name.contains("lake") || name.startsWith("."))
                    .sorted()
                    .toList();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
