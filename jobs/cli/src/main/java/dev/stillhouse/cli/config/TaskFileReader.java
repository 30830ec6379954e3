package dev.stillhouse.cli.config;

import dev.stillhouse.udfs.errors.ConfigurationException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads task files: one YAML document in UTF-8, at most {@value YamlReader#LONGEST} bytes, and overrides on top of it. Every problem is told at once. Thread-safe. */
public final class TaskFileReader {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final SourceCheck sourceCheck;

    /** A reader that asks {@code sourceCheck} about every source of a file. */
    public TaskFileReader(SourceCheck sourceCheck) {
        this.sourceCheck = sourceCheck;
    }

    /**
     * Reads a task file.
     *
     * @param overrides {@code key=value} each, applied in their order
     * @throws ConfigurationException if the file cannot be read or anything in it or in an override is wrong; its message lists all of it, a line each
     */
    public LoadedTask read(Path file, List<String> overrides) {
        Problems problems = new Problems();
        YamlValue root = document(file, overrides, problems);
        Optional<TaskFile> task = new RecordBinder(problems, sourceCheck).bind(TaskFile.class, root);
        if (!problems.isEmpty()) {
            throw refused(file, problems.messages());
        }
        return new LoadedTask(task.orElseThrow(), folder(file));
    }

    /** The workspace that a task file names, resolved, whether or not the rest of it is valid; nothing where it names none or cannot be read. */
    public Optional<String> workspace(Path file, List<String> overrides) {
        try {
            return document(file, overrides, new Problems()) instanceof YamlValue.Mapping keys
                            && keys.entries().get("workspace") instanceof YamlValue.Scalar workspace
                            && !workspace.text().isBlank()
                    ? Optional.of(LoadedTask.resolve(folder(file), workspace.text()))
                    : Optional.empty();
        } catch (ConfigurationException e) {
            return Optional.empty();
        }
    }

    /** The document with the overrides on top of it. */
    private static YamlValue document(Path file, List<String> overrides, Problems problems) {
        Optional<YamlValue> document = YamlReader.read(text(file), Optional.empty(), problems);
        if (document.isEmpty() || document.get() instanceof YamlValue.Nothing) {
            throw refused(
                    file,
                    problems.isEmpty()
                            ? List.of("Invalid document: nothing (must be a section of keys, such as task: my-task)")
                            : problems.messages());
        }
        YamlValue root = document.get();
        for (String override : overrides) {
            Optional<KeyOverride> parsed = KeyOverride.parse(override, problems);
            root = parsed.isPresent() ? parsed.get().applyTo(root, problems) : root;
        }
        return root;
    }

    private static Path folder(Path file) {
        Path parent = file.toAbsolutePath().normalize().getParent();
        return parent == null ? file.toAbsolutePath() : parent;
    }

    private static String text(Path file) {
        try {
            if (Files.isDirectory(file)) {
                throw new ConfigurationException(
                        "Cannot read task file " + file + ": it is a folder (name the file in it)");
            }
            if (Files.size(file) > YamlReader.LONGEST) {
                throw new ConfigurationException("Cannot read task file " + file + ": it has " + Files.size(file)
                        + " bytes (must be at most " + YamlReader.LONGEST + ")");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (NoSuchFileException e) {
            throw new ConfigurationException(
                    "Cannot read task file " + file
                            + ": there is no such file (check the path; examples/ has some to start from)",
                    e);
        } catch (CharacterCodingException e) {
            throw new ConfigurationException(
                    "Cannot read task file " + file + ": it is not UTF-8 text (save it as UTF-8)", e);
        } catch (IOException e) {
            throw new ConfigurationException("Cannot read task file " + file + ": " + e, e);
        }
    }

    private static ConfigurationException refused(Path file, List<String> messages) {
        List<String> lines = new ArrayList<>();
        lines.add("Cannot read task file " + file + ": " + messages.size()
                + (messages.size() == 1 ? " problem" : " problems"));
        messages.forEach(message -> lines.add("  " + message));
        return new ConfigurationException(String.join("\n", lines));
    }
}
