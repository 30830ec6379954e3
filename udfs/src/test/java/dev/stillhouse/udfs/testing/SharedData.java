package dev.stillhouse.udfs.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** The folder of data that others made: {@code STILLHOUSE_DATA}, else {@code ../shared/data} beside the checkout. Where it is absent, tests are skipped, and fail where {@code CI} is true. */
public final class SharedData {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private SharedData() {}

    /** A file or folder in it. */
    public static Path path(String relative) {
        Path path = root().resolve(relative);
        if ("true".equals(System.getenv("CI"))) {
            assertThat(path).as("shared data, set STILLHOUSE_DATA").exists();
        }
        assumeThat(path).as("shared data, set STILLHOUSE_DATA").exists();
        return path;
    }

    /** The documents of a file of JSON lines; a file named {@code .gz} is unpacked. */
    public static List<JsonNode> jsonLines(String relative) {
        Path path = path(relative);
        try (InputStream stream = Files.newInputStream(path);
                MappingIterator<JsonNode> documents = MAPPER.readerFor(JsonNode.class)
                        .readValues(relative.endsWith(".gz") ? new GZIPInputStream(stream) : stream)) {
            return documents.readAll();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path root() {
        String named = System.getenv("STILLHOUSE_DATA");
        if (named != null) {
            return Path.of(named);
        }
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("stillhouse"))) {
            folder = Objects.requireNonNull(folder.getParent(), "the checkout's root");
        }
        return folder.resolveSibling("shared").resolve("data");
    }
}
