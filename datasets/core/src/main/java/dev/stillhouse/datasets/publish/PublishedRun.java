package dev.stillhouse.datasets.publish;

import dev.stillhouse.udfs.errors.DataException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * A finished run: the only way in which datasets of a stage are read. What it reads does not change when a later run is published.
 *
 * @param folder the run's folder
 * @param manifest what it holds
 * @param storage where it lies
 */
public record PublishedRun(Path folder, Manifest manifest, Storage storage) {

    /** Identity of the run as an input of others: its id and fingerprint. */
    public String identity() {
        return manifest.run() + ":" + manifest.fingerprint();
    }

    /** Rows of a dataset, from the manifest. */
    public long rows(String name) {
        return table(name).rows();
    }

    /** Whether the run has a dataset or file of that name, or files below it. */
    public boolean holds(String name) {
        return manifest.datasets().containsKey(name)
                || manifest.files().stream()
                        .anyMatch(
                                file -> file.path().equals(name) || file.path().startsWith(name + "/"));
    }

    /** What the run has: its datasets, then its other files. */
    public List<String> names() {
        return Stream.concat(
                        manifest.datasets().keySet().stream().sorted(),
                        manifest.files().stream().map(Manifest.FileEntry::path))
                .toList();
    }

    /** Folder of a dataset, or path of a file, whether or not the manifest names it. */
    public Path path(String name) {
        return new Path(folder, name);
    }

    /**
     * A dataset as a table.
     *
     * @throws DataException if a file that the manifest names is missing or has another length
     */
    public Dataset<Row> read(SparkSession spark, String name, StructType schema) {
        check(name);
        return spark.read().schema(schema).parquet(path(name).toString());
    }

    /** As {@link #read(SparkSession, String, StructType)}, with the columns that were stored, where these depend on the run. */
    public Dataset<Row> read(SparkSession spark, String name) {
        check(name);
        return spark.read().parquet(path(name).toString());
    }

    /**
     * The content of a file.
     *
     * @throws DataException if the run has no such file, or it is not the one that was published
     */
    public byte[] file(String name) {
        byte[] content = storage.read(path(name))
                .orElseThrow(() -> new DataException("Cannot read " + path(name)
                        + ": the file is missing; run the stage " + manifest.stage() + " again with --force"));
        String found = Digest.of(content).md5();
        for (Manifest.FileEntry entry : manifest.files()) {
            if (entry.path().equals(name) && !entry.md5().equals(found)) {
                throw new DataException("Cannot read " + path(name)
                        + ": its content is not what was published; run the stage " + manifest.stage()
                        + " again with --force");
            }
        }
        return content;
    }

    private void check(String name) {
        Map<String, Long> found = new TreeMap<>();
        for (Storage.StoredFile file : filesOf(name)) {
            found.put(name + "/" + file.path(), file.sizeBytes());
        }
        for (Manifest.FileEntry expected : table(name).files()) {
            Long sizeBytes = found.get(expected.path());
            if (sizeBytes == null || sizeBytes != expected.sizeBytes()) {
                throw new DataException(
                        "Cannot read " + new Path(folder, expected.path()) + ": expected " + expected.sizeBytes()
                                + " bytes, found " + (sizeBytes == null ? "no file" : sizeBytes + " bytes")
                                + "; run the stage " + manifest.stage() + " again with --force");
            }
        }
    }

    private List<Storage.StoredFile> filesOf(String name) {
        return storage.exists(path(name)) ? storage.files(path(name)) : List.of();
    }

    private Manifest.Table table(String name) {
        Manifest.Table table = manifest.datasets().get(name);
        if (table == null) {
            throw new DataException("Cannot read dataset " + name + ": run " + manifest.run() + " of stage "
                    + manifest.stage() + " has only " + new TreeMap<>(manifest.datasets()).keySet());
        }
        return table;
    }
}
