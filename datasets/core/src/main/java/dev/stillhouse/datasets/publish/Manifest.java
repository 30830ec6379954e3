package dev.stillhouse.datasets.publish;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a finished run holds, written last: a run without a manifest does not exist.
 *
 * @param formatVersion version of this record's shape
 * @param stage the stage that made the run
 * @param run the run's id
 * @param created when it was published, ISO-8601 in UTC
 * @param fingerprint identity of inputs, configuration and code: an equal one makes the next run a no-op
 * @param datasets the tables, by name
 * @param files the other files, such as models
 * @param provenance inputs, resolved configuration, versions and seeds
 */
public record Manifest(
        int formatVersion,
        String stage,
        String run,
        String created,
        String fingerprint,
        Map<String, Table> datasets,
        List<FileEntry> files,
        JsonNode provenance) {

    /** The shape written by this version. */
    public static final int FORMAT_VERSION = 1;

    public Manifest {
        datasets = Map.copyOf(datasets);
        files = List.copyOf(files);
    }

    /** All data files of the run, of tables and others. */
    List<FileEntry> allFiles() {
        return Stream.concat(datasets.values().stream().flatMap(table -> table.files().stream()), files.stream())
                .toList();
    }

    /**
     * A table of the run.
     *
     * @param schemaVersion version of the dataset's schema
     * @param rows how many rows were written and read back
     * @param files its files
     */
    public record Table(int schemaVersion, long rows, List<FileEntry> files) {
        public Table {
            files = List.copyOf(files);
        }
    }

    /**
     * A file of the run.
     *
     * @param path relative to the run's folder
     * @param sizeBytes its length
     * @param md5 MD5 of its content, 32 hexadecimal digits
     */
    public record FileEntry(String path, long sizeBytes, String md5) {}
}
