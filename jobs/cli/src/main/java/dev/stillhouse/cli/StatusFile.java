package dev.stillhouse.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stillhouse.datasets.publish.Storage;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** How a command ended, for schedulers: {@code {"stage", "exit", "reason"}}, written last by every command that works on a task, also by one that failed. */
final class StatusFile {
    private StatusFile() {}

    /** The file that {@value TaskArguments.Execution#STATUS_FILE} names on a command line that could not be understood as a whole. */
    static Optional<Path> named(String... arguments) {
        String option = TaskArguments.Execution.STATUS_FILE;
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].startsWith(option + "=")) {
                return path(arguments[i].substring(option.length() + 1));
            }
            if (arguments[i].equals(option) && i + 1 < arguments.length) {
                return path(arguments[i + 1]);
            }
        }
        return Optional.empty();
    }

    /** A path, where the text is one. */
    static Optional<Path> path(String text) {
        try {
            return text.isBlank() ? Optional.empty() : Optional.of(new Path(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Writes the status.
     *
     * @param status how the command ended
     */
    static void write(Path path, Configuration configuration, Status status) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("stage", status.stage());
        content.put("exit", status.exit());
        content.put("reason", status.reason());
        try {
            Storage storage = Storage.of(path, configuration);
            storage.replace(
                    path, (new ObjectMapper().writeValueAsString(content) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write a status as JSON", e);
        }
    }

    /**
     * How a command ended.
     *
     * @param stage the stage that was running, or the command where none was
     * @param exit the exit code
     * @param reason why it failed; empty where it did not
     */
    record Status(String stage, int exit, String reason) {}
}
