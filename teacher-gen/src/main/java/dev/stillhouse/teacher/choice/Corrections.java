package dev.stillhouse.teacher.choice;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stillhouse.udfs.Sha256;
import dev.stillhouse.udfs.errors.ConfigurationException;
import dev.stillhouse.udfs.errors.DataException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What people said of documents: the label of each text.
 *
 * @param labels by text_hash
 * @param identity digest of them, equal for equal labels
 */
public record Corrections(Map<String, String> labels, String identity) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    public Corrections {
        labels = Map.copyOf(labels);
    }

    /** Nobody said anything. */
    public static Corrections none() {
        return of(new TreeMap<>());
    }

    /**
     * Reads files of JSON lines {@code {"text_hash", "label", ...}}; a line without a label is one that nobody has answered yet.
     *
     * @param pattern a file, a folder's files, or a glob
     * @throws ConfigurationException if there is no such file
     * @throws DataException if a line is no such object, or two say different labels of one text; names file and line, never their text
     */
    public static Corrections read(Path pattern, Configuration hadoop) {
        Map<String, String> labels = new TreeMap<>();
        try {
            FileSystem files = pattern.getFileSystem(hadoop);
            for (Path file : files(files, pattern)) {
                read(files, file, labels);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read teacher.corrections " + pattern + ": " + e.getMessage(), e);
        }
        return of(labels);
    }

    private static List<Path> files(FileSystem files, Path pattern) throws IOException {
        FileStatus[] found = files.globStatus(pattern);
        if (found == null || found.length == 0) {
            throw new ConfigurationException(
                    "Invalid teacher.corrections: " + pattern + " (must be a file that exists)");
        }
        if (found.length == 1 && found[0].isDirectory()) {
            found = files.listStatus(
                    found[0].getPath(),
                    path -> !path.getName().startsWith(".") && !path.getName().startsWith("_"));
        }
        return Arrays.stream(found)
                .filter(FileStatus::isFile)
                .map(FileStatus::getPath)
                .sorted(Comparator.comparing(Path::toString))
                .toList();
    }

    private static void read(FileSystem files, Path file, Map<String, String> labels) throws IOException {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(files.open(file), StandardCharsets.UTF_8))) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                // What some editors begin a file with.
                String row = number == 1 && line.startsWith(BYTE_ORDER_MARK) ? line.substring(1) : line;
                if (!row.isBlank()) {
                    add(row, file.getName() + ", line " + number, labels);
                }
            }
        }
    }

    private static void add(String line, String place, Map<String, String> labels) {
        JsonNode row;
        try {
            row = JSON.readTree(line);
        } catch (JacksonException e) {
            throw new DataException("Cannot read teacher.corrections: " + place + " is no JSON");
        }
        JsonNode hash = row.path("text_hash");
        JsonNode label = row.path("label");
        if (!hash.isTextual() || !(label.isTextual() || label.isNull() || label.isMissingNode())) {
            throw new DataException(
                    "Cannot read teacher.corrections: " + place
                            + " has no text_hash, or a label that is no text (must be a line of review.jsonl with its label filled in)");
        }
        String said = label.asText("").strip();
        if (label.isTextual() && !said.isEmpty()) {
            String before = labels.putIfAbsent(hash.asText(), said);
            if (before != null && !before.equals(said)) {
                throw new DataException("Cannot read teacher.corrections: " + place
                        + " and a line before it say different labels of one text, " + said + " and " + before);
            }
        }
    }

    private static Corrections of(Map<String, String> labels) {
        StringBuilder all = new StringBuilder();
        new TreeMap<>(labels)
                .forEach((hash, label) ->
                        all.append(hash).append(label.length()).append(':').append(label));
        return new Corrections(labels, Sha256.hex(all.toString().getBytes(StandardCharsets.UTF_8)));
    }
}
