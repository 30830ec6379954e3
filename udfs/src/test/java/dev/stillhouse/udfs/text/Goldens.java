package dev.stillhouse.udfs.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What other programs gave, made by the scripts in {@code golden} of the test resources, of whichever room. */
public final class Goldens {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Goldens() {}

    /** A file's text. */
    public static String text(String name) {
        try (InputStream stream = Goldens.class.getResourceAsStream("/golden/" + name)) {
            return new String(Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file's JSON lines. */
    public static List<JsonNode> jsonLines(String name) {
        try {
            List<JsonNode> nodes = new ArrayList<>();
            for (String line : text(name).split("\n", -1)) {
                if (!line.isEmpty()) {
                    nodes.add(MAPPER.readTree(line));
                }
            }
            return nodes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
