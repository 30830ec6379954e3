package dev.stillhouse.datasets.publish;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillhouse.datasets.plan.RowsWritten;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * One run of a stage while it is being written. Nothing is visible to readers before {@link #publish}; a run that is given up or killed leaves the run that was served before.
 *
 * <p>Several threads may write, each another dataset or file; one publishes once all have.
 */
public final class RunWriter {
    /** Folder of what is not published. */
    private static final String KEPT = "kept";

    private final Workspace workspace;
    private final String stage;
    private final String run;
    private final Consumer<PublishStep> observer;
    private final Map<String, Manifest.Table> tables = new ConcurrentSkipListMap<>();
    private final Map<String, Dataset<Row>> datasets = new ConcurrentSkipListMap<>();
    private final Set<String> files = new ConcurrentSkipListSet<>();

    /**
     * @param run an id that no other run has
     * @param observer called after each step; what it throws ends the publishing there
     */
    public RunWriter(Workspace workspace, String stage, String run, Consumer<PublishStep> observer) {
        this.workspace = workspace;
        this.stage = stage;
        this.run = run;
        this.observer = observer;
    }

    /** The run's id. */
    public String run() {
        return run;
    }

    /** Where a dataset or file of the run lies. */
    public Path path(String name) {
        return new Path(workspace.runFolder(stage, run), name);
    }

    /**
     * Writes a dataset as Parquet and reads it back: the same number of rows and the declared columns.
     *
     * @param schema the declared columns; {@code data} may have them in any order, and more
     * @return the dataset as it was written
     */
    public Dataset<Row> write(String name, Dataset<Row> data, StructType schema, int schemaVersion) {
        Dataset<Row> declared = data.select(
                Arrays.stream(schema.fieldNames()).map(functions::col).toArray(Column[]::new));
        checkColumns(name, declared.schema(), schema);
        RowsWritten counter = new RowsWritten(data.sparkSession(), "written-" + name);
        counter.of(declared)
                .write()
                .mode(SaveMode.ErrorIfExists)
                .parquet(path(name).toString());
        Dataset<Row> readBack =
                data.sparkSession().read().schema(schema).parquet(path(name).toString());
        long rows = readBack.count();
        long written = counter.orElse(() -> rows);
        if (rows != written) {
            throw new IllegalStateException(
                    "Cannot publish " + path(name) + ": " + written + " rows were written and " + rows + " read back");
        }
        tables.put(name, new Manifest.Table(schemaVersion, rows, List.of()));
        datasets.put(name, readBack);
        return readBack;
    }

    /**
     * Writes rows that the run itself reads again and again, until {@link #release}.
     *
     * @param schema the columns to keep
     */
    public Dataset<Row> keep(String name, Dataset<Row> data, StructType schema) {
        String folder = path(KEPT + "/" + name).toString();
        data.select(Arrays.stream(schema.fieldNames()).map(functions::col).toArray(Column[]::new))
                .write()
                .mode(SaveMode.ErrorIfExists)
                .parquet(folder);
        return data.sparkSession().read().schema(schema).parquet(folder);
    }

    /** Deletes what was kept for the run itself. */
    public void release() {
        workspace.storage().delete(path(KEPT));
    }

    /** A dataset as it was written. */
    public Dataset<Row> read(String name) {
        return datasets.get(name);
    }

    /** Whether a file that is no table was written. */
    public boolean holds(String name) {
        return files.contains(name);
    }

    /** Rows of a dataset that was written. */
    public long rows(String name) {
        return tables.get(name).rows();
    }

    /** Writes a file that is no table, such as a model. */
    public void write(String name, byte[] content) {
        workspace.storage().write(path(name), content);
        files.add(name);
    }

    /** Leaves the stage's record in the run's folder without publishing: what a refused run says of itself. */
    public void refuse(byte[] stageRecord) {
        workspace.writeStageRecord(stage, run, stageRecord);
    }

    /**
     * Makes the run the one that is served: checks files, writes the stage's record, then the manifest, then repoints {@code CURRENT}.
     *
     * @param stageRecord content of {@code stage.json}
     * @param fingerprint identity of inputs, configuration and code
     * @param created time of publishing, ISO-8601 in UTC
     * @param provenance inputs, configuration, versions, seeds
     */
    public PublishedRun publish(byte[] stageRecord, String fingerprint, String created, JsonNode provenance) {
        observer.accept(PublishStep.WRITTEN);
        Map<String, Manifest.Table> checked = new TreeMap<>();
        tables.forEach((name, table) ->
                checked.put(name, new Manifest.Table(table.schemaVersion(), table.rows(), entries(name))));
        List<Manifest.FileEntry> entries = files.stream().map(this::entry).toList();
        observer.accept(PublishStep.CHECKED);
        workspace.writeStageRecord(stage, run, stageRecord);
        observer.accept(PublishStep.STAGE_WRITTEN);
        Manifest manifest =
                new Manifest(Manifest.FORMAT_VERSION, stage, run, created, fingerprint, checked, entries, provenance);
        workspace.writeManifest(manifest);
        observer.accept(PublishStep.MANIFEST_WRITTEN);
        workspace.point(stage, run);
        observer.accept(PublishStep.POINTED);
        return new PublishedRun(workspace.runFolder(stage, run), manifest, workspace.storage());
    }

    private List<Manifest.FileEntry> entries(String name) {
        return workspace.storage().files(path(name)).stream()
                .map(file -> entry(name + "/" + file.path()))
                .toList();
    }

    private Manifest.FileEntry entry(String name) {
        Digest digest = workspace.storage().digest(path(name));
        return new Manifest.FileEntry(name, digest.sizeBytes(), digest.md5());
    }

    private void checkColumns(String name, StructType stored, StructType declared) {
        for (StructField field : declared.fields()) {
            StructField found = stored.apply(field.name());
            if (!found.dataType().sameType(field.dataType())) {
                throw new IllegalStateException("Cannot publish " + path(name) + ": column " + field.name() + " is "
                        + found.dataType().simpleString() + " (must be "
                        + field.dataType().simpleString() + ")");
            }
        }
    }
}
