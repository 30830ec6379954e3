package dev.stillhouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillhouse.udfs.testing.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which documents a teacher labels where it is not to label all, and what people say of those that it is not sure of. */
class LabelBudgetIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String[] UNSURE = {
        "--set",
        "teacher.gold=60",
        "--set",
        "teacher.budget=100",
        "--set",
        "teacher.choose={by: uncertainty, rounds: 2}",
        "--set",
        "student={kind: lexical, character_ngrams: off, pool: 300, targets: {retained: 0.5}}"
    };

    @TempDir
    Path folder;

    @Test
    void aBudgetIsSpentInRoundsAndWhatIsLeftIsSaid() throws IOException {
        Path task = TinyCorpus.write(folder, TinyCorpus.lines(300), 1);

        JsonNode report = run(task, UNSURE);

        // 60 for evaluation, 60 gold, 100 chosen of the other 180.
        assertThat(report.at("/label/inference/inferred").asLong()).isEqualTo(220);
        assertThat(report.at("/label/documents").asLong()).isEqualTo(220);
        assertThat(report.at("/label/rejected_by_reason/beyond_budget").asLong())
                .isEqualTo(80);
        assertThat(report.at("/label/chosen/by").asText()).isEqualTo("uncertainty");
        assertThat(report.at("/label/chosen/texts").asLong()).isEqualTo(100);
        assertThat(report.at("/label/chosen/of").asLong()).isEqualTo(180);
        List<Long> learned = new ArrayList<>();
        for (JsonNode round : report.at("/label/chosen/curve")) {
            learned.add(round.path("texts").asLong());
            assertThat(round.path("agreement").asDouble()).isBetween(0.3, 1.0);
        }
        // Gold alone, then with what each round has added; 25 are held out. Those for evaluation are counted with gold.
        assertThat(learned).hasSize(3).isSorted();
        assertThat(learned.get(2) - learned.get(0)).isEqualTo(75);
        assertThat(report.at("/student/f1_weighted").asDouble()).isGreaterThan(0.8);
        Dataset<Row> labels = softLabels(task);
        assertThat(labels.where("not representative").count()).isEqualTo(50);
        assertThat(labels.where("gold and (label is null or not representative)")
                        .count())
                .isZero();
        assertThat(labels.where("not gold and label is not null").count()).isZero();
        assertThat(Files.readString(folder.resolve("work/report.html"))).contains("Learning curve");
    }

    @Test
    void theChoiceDoesNotDependOnWhatIsCachedAndAPlanTellsWhatIs() throws IOException {
        Path task = TinyCorpus.write(folder, TinyCorpus.lines(300), 1);
        String[] diverse = {
            "--set", "teacher.gold=60", "--set", "teacher.budget=40", "--set", "teacher.choose={by: diverse}"
        };
        assertThat(command("run", task, "--plan"))
                .contains("curate   to run, for the first time", "label    to run, once what it reads is there");
        assertThat(folder.resolve("work")).doesNotExist();
        command("curate", task, diverse);
        assertThat(command("label", task, "--plan")).containsPattern("0 texts known, 300 to run: about [0-9.]+ s");
        command("label", task, diverse);
        List<String> fresh = ids(task);
        assertThat(command("label", task, "--plan")).containsPattern("160 texts known, 140 to run: about [0-9.]+ s");
        command("label", task, "--set", "teacher.gold=60");
        assertThat(ids(task)).hasSize(300);

        command("label", task, diverse);

        assertThat(ids(task)).hasSize(160).isEqualTo(fresh);
        assertThat(command(
                        "label",
                        task,
                        Stream.concat(Stream.of(diverse), Stream.of("--plan")).toArray(String[]::new)))
                .containsPattern("label +unchanged, run ");

        // Where all are gold there is nothing left to choose from.
        for (String by : List.of("diverse", "stratified", "uncertainty")) {
            command(
                    "label",
                    task,
                    "--set",
                    "teacher.gold=1000",
                    "--set",
                    "teacher.budget=40",
                    "--set",
                    "teacher.choose={by: " + by + "}");
            assertThat(ids(task)).hasSize(300);
        }
    }

    @Test
    void aColumnIsReadForWhatIsChosenToo() throws IOException {
        Path task = TinyCorpus.write(folder, TinyCorpus.lines(150), 1);
        String column =
                "teacher={kind: column, column: llm, gold: 30, labels: [{name: kitchen}, {name: harbour}, {name: court}],"
                        + " budget: 20, choose: {by: random, rounds: 2}}";

        JsonNode report =
                label(task, "--set", "corpus[0].keep=[label as llm]", "--set", "evaluate.rows=30", "--set", column);

        assertThat(report.at("/label/documents").asLong()).isEqualTo(80);
        assertThat(report.at("/label/rejected_by_reason/beyond_budget").asLong())
                .isEqualTo(70);
        assertThat(report.at("/label/chosen/curve")).hasSize(3);
    }

    @Test
    void whatPeopleSayOfUnsureDocumentsIsGold() throws IOException {
        Path task = TinyCorpus.write(folder, TinyCorpus.lines(300), 1);
        label(
                task,
                "--set",
                "teacher.gold=60",
                "--set",
                "teacher.precision=auto",
                "--set",
                "teacher.review={rows: 10}");
        Path review = Path.of(CommandLineRun.of("path", task.toString(), "label/review.jsonl")
                .out()
                .trim());
        List<String> answered = new ArrayList<>();
        for (String line : Files.readAllLines(review)) {
            ObjectNode row = (ObjectNode) JSON.readTree(line);
            assertThat(row.path("label").isNull()).isTrue();
            assertThat(row.path("text").asText()).isNotEmpty();
            assertThat(row.at("/suggestions/0/probability").asDouble())
                    .isGreaterThanOrEqualTo(row.at("/suggestions/1/probability").asDouble());
            // People know better than the corpus, even where that has a label.
            answered.add(row.put("label", "kitchen").toString());
        }
        assertThat(answered).hasSize(10);
        answered.set(9, answered.get(9).replace("\"kitchen\"", "null"));
        Files.write(folder.resolve("answers.jsonl"), answered);

        JsonNode report = label(task, "--set", "teacher.gold=60", "--set", "teacher.corrections=answers.jsonl");

        assertThat(report.at("/label/gold").asLong()).isEqualTo(69);
        String first = JSON.readTree(answered.get(0)).path("id").asText();
        assertThat(softLabels(task)
                        .where("gold and label = 'kitchen' and id = '" + first + "'")
                        .count())
                .isEqualTo(1);

        Files.writeString(folder.resolve("answers.jsonl"), "no JSON\n");
        CommandLineRun refused =
                CommandLineRun.of("label", task.toString(), "--set", "teacher.corrections=answers.jsonl");
        assertThat(refused.exit()).isEqualTo(3);
        assertThat(refused.err()).contains("answers.jsonl, line 1 is no JSON");
    }

    private static Dataset<Row> softLabels(Path task) {
        return SharedSpark.session()
                .read()
                .parquet(CommandLineRun.of("path", task.toString(), "soft_labels")
                        .out()
                        .trim());
    }

    private static List<String> ids(Path task) {
        return softLabels(task).select("id").collectAsList().stream()
                .map(row -> row.getString(0))
                .sorted()
                .toList();
    }

    private JsonNode label(Path task, String... options) throws IOException {
        for (String command : List.of("curate", "label", "report")) {
            command(command, task, options);
        }
        return JSON.readTree(folder.resolve("work/report.json").toFile());
    }

    private JsonNode run(Path task, String... options) throws IOException {
        command("run", task, options);
        return JSON.readTree(folder.resolve("work/report.json").toFile());
    }

    private static String command(String command, Path task, String... options) {
        String[] line = Stream.concat(Stream.of(command, task.toString()), Stream.of(options))
                .toArray(String[]::new);
        CommandLineRun run = CommandLineRun.of(line);
        assertThat(run.exit()).as(run.err()).isZero();
        return run.out();
    }
}
