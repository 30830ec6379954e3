package dev.stillhouse.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A made-up corpus of three topics that a sentence encoder tells apart at once, and the task that runs the loop on it in seconds. */
final class TinyCorpus {
    private static final String[][] TOPICS = {
        {"kitchen", "soup", "bread", "oven", "recipe", "butter", "onion", "dinner"},
        {"harbour", "ship", "sail", "captain", "anchor", "storm", "deck", "island"},
        {"court", "judge", "lawyer", "trial", "verdict", "witness", "appeal", "contract"}
    };
    private static final String[] FRAMES = {
        "the %s stood beside the %s and the %s",
        "she asked about a %s, a %s and one more %s",
        "no %s without %s, they said, nor %s",
        "an old %s and its %s remind me of the %s",
        "write down: %s, %s, %s"
    };

    private TinyCorpus() {}

    /** Lines {@code {"id", "text", "label"}} of distinct texts, topics in turn. */
    static List<String> lines(int rows) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            String[] words = TOPICS[i % 3];
            int step = i / 3;
            String text = String.format(
                    FRAMES[step % 5], words[1 + step % 7], words[1 + step / 5 % 7], words[1 + step / 35 % 7]);
            lines.add(String.format("{\"id\": \"d%04d\", \"text\": \"%s\", \"label\": \"%s\"}", i, text, words[0]));
        }
        return lines;
    }

    /** Writes a corpus of 600 rows in some files and a task that learns from it; gives the task file. */
    static Path write(Path folder, int files) {
        return write(folder, lines(600), files);
    }

    static Path write(Path folder, List<String> lines, int files) {
        try {
            Path corpus = Files.createDirectories(folder.resolve("corpus"));
            for (int file = 0; file < files; file++) {
                int remainder = file;
                List<String> part = IntStream.range(0, lines.size())
                        .filter(i -> i % files == remainder)
                        .mapToObj(lines::get)
                        .toList();
                Files.write(corpus.resolve("part-" + file + ".jsonl"), part);
            }
            return Files.writeString(folder.resolve("task.yaml"), TASK);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs the loop on a task of this corpus, with few static vectors and settings of {@code --set}. */
    static CommandLineRun run(Path task, String... settings) {
        List<String> arguments = new ArrayList<>(List.of("run", task.toString(), "--set", "student.max_vectors=300"));
        for (String setting : settings) {
            arguments.add("--set");
            arguments.add(setting);
        }
        return CommandLineRun.of(arguments.toArray(String[]::new));
    }

    /** The report of the task in a folder. */
    static JsonNode report(Path folder) throws IOException {
        return new ObjectMapper().readTree(folder.resolve("work/report.json").toFile());
    }

    /** The words of all topics, and those that stand between them. */
    static List<String> words() {
        return Stream.concat(Arrays.stream(FRAMES), Arrays.stream(TOPICS).flatMap(Arrays::stream))
                .flatMap(text -> Arrays.stream(text.split("\\W+")))
                .filter(word -> word.length() > 1)
                .distinct()
                .toList();
    }

    private static final String TASK = """
            task: tiny
            workspace: work
            corpus: [{source: jsonl, name: tiny, path: corpus, id: id, text: text, label: label}]
            evaluate: {rows: 60}
            teacher: {gold: 90, max_tokens: 32}
            student: {pool: 300, targets: {retained: 0.5}}
            score: [{source: jsonl, name: lake, path: corpus, id: id, text: text}]
            report: {slices: [source, length], speed_seconds: 0.06}
            """;
}
