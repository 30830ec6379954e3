package dev.stillhouse.datasets.publish;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.stillhouse.datasets.plan.RowsWritten;
import dev.stillhouse.datasets.publish.Storage.StoredFile;
import dev.stillhouse.udfs.errors.DataException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/**
 * A table that grows by segments, each a folder {@code segment=<name>} of Parquet files and the list of them, {@code _segment.json}; Spark reads the whole folder as one table. While a segment is written every task's file becomes part of
 * its folder as the task ends (Hadoop's output committer, algorithm 2), so a run that is killed leaves what its finished tasks wrote, and {@link #recover} lists it.
 *
 * <p>One writer at a time. Not safe for use by several threads.
 */
public final class SegmentedTable {
    private static final String COMMITTER_VERSION = "mapreduce.fileoutputcommitter.algorithm.version";
    private static final String LIST = "_segment.json";
    private static final String PREFIX = "segment=";

    private final Path folder;
    private final Storage storage;
    private final Configuration configuration;

    /**
     * The table in a folder, which need not exist yet.
     *
     * @param configuration Hadoop's, for the folder's file system
     */
    public SegmentedTable(Path folder, Configuration configuration) {
        this.storage = Storage.of(folder, configuration);
        this.folder = storage.qualify(folder);
        this.configuration = configuration;
    }

    /** Where the table lies. */
    public Path folder() {
        return folder;
    }

    /**
     * The rows of all listed segments.
     *
     * @throws DataException if a listed file is missing or has another length
     */
    public Dataset<Row> read(SparkSession spark, StructType schema) {
        List<String> paths = new ArrayList<>();
        for (String segment : storage.folders(folder)) {
            read(segment).ifPresent(listed -> {
                List<StoredFile> files = storage.files(new Path(folder, segment));
                if (files.equals(listed.files())) {
                    // One path in place of hundreds, each of which Spark would look for.
                    if (!files.isEmpty()) {
                        paths.add(new Path(folder, segment).toString());
                    }
                    return;
                }
                for (StoredFile file : listed.files()) {
                    if (!files.contains(file)) {
                        throw new DataException("Cannot read " + new Path(folder, segment + "/" + file.path())
                                + ": it is missing or has another length than when it was written. Delete the folder "
                                + new Path(folder, segment) + ", and its rows are computed again");
                    }
                    paths.add(new Path(folder, segment + "/" + file.path()).toString());
                }
            });
        }
        if (paths.isEmpty()) {
            return spark.createDataFrame(List.of(), schema);
        }
        Column[] columns =
                Arrays.stream(schema.fieldNames()).map(functions::col).toArray(Column[]::new);
        return spark.read().schema(schema).parquet(paths.toArray(String[]::new)).select(columns);
    }

    /**
     * Writes rows as a new segment.
     *
     * @param name one that no other segment has
     * @return how many rows were written
     */
    public long append(String name, Dataset<Row> rows) {
        String segment = PREFIX + name;
        Path path = new Path(folder, segment);
        RowsWritten counter = new RowsWritten(rows.sparkSession(), "appended-" + name);
        counter.of(rows)
                .write()
                .mode(SaveMode.ErrorIfExists)
                .option(COMMITTER_VERSION, 2)
                // Hashes and floats hardly repeat, and looking for repetition costs as much as writing them.
                .option("parquet.enable.dictionary", "false")
                .parquet(path.toString());
        long written = counter.orElse(() -> rows.sparkSession()
                .read()
                .schema(rows.schema())
                .parquet(path.toString())
                .count());
        list(new Segment(written, storage.files(path)), segment);
        return written;
    }

    /**
     * Lists what runs that ended early wrote; a file that is not whole is deleted.
     *
     * @return how many rows were found
     */
    public long recover() {
        long rows = 0;
        for (String segment : storage.folders(folder)) {
            if (read(segment).isEmpty()) {
                storage.delete(new Path(folder, segment + "/_temporary"));
                Segment found = whole(segment);
                list(found, segment);
                rows += found.rows();
            }
        }
        return rows;
    }

    private void list(Segment files, String segment) {
        storage.replace(new Path(folder, segment + "/" + LIST), Json.write(files));
    }

    private Segment whole(String segment) {
        List<StoredFile> whole = new ArrayList<>();
        long rows = 0;
        for (StoredFile file : storage.files(new Path(folder, segment))) {
            long found = rows(new Path(folder, segment + "/" + file.path()));
            if (found < 0) {
                storage.delete(new Path(folder, segment + "/" + file.path()));
            } else {
                whole.add(file);
                rows += found;
            }
        }
        return new Segment(rows, whole);
    }

    /** Rows of a Parquet file by its footer, -1 where it has none. */
    private long rows(Path file) {
        try (ParquetFileReader reader = ParquetFileReader.open(HadoopInputFile.fromPath(file, configuration))) {
            return reader.getRecordCount();
        } catch (FileNotFoundException e) {
            throw new UncheckedIOException("Cannot read " + file + ": it is gone", e);
        } catch (IOException | RuntimeException e) {
            return -1;
        }
    }

    private Optional<Segment> read(String segment) {
        Path list = new Path(folder, segment + "/" + LIST);
        return storage.read(list).map(content -> {
            try {
                return Json.read(content, Segment.class);
            } catch (JsonProcessingException e) {
                throw new DataException("Cannot read " + list + ": it is no list of files. Delete it", e);
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot read " + list + ": " + e.getMessage(), e);
            }
        });
    }

    /**
     * What a segment has.
     *
     * @param rows rows of all files
     * @param files its Parquet files
     */
    record Segment(long rows, List<StoredFile> files) {
        Segment {
            files = List.copyOf(files);
        }
    }
}
