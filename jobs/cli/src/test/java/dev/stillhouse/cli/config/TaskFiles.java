package dev.stillhouse.cli.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stillhouse.udfs.errors.ConfigurationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Task files for tests: written to a temporary folder and read as a user's would be. */
final class TaskFiles {
    static final String MINIMAL = "task: t\nworkspace: out\n";

    /** The repository's root, seen from the module's folder, where Surefire runs. */
    static final Path REPOSITORY = Path.of("..", "..");

    private TaskFiles() {}

    static TaskFile read(String yaml, String... overrides) {
        return new TaskFileReader(SourceCheck.NONE)
                .read(file(yaml), List.of(overrides))
                .task();
    }

    /** The lines below the heading of the refusal, without indentation. */
    static List<String> problems(String yaml, String... overrides) {
        String message = refusal(file(yaml), overrides);
        return Arrays.stream(message.split("\n")).skip(1).map(String::strip).toList();
    }

    static String refusal(Path file, String... overrides) {
        ConfigurationException refused =
                catchThrowableOfType(ConfigurationException.class, () -> new TaskFileReader(SourceCheck.NONE)
                        .read(file, List.of(overrides)));
        return refused == null ? "accepted" : refused.getMessage();
    }

    static Path file(String yaml) {
        return file(yaml.getBytes(StandardCharsets.UTF_8));
    }

    static Path file(byte[] content) {
        try {
            Path file = Files.createTempFile("task", ".yaml");
            file.toFile().deleteOnExit();
            return Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
