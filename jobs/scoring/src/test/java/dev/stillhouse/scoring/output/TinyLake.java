package dev.stillhouse.scoring.output;

import dev.stillhouse.udfs.testing.SharedSpark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A folder that scores are delivered to.
 *
 * @param path of the folder
 */
record TinyLake(Path path) {
    /** Runs. */
    static final String FIRST = "20260101T000000Z-0123abcd-00aa";

    static final String SECOND = "20260102T000000Z-0123abcd-00bb";

    /** A guard that lets deliveries go on. */
    static final Runnable FREE = () -> {};

    private static final StructType SCHEMA = new StructType()
            .add("id", DataTypes.StringType)
            .add("source", DataTypes.StringType)
            .add("label", DataTypes.StringType)
            .add("probability", DataTypes.FloatType);

    FileOutput output(OutputConfig config) {
        return output(config, step -> {});
    }

    /** Of another task. */
    FileOutput output(OutputConfig config, String owner) {
        return output(config, owner, step -> {});
    }

    FileOutput output(OutputConfig config, Consumer<DeliveryStep> observer) {
        return output(config, "me", observer);
    }

    private FileOutput output(OutputConfig config, String owner, Consumer<DeliveryStep> observer) {
        OutputSection section = new OutputSection("score", config);
        return new FileOutput(
                section,
                new OutputFolder(
                        section,
                        new org.apache.hadoop.fs.Path(path.toString()),
                        SharedSpark.session().sessionState().newHadoopConf()),
                owner,
                observer);
    }

    OutputConfig config(String format, OutputConfig.Mode mode, List<String> partitionBy, int rowsPerFile) {
        return new OutputConfig(
                format.equals("jsonl") ? OutputConfig.Format.JSONL : OutputConfig.Format.PARQUET,
                Optional.of(path.toString()),
                Optional.empty(),
                mode,
                partitionBy,
                rowsPerFile);
    }

    /** A row for each id, labelled by its first letter, and by what else no folder may be called. */
    Dataset<Row> rows(String... ids) {
        return SharedSpark.session()
                .createDataFrame(
                        Stream.of(ids)
                                .map(id -> RowFactory.create(id, "s", id.replaceAll("[0-9]+$", ""), 0.5f))
                                .toList(),
                        SCHEMA);
    }

    /** What a reader finds. */
    Dataset<Row> read() {
        boolean isJson = files().anyMatch(name -> name.endsWith(".jsonl"));
        return isJson
                ? SharedSpark.session().read().json(path.toString())
                : SharedSpark.session().read().schema(SCHEMA).parquet(path.toString());
    }

    List<String> ids() {
        return read().select("id").orderBy("id").collectAsList().stream()
                .map(row -> row.getString(0))
                .toList();
    }

    /** Names of all files and folders of it. */
    Stream<String> files() {
        try (Stream<Path> all = Files.walk(path)) {
            return all.map(one -> one.getFileName().toString()).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Itself, and what a delivery has left beside it. */
    List<String> beside() {
        try (Stream<Path> all = Files.list(path.getParent())) {
            return all.map(one -> one.getFileName().toString())
                    .filter(name -> name.contains("lake") || name.startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
