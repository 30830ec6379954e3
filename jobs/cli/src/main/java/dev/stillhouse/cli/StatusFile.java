package dev.stillhouse.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stillhouse.datasets.publish.Storage;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** How a command ended, for schedulers: {@code {"stage", "exit", "reason"}}, written last by every command that works on a task, also by one that failed. */
final class StatusFile {
    private StatusFile() {}

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
