package dev.stillhouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stillhouse.udfs.testing.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stage label: what it pays for, and its kinds of teachers. */
class LabelIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @Test
    void aGrownCorpusPaysForItsNewTextsAndAnotherHeadForNone() throws IOException {
        Path task = TinyCorpus.write(folder, TinyCorpus.lines(300), 1);
        assertThat(label(task).at("/label/inference/inferred").asLong()).isEqualTo(300);

        Files.write(folder.resolve("corpus/part-1.jsonl"), TinyCorpus.lines(310).subList(300, 310));
        JsonNode grown = label(task);
        assertThat(grown.at("/label/inference/cached").asLong()).isEqualTo(300);
        assertThat(grown.at("/label/inference/inferred").asLong()).isEqualTo(10);
        assertThat(grown.at("/label/inference/tokens").asLong()).isPositive();
        assertThat(grown.at("/label/documents").asLong()).isEqualTo(310);

        JsonNode fewer = label(task, "--set", "teacher.gold=60");
        assertThat(fewer.at("/label/inference/inferred").asLong()).isZero();
        assertThat(fewer.at("/label/gold").asLong()).isEqualTo(60);
        try (Stream<Path> models = Files.list(folder.resolve("work/label/cache"))) {
            Path model = models.findFirst().orElseThrow();
            assertThat(SharedSpark.session().read().parquet(model.toString()).count())
                    .isEqualTo(310);
        }
    }

    @Test
    void descriptionsOfTheLabelsMakeATeacher() throws IOException {
        Path task = TinyCorpus.write(folder, 1);
        Files.writeString(task, Files.readString(task).replace("teacher: {gold: 90, max_tokens: 32}", """
                teacher:
                  kind: zero-shot
                  gold: 30
                  max_tokens: 32
                  labels:
                    - {name: kitchen, descriptions: [cooking in a kitchen, food]}
                    - {name: harbour, descriptions: [ships in a harbour, sailing at sea]}
                    - {name: court, descriptions: [a trial at court, lawyers and judges]}
                """));

        assertThat(CommandLineRun.of("run", task.toString()).exit()).isZero();

        JsonNode report = JSON.readTree(folder.resolve("work/report.json").toFile());
        assertThat(report.at("/label/kind").asText()).isEqualTo("zero-shot");
        assertThat(report.at("/label/choice").asText()).startsWith("phrasing ");
        assertThat(report.at("/teacher/f1_weighted").asDouble()).isGreaterThan(0.8);
    }

    private JsonNode label(Path task, String... options) throws IOException {
        for (String command : List.of("curate", "label", "report")) {
            String[] line = Stream.concat(Stream.of(command, task.toString()), Stream.of(options))
                    .toArray(String[]::new);
            CommandLineRun run = CommandLineRun.of(line);
            assertThat(run.exit()).as(run.err()).isZero();
        }
        return JSON.readTree(folder.resolve("work/report.json").toFile());
    }
}
