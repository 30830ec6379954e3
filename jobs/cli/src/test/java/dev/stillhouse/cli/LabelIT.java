package dev.stillhouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stillhouse.udfs.testing.SharedSpark;
import dev.stillhouse.udfs.testing.TinyClassifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
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

    @Test
    void aClassifierOfOnesOwnIsATeacher() throws IOException {
        Map<String, float[]> words = new HashMap<>();
        List.of("soup", "bread", "oven").forEach(word -> words.put(word, new float[] {2, 0, 0}));
        List.of("ship", "sail", "captain").forEach(word -> words.put(word, new float[] {0, 2, 0}));
        List.of("judge", "lawyer", "trial").forEach(word -> words.put(word, new float[] {0, 0, 2}));
        TinyClassifier.writeTo(folder.resolve("model"), words);
        Path task = TinyCorpus.write(folder, TinyCorpus.lines(300), 1);
        teacher(
                task,
                "{kind: onnx-classifier, model: model, gold: 60, labels: [{name: kitchen}, {name: harbour}, {name: court}]}");

        assertThat(CommandLineRun.of("run", task.toString()).exit()).isZero();

        JsonNode report = JSON.readTree(folder.resolve("work/report.json").toFile());
        assertThat(report.at("/label/kind").asText()).isEqualTo("onnx-classifier");
        // Texts without any of the words are anybody's guess.
        assertThat(report.at("/teacher/f1_weighted").asDouble()).isGreaterThan(0.7);

        teacher(task, "{kind: onnx-classifier, model: model, gold: 60, labels: [{name: kitchen}, {name: harbour}]}");
        CommandLineRun refused = CommandLineRun.of("label", task.toString());
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("missing: court");
    }

    @Test
    void aScoreOfOnesOwnIsATeacher() throws IOException {
        Map<String, float[]> words = new HashMap<>();
        List.of("soup", "bread", "oven", "recipe", "butter", "onion", "dinner")
                .forEach(word -> words.put(word, new float[] {-1}));
        List.of("judge", "lawyer", "trial", "verdict", "witness", "appeal", "contract")
                .forEach(word -> words.put(word, new float[] {1}));
        TinyClassifier.writeTo(folder.resolve("model"), words);
        Path task = TinyCorpus.write(folder, TinyCorpus.lines(300), 1);
        teacher(task, "{kind: onnx-regressor, model: model, gold: 60}");

        JsonNode report = label(task);

        assertThat(report.at("/label/kind").asText()).isEqualTo("onnx-regressor");
        Row kitchen = SharedSpark.session()
                .read()
                .parquet(CommandLineRun.of("path", task.toString(), "soft_labels")
                        .out()
                        .trim())
                .where("id = 'd0000'")
                .head();
        // court, harbour, kitchen
        assertThat(kitchen.<Float>getList(kitchen.fieldIndex("probabilities")).get(2))
                .isGreaterThan(0.8f);
    }

    private static void teacher(Path task, String section) throws IOException {
        Files.writeString(task, Files.readString(task).replaceFirst("(?m)^teacher: .*$", "teacher: " + section));
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
