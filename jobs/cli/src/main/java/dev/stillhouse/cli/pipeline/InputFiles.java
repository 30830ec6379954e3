package dev.stillhouse.cli.pipeline;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.stillhouse.datasets.source.SourceFile;
import dev.stillhouse.udfs.errors.DataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an incremental run has read, for the next one: {@code inputs.json} of the run.
 *
 * @param sources by name
 */
record InputFiles(Map<String, Input> sources) {
    static final String NAME = "inputs.json";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectReader READER = JSON.readerFor(InputFiles.class);

    InputFiles {
        sources = new TreeMap<>(sources);
    }

    /**
     * A source.
     *
     * @param columns its own columns with their types, as Spark writes a schema as JSON
     * @param files its files; none where it has no files of its own
     */
    record Input(String columns, List<SourceFile> files) {
        Input {
            files = List.copyOf(files);
        }
    }

    /**
     * Reads it.
     *
     * @param stage whose run it is of
     * @throws DataException if the content is none of this
     */
    static InputFiles read(byte[] content, String stage) {
        try {
            return READER.readValue(content);
        } catch (IOException e) {
            throw new DataException(
                    "Cannot read " + NAME + " of the served run of " + stage + ": run the stage again with --force", e);
        }
    }

    byte[] write() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + NAME, e);
        }
    }
}
