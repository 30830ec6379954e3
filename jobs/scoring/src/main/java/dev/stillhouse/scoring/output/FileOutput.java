package dev.stillhouse.scoring.output;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.octet_length;
import static org.apache.spark.sql.functions.regexp_replace;

import dev.stillhouse.udfs.errors.ConfigurationException;
import dev.stillhouse.udfs.errors.DataException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files in a folder, those of a run named by it. They are written to a hidden folder beside the output first, and go in by renames once all are there: files one by one where they are added, partitions or the whole as folders where they replace. A delivery that was ended before is thrown away if not all its files were there, else finished.
 */
public final class FileOutput implements Output {
    private static final Logger LOG = LoggerFactory.getLogger(FileOutput.class);

    /** What tables of Delta Lake and Iceberg have, whose files nobody else adds to. */
    private static final List<String> TABLES = List.of("_delta_log", "metadata/version-hint.text");

    /** Bytes of a name that every file system takes. */
    private static final int MOST_NAME = 255;

    /** All but the characters that Spark writes as three. */
    private static final String ESCAPED = "[^\\x00-\\x1f\"#%'*/:=?\\\\{\\[\\]^\\x7f]";

    private final OutputSection section;
    private final OutputConfig config;
    private final OutputFolder folder;
    private final DeliveredFiles delivered;
    private final Path stagingRoot;
    private final Consumer<DeliveryStep> observer;

    /**
     * Looks at what is there.
     *
     * @param path the output's folder
     * @param owner letters and digits that tell the tasks that deliver there apart
     * @throws ConfigurationException if the path is no folder, or holds files that are to be replaced and were not delivered, or were delivered in another format or by other partitions
     */
    public FileOutput(SparkSession spark, OutputSection section, Path path, String owner) {
        this(section, new OutputFolder(section, path, spark.sessionState().newHadoopConf()), owner, step -> {});
    }

    FileOutput(OutputSection section, OutputFolder folder, String owner, Consumer<DeliveryStep> observer) {
        this.section = section;
        this.config = section.config();
        this.folder = folder;
        this.delivered = new DeliveredFiles(section);
        this.observer = observer;
        Path path = folder.path();
        if (path.getParent() == null) {
            throw noFolder();
        }
        this.stagingRoot = new Path(path.getParent(), "." + path.getName() + ".stillhouse-" + owner);
        try {
            check();
        } catch (UncheckedIOException e) {
            // No reason not to begin: the delivery is tried later, and tells.
            LOG.warn("Cannot look at {}", path, e);
        }
    }

    private void check() {
        if (folder.isFile()) {
            throw noFolder();
        }
        if (config.mode() == OutputConfig.Mode.APPEND && TABLES.stream().anyMatch(this::has)) {
            throw section.invalid("path", folder.path(), "hold files alone, and not be a table of another format");
        }
        // One that was ended half-way may have left anything.
        if (folder.folders(stagingRoot).stream()
                .noneMatch(begun -> staged(begun).isPlanned())) {
            refuseOthers();
        }
    }

    private boolean has(String name) {
        return folder.exists(new Path(folder.path(), name));
    }

    private ConfigurationException noFolder() {
        return section.invalid("path", folder.path(), "be a folder, and not the root of a file system");
    }

    @Override
    public boolean exists() {
        return folder.exists(folder.path());
    }

    @Override
    public Set<String> runs(Runnable guard) {
        Set<String> runs = finishBegun(guard);
        folder.files(folder.path()).forEach(file -> delivered.run(file).ifPresent(runs::add));
        return runs;
    }

    /** Ends deliveries that were ended before; gives those whose files are in now. */
    private Set<String> finishBegun(Runnable guard) {
        guard.run();
        Set<String> finished = new TreeSet<>();
        for (String begun : folder.folders(stagingRoot)) {
            StagedDelivery delivery = staged(begun);
            if (delivery.finish(guard)) {
                finished.add(delivery.run());
            }
        }
        folder.deleteIfEmpty(stagingRoot);
        return finished;
    }

    @Override
    public void deliver(Dataset<Row> rowsDF, String run, Runnable guard) {
        if (!runs(guard).contains(run)) {
            put(rowsDF, run, guard);
        }
    }

    @Override
    public void deliverAgain(Dataset<Row> rowsDF, String run, Runnable guard) {
        finishBegun(guard);
        put(rowsDF, run, guard);
    }

    /** What was begun before is finished. */
    private void put(Dataset<Row> rowsDF, String run, Runnable guard) {
        checkNames(rowsDF);
        // A folder of this attempt's alone: one that stood still and was given up may go on at any time.
        StagedDelivery delivery = staged(run + "." + UUID.randomUUID());
        boolean isPlanned = false;
        try {
            write(rowsDF, delivery.files());
            delivery.name(run);
            observer.accept(DeliveryStep.STAGED);
            // What others have put there since the first look.
            refuseOthers();
            guard.run();
            delivery.plan(kind());
            isPlanned = true;
        } finally {
            // What could not be written must not go on to fill the disk.
            if (!isPlanned) {
                folder.deleteIfPossible(delivery.place());
                folder.deleteIfEmpty(stagingRoot);
            }
        }
        observer.accept(DeliveryStep.PLANNED);
        delivery.finish(guard);
        folder.deleteIfEmpty(stagingRoot);
    }

    /** Values of partitions become names of folders, which file systems bound. */
    private void checkNames(Dataset<Row> rowsDF) {
        for (String column : config.partitionBy()) {
            Column value = col("`" + column + "`").cast("string");
            Column escaped = octet_length(value)
                    .plus(length(regexp_replace(value, ESCAPED, "")).multiply(2));
            Row longest = rowsDF.agg(max(escaped), max(value.contains("\0"))).head();
            if (!longest.isNullAt(1) && longest.getBoolean(1)) {
                throw new DataException("Cannot partition by " + column
                        + ": it has values with U+0000, which no name of a folder may have. Partition by something else ("
                        + section.key("partition_by") + ")");
            }
            int most = MOST_NAME - column.length() - 1;
            if (!longest.isNullAt(0) && longest.getInt(0) > most) {
                throw new DataException("Cannot partition by " + column + ": it has values of " + longest.getInt(0)
                        + " bytes as names of folders (must be at most " + most
                        + "). Partition by something shorter (" + section.key("partition_by") + ")");
            }
        }
    }

    /**
     * A delivery.
     *
     * @param attempt its run, and behind a full stop what else
     */
    private StagedDelivery staged(String attempt) {
        return new StagedDelivery(folder, new Path(stagingRoot, attempt), observer);
    }

    private StagedDelivery.Kind kind() {
        if (config.mode() == OutputConfig.Mode.APPEND) {
            return StagedDelivery.Kind.FILES;
        }
        return config.partitionBy().isEmpty() ? StagedDelivery.Kind.WHOLE : StagedDelivery.Kind.PARTITIONS;
    }

    private void write(Dataset<Row> rowsDF, Path files) {
        DataFrameWriter<Row> writer = new FileSizes(config.partitionBy(), config.rowsPerFile())
                .of(rowsDF)
                .write()
                .mode(SaveMode.ErrorIfExists)
                .option("maxRecordsPerFile", config.rowsPerFile())
                .partitionBy(config.partitionBy().toArray(String[]::new));
        if (config.format() == OutputConfig.Format.PARQUET) {
            writer.parquet(files.toString());
        } else {
            writer.option("ignoreNullFields", false).json(files.toString());
        }
    }

    private void refuseOthers() {
        List<String> there =
                config.mode() == OutputConfig.Mode.REPLACE ? folder.all(folder.path()) : folder.files(folder.path());
        there.forEach(file -> delivered.check(file, folder.path()));
    }
}
