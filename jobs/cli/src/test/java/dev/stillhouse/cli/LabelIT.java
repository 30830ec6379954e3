package dev.stillhouse.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillhouse.udfs.testing.FaultServer;
import dev.stillhouse.udfs.testing.SharedSpark;
import dev.stillhouse.udfs.testing.TinyClassifier;
import dev.stillhouse.udfs.testing.TinyInference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stage label: what it pays for, and its kinds of teachers. */
class LabelIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Which student learns from the labels matters to none of these. */
    private static final String STUDENT =
            "student={kind: lexical, character_ngrams: off, pool: 300, targets: {retained: 0.5}}";

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

        assertThat(CommandLineRun.of("run", task.toString(), "--set", STUDENT).exit())
                .isZero();

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

        assertThat(CommandLineRun.of("run", task.toString(), "--set", STUDENT).exit())
                .isZero();

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

    @Test
    void aServerIsATeacherAndIsAskedOnce() throws IOException {
        List<String> topics = List.of("kitchen", "harbour", "court");
        Map<String, String> topicOfText = new HashMap<>();
        for (String line : TinyCorpus.lines(150)) {
            JsonNode document = JSON.readTree(line);
            topicOfText.put(
                    document.path("text").asText(), document.path("label").asText());
        }
        try (FaultServer server = FaultServer.doing((exchange, prompt, number) -> {
            String text = prompt.substring(prompt.indexOf('|') + 1);
            String topic = topicOfText.getOrDefault(text, "court");
            // A prompt in the wrong words is answered at random.
            boolean understood = prompt.startsWith("Which topic");
            FaultServer.say(
                    exchange,
                    "{\"label\": \"" + (understood ? topic : topics.get(Math.floorMod(text.hashCode(), 3))) + "\"}");
        })) {
            Path task = TinyCorpus.write(folder, TinyCorpus.lines(150), 1);
            Files.writeString(task, Files.readString(task).replace("evaluate: {rows: 60}", "evaluate: {rows: 30}"));
            teacher(task, """
                    {kind: http, gold: 30, labels: [{name: kitchen, descriptions: [food]}, {name: harbour}, {name: court}],
                      endpoint: {url: '%s', model: tiny-chat, prompts: ['Guess {labels}|{text}', 'Which topic, {labels}|{text}'],
                        price: {input: 1, output: 10}}}""".formatted(server.url()));

            CommandLineRun run = CommandLineRun.of("run", task.toString(), "--set", STUDENT);
            assertThat(run.exit()).as(run.err()).isZero();

            JsonNode report = JSON.readTree(folder.resolve("work/report.json").toFile());
            assertThat(report.at("/label/model").asText()).isEqualTo("tiny-chat at " + server.url());
            assertThat(report.at("/label/choice").asText()).isEqualTo("prompt Which topic, {labels}|{text}");
            assertThat(report.at("/teacher/f1_weighted").asDouble()).isEqualTo(1);
            assertThat(report.at("/teacher/docs_per_second").isNull()).isTrue();
            assertThat(report.at("/student/docs_per_second").asDouble()).isPositive();
            assertThat(report.at("/student/speedup").isNull()).isTrue();
            // All texts in the one way, the gold ones in the other, and a question that tells nothing before each turn.
            assertThat(server.requests()).hasSize(150 + 30 + 3);
            assertThat(report.at("/label/inference/inferred").asInt()).isEqualTo(150 + 30);
            assertThat(report.at("/label/inference/cached").asInt()).isZero();
            assertThat(report.at("/label/inference/requests").asInt()).isEqualTo(183);
            assertThat(report.at("/label/inference/money").asDouble()).isEqualTo(183 * (20 + 5 * 10) / 1e6);
            assertThat(server.requests().get(9).at("/messages/0/content").asText())
                    .contains("- kitchen: food");

            JsonNode again = label(task, "--set", "teacher.gold=31");
            assertThat(again.at("/label/inference/inferred").asInt()).isEqualTo(1);
            assertThat(server.requests()).hasSize(185);
        }
    }

    @Test
    void aBudgetThatIsSpentLeavesDocumentsAsRejects() throws IOException {
        try (FaultServer server =
                FaultServer.doing((exchange, prompt, number) -> FaultServer.say(exchange, "{\"label\": \"court\"}"))) {
            Path task = TinyCorpus.write(folder, TinyCorpus.lines(150), 1);
            Files.writeString(task, Files.readString(task).replace("evaluate: {rows: 60}", "evaluate: {rows: 30}"));
            teacher(task, """
                    {kind: http, gold: 30, labels: [{name: kitchen}, {name: harbour}, {name: court}],
                      endpoint: {url: '%s', model: tiny-chat, budget: {requests: 100}}}""".formatted(server.url()));

            JsonNode report = label(task);

            long left = report.at("/label/inference/left").asLong();
            assertThat(server.requests()).hasSizeLessThanOrEqualTo(100);
            assertThat(left).isBetween(50L, 70L);
            assertThat(report.at("/label/rejected_by_reason/not_labelled").asLong())
                    .isEqualTo(left);
            assertThat(report.at("/label/documents").asLong()).isEqualTo(150 - left);
        }
    }

    @Test
    void aColumnIsATeacher() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line : TinyCorpus.lines(150)) {
            ObjectNode document = (ObjectNode) JSON.readTree(line);
            int number = lines.size();
            if (number % 10 > 0) {
                String label = document.path("label").asText();
                String other = label.equals("court") ? "kitchen" : "court";
                document.put("llm", "{\"" + label + "\": 0.9, \"" + other + "\": 0.05}");
            }
            lines.add(document.toString());
        }
        Path task = TinyCorpus.write(folder, lines, 1);
        Files.writeString(
                task,
                Files.readString(task)
                        .replace("evaluate: {rows: 60}", "evaluate: {rows: 30}")
                        .replace(
                                "corpus, id: id, text: text, label: label}]\nevaluate",
                                "corpus, id: id, text: text, label: label, keep: [llm, id as number]}]\nevaluate"));
        teacher(
                task,
                "{kind: column, column: llm, gold: 30, labels: [{name: kitchen}, {name: harbour}, {name: court}]}");

        CommandLineRun run = CommandLineRun.of("run", task.toString(), "--set", STUDENT);
        assertThat(run.exit()).as(run.err()).isZero();

        JsonNode report = JSON.readTree(folder.resolve("work/report.json").toFile());
        assertThat(report.at("/label/model").asText()).isEqualTo("column llm");
        assertThat(report.at("/teacher/f1_weighted").asDouble()).isEqualTo(1);
        assertThat(report.at("/label/rejected_by_reason/no_label_in_column").asLong())
                .isBetween(5L, 15L);
        exportsWhatOtherTrainersRead(task);

        teacher(
                task,
                "{kind: column, column: nowhere, gold: 30, labels: [{name: kitchen}, {name: harbour}, {name: court}]}");
        CommandLineRun refused = CommandLineRun.of("label", task.toString());
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("a column that corpus and evaluate keep: keep: [nowhere]");

        Path served = folder.resolve("work/label/CURRENT");
        String before = Files.readString(served);
        teacher(
                task,
                "{kind: column, column: number, gold: 30, labels: [{name: kitchen}, {name: harbour}, {name: court}]}");
        CommandLineRun useless = CommandLineRun.of("label", task.toString());
        assertThat(useless.exit()).as(useless.err()).isEqualTo(3);
        assertThat(useless.err()).contains("column number gave probabilities for none of the documents");
        assertThat(served).content().isEqualTo(before);
    }

    private void exportsWhatOtherTrainersRead(Path task) throws IOException {
        Path export = folder.resolve("export");
        CommandLineRun run = CommandLineRun.of("export", task.toString(), export.toString());
        assertThat(run.exit()).as(run.err()).isZero();
        Map<String, Long> rows = new HashMap<>();
        long gold = 0;
        for (String split : List.of("fit", "select", "evaluate")) {
            for (String line : Files.readAllLines(export.resolve(split + ".jsonl"))) {
                JsonNode row = JSON.readTree(line);
                double sum = 0;
                for (JsonNode probability : row.path("probabilities")) {
                    sum += probability.asDouble();
                }
                assertThat(sum).isCloseTo(1, within(1e-5));
                assertThat(row.path("text").asText()).isNotEmpty();
                // Labels beyond the budget stay hidden.
                boolean labelled = split.equals("evaluate") || row.path("gold").asBoolean();
                assertThat(row.path("label").isNull()).isEqualTo(!labelled);
                gold += row.path("gold").asBoolean() ? 1 : 0;
                rows.merge(split, 1L, Long::sum);
            }
        }
        assertThat(rows.get("evaluate")).isBetween(25L, 30L);
        assertThat(rows.get("fit") + rows.get("select")).isBetween(100L, 115L);
        assertThat(gold).isBetween(25L, 30L);
        assertThat(Files.readString(export.resolve("README.md")))
                .startsWith("---\n")
                .contains("path: fit.jsonl", "1. court", "column llm", "`no_label_in_column`");
        CommandLineRun again = CommandLineRun.of("export", task.toString(), export.toString());
        assertThat(again.exit()).isEqualTo(2);
        assertThat(again.err()).contains("must not exist yet");
    }

    @Test
    void aModelForInferenceIsATeacherAndMayBeMixedWithAnother() throws IOException {
        TinyInference.writeTo(
                folder.resolve("model"),
                List.of(
                        List.of("kitchen", "soup", "bread", "oven", "recipe", "butter", "onion", "dinner"),
                        List.of("harbour", "ship", "sail", "captain", "anchor", "storm", "deck", "island"),
                        List.of("court", "judge", "lawyer", "trial", "verdict", "witness")));
        Path task = TinyCorpus.write(folder, TinyCorpus.lines(150), 1);
        Files.writeString(task, Files.readString(task).replace("evaluate: {rows: 60}", "evaluate: {rows: 30}"));
        String labels = "labels: [{name: kitchen}, {name: harbour}, {name: court}], phrasings: ['nothing of {}', '{}']";
        teacher(task, "{kind: nli, model: model, gold: 40, max_tokens: 32, " + labels + "}");

        JsonNode report = label(task);

        assertThat(report.at("/label/kind").asText()).isEqualTo("nli");
        assertThat(report.at("/label/choice").asText()).startsWith("phrasing ");
        assertThat(report.at("/label/calibration/documents").asInt()).isEqualTo(40);
        assertThat(report.at("/label/out_of_fold_accuracy").asDouble()).isGreaterThan(0.9);

        teacher(
                task,
                "{kind: ensemble, gold: 40, max_tokens: 32, members: [{kind: nli, model: model, weight: 3}, {kind: zero-shot}], "
                        + labels + "}");
        CommandLineRun run = CommandLineRun.of("run", task.toString(), "--set", STUDENT);
        assertThat(run.exit()).as(run.err()).isZero();

        JsonNode mixed = JSON.readTree(folder.resolve("work/report.json").toFile());
        assertThat(mixed.at("/label/model").asText()).endsWith("model + minilm");
        assertThat(mixed.at("/teacher/f1_weighted").asDouble()).isGreaterThan(0.9);
        assertThat(mixed.at("/teacher/docs_per_second").asDouble()).isPositive();
        // What the member said before is known; the other is new to all.
        assertThat(mixed.at("/label/inference/inferred").asInt()).isEqualTo(150);
        assertThat(Files.readString(folder.resolve("work/report.html"))).contains("Members");
        Row row = SharedSpark.session()
                .read()
                .parquet(CommandLineRun.of("path", task.toString(), "soft_labels")
                        .out()
                        .trim())
                .selectExpr("min(disagreement) low", "max(disagreement) high", "count(disagreement) n")
                .head();
        assertThat(row.getLong(2)).isEqualTo(150);
        assertThat(row.getFloat(0)).isNotNegative();
        assertThat(row.getFloat(1)).isBetween(0.001f, 1f);
    }

    private static void teacher(Path task, String section) throws IOException {
        String line = Matcher.quoteReplacement("teacher: " + section.replaceAll("\\s+", " "));
        Files.writeString(task, Files.readString(task).replaceFirst("(?m)^teacher: .*$", line));
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
