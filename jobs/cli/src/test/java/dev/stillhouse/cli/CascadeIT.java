package dev.stillhouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillhouse.udfs.testing.FaultServer;
import dev.stillhouse.udfs.testing.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A student, and behind it a server that answers what the student is not sure of: by the last word of a topic in a text. */
class CascadeIT {
    private static final Map<String, String> TOPICS = new HashMap<>();
    private static final int CLEAR = 400;
    private static final int MIXED = 200;
    private static final int LEARNED = 300;

    static {
        for (String word : List.of("soup", "bread", "oven", "recipe", "butter", "onion", "dinner")) {
            TOPICS.put(word, "kitchen");
        }
        for (String word : List.of("ship", "sail", "captain", "anchor", "storm", "deck", "island")) {
            TOPICS.put(word, "harbour");
        }
        for (String word : List.of("judge", "lawyer", "trial", "verdict", "witness", "appeal", "contract")) {
            TOPICS.put(word, "court");
        }
    }

    @TempDir
    static Path folder;

    private static final AtomicInteger LEFT = new AtomicInteger();
    private static final Map<String, String> TEXTS = new HashMap<>();
    private static FaultServer server;
    private static Path task = Path.of("");

    @BeforeAll
    static void aStudent() throws IOException {
        server = FaultServer.doing((exchange, prompt, number) -> {
            if (LEFT.getAndDecrement() > 0) {
                FaultServer.say(exchange, "{\"label\": \"" + topic(prompt) + "\"}");
            } else {
                FaultServer.raw(exchange, 503, "");
            }
        });
        LEFT.set(Integer.MAX_VALUE);
        task = TinyCorpus.write(folder, TinyCorpus.lines(LEARNED), 1);
        lake();
        Files.writeString(
                task,
                Files.readString(task)
                        .replaceFirst("teacher: .*", """
                        teacher:
                          kind: http
                          gold: 60
                          labels: [{name: kitchen}, {name: harbour}, {name: court}]
                          endpoint: {url: '%s', model: tiny-chat, prompts: ['{labels}|{text}'], retries: 0, pause: 1 ms}
                        """.formatted(server.url()).strip())
                        .replaceFirst(
                                "score: .*",
                                "score: {sources: [{source: jsonl, path: lake.jsonl, id: id, text: text}]}"));
        CommandLineRun run = TinyCorpus.run(task, "student.kind=lexical", "student.targets={}", "evaluate={rows: 30}");
        assertThat(run.exit()).as(run.err()).isZero();
    }

    private static void lake() throws IOException {
        List<String> lines = new ArrayList<>(TinyCorpus.lines(CLEAR));
        List<String> words = TOPICS.keySet().stream().sorted().toList();
        for (int i = 0; i < MIXED; i++) {
            String text = "no " + words.get(i % 21) + " without " + words.get((i * 5 + 3) % 21) + ", they said, nor "
                    + words.get((i * 8 + i / 21 + 1) % 21);
            lines.add("{\"id\": \"m%04d\", \"text\": \"%s\", \"label\": \"\"}".formatted(i, text));
        }
        Files.write(folder.resolve("lake.jsonl"), lines);
        for (String line : lines) {
            String[] parts = line.split("\"");
            TEXTS.put(parts[3], parts[7]);
        }
    }

    private static String topic(String text) {
        return Arrays.stream(text.substring(text.indexOf('|') + 1).split("\\W+"))
                .filter(TOPICS::containsKey)
                .reduce((first, second) -> second)
                .map(TOPICS::get)
                .orElse("court");
    }

    @BeforeEach
    void theServerIsUp() {
        LEFT.set(Integer.MAX_VALUE);
    }

    @AfterAll
    static void theServerGoes() {
        server.close();
    }

    @Test
    void whatTheStudentIsNotSureOfGoesToTheTeacherAndThePromiseHolds() throws IOException {
        int before = server.requests().size();
        JsonNode score = score("score.route={agreement: 0.9, sample: 150, audit: 50}");
        List<Row> rows = rows();

        assertThat(rows).hasSize(CLEAR + MIXED);
        Set<String> routes = new HashSet<>();
        long agreeing = 0;
        for (Row row : rows) {
            String said = topic("|" + TEXTS.get(row.<String>getAs("id")));
            String route = row.getAs("route");
            routes.add(route);
            agreeing += said.equals(row.getAs("label")) ? 1 : 0;
            if (!route.equals("student")) {
                assertThat(row.<String>getAs("label")).as(row.toString()).isEqualTo(said);
                assertThat(row.<String>getAs("model"))
                        .isEqualTo(TinyCorpus.report(folder).at("/runs/label").asText());
            }
        }
        JsonNode route = score.at("/route");
        assertThat(routes).containsExactlyInAnyOrder("student", "teacher", "cache");
        assertThat((double) agreeing / rows.size())
                .isGreaterThanOrEqualTo(route.at("/realised_bound").asDouble());
        assertThat(route.at("/realised_bound").asDouble()).isGreaterThanOrEqualTo(0.9);
        assertThat(route.at("/expected_agreement").asDouble()).isGreaterThanOrEqualTo(0.9);
        assertThat(route.at("/coverage").asDouble()).isBetween(0.2, 0.95);
        assertThat(route.at("/audited").asInt()).isEqualTo(50);
        assertThat(route.at("/audited_agreement").asDouble()).isGreaterThan(0.8);
        // The server is also asked whether it is there, once for each of sample and rest.
        assertThat(server.requests().size() - before)
                .isBetween(
                        route.at("/teacher_calls").asInt(),
                        route.at("/teacher_calls").asInt() + 2);
        assertThat(folder.resolve("work/report.html")).content().contains("Cascade", "Who decided");
        assertThat(folder.resolve("work/score/runs").toFile().listFiles())
                .allSatisfy(run -> assertThat(run.toPath().resolve("kept")).doesNotExist());
    }

    @Test
    void aBudgetThatIsTooSmallIsToldBeforeItIsSpentAndTheLastScoresStayServed() throws IOException {
        List<Row> before = rows();
        String lake = "[{source: jsonl, path: lake.jsonl, id: id, text: \"concat('behold, ', text)\"}]";

        CommandLineRun sample = CommandLineRun.of(
                "score",
                task.toString(),
                "--set",
                "score={sources: " + lake + ", route: {agreement: 0.9, budget: 20}}");
        assertThat(sample.exit()).isEqualTo(3);
        assertThat(sample.err()).contains("Cannot draw a sample", "score.route.budget is 20");

        int asked = server.requests().size();
        CommandLineRun rest = CommandLineRun.of(
                "score",
                task.toString(),
                "--set",
                "score={sources: " + lake + ", route: {agreement: 0.93, sample: 100, budget: 120}}");
        assertThat(rest.exit()).as(rest.err()).isEqualTo(3);
        assertThat(rest.err())
                .contains(
                        "within score.route.budget 120", "Raise the budget to", "with agreement 0.9 the student would");
        assertThat(server.requests().size() - asked).isBetween(90, 101);
        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void aSampleThatCanShowNothingIsRefusedBeforeAnythingIsAsked() {
        int asked = server.requests().size();

        CommandLineRun run =
                CommandLineRun.of("score", task.toString(), "--set", "score.route={agreement: 0.99, sample: 100}");

        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.err()).contains("a sample of 100 documents cannot show it (at least 299 are needed");
        assertThat(server.requests()).hasSize(asked);
    }

    @Test
    void documentsOfALabelAreSelectedWithTheRecallThatWasPromised() throws IOException {
        JsonNode score = score("score.route={recall: 0.8, label: harbour, sample: 300}");
        List<Row> rows = rows();

        long harbour = 0;
        long found = 0;
        for (Row row : rows) {
            if (topic("|" + TEXTS.get(row.<String>getAs("id"))).equals("harbour")) {
                harbour++;
                found += row.<Boolean>getAs("selected") ? 1 : 0;
            }
        }
        assertThat((double) found / harbour).isGreaterThanOrEqualTo(0.8);
        assertThat(score.at("/route/recall").asDouble()).isEqualTo(0.8);
        assertThat(score.at("/route/expected_recall").asDouble()).isGreaterThanOrEqualTo(0.8);
        assertThat(score.at("/route/selected").asLong())
                .isEqualTo(rows.stream()
                        .filter(row -> row.<Boolean>getAs("selected"))
                        .count())
                .isLessThan(rows.size());

        JsonNode precise = score("score.route={precision: 0.8, label: harbour, sample: 300}");
        List<String> selected = rows().stream()
                .filter(row -> row.<Boolean>getAs("selected"))
                .map(row -> topic("|" + TEXTS.get(row.<String>getAs("id"))))
                .toList();
        assertThat(precise.at("/route/selected").asLong())
                .isEqualTo(selected.size())
                .isPositive();
        assertThat((double) selected.stream().filter("harbour"::equals).count() / selected.size())
                .isGreaterThanOrEqualTo(0.8);
    }

    @Test
    void labelsAndTeachersThatAreOthersAreTold() {
        CommandLineRun label =
                CommandLineRun.of("score", task.toString(), "--set", "score.route={recall: 0.8, label: garden}");
        assertThat(label.exit()).isEqualTo(2);
        assertThat(label.err()).contains("Invalid score.route.label: garden (must be one of teacher.labels)");

        CommandLineRun teacher = CommandLineRun.of(
                "score",
                task.toString(),
                "--set",
                "score.route={agreement: 0.9}",
                "--set",
                "teacher.endpoint.model=another");
        assertThat(teacher.exit()).isEqualTo(2);
        assertThat(teacher.err())
                .contains("the section teacher is not the one")
                .contains("Run ./stillhouse label first");
    }

    @Test
    void aTeacherThatStopsAnsweringStopsTheRunOrLeavesTheStudentsAnswersMarked() throws IOException {
        List<Row> before = rows();
        String score = "score={sources: [{source: jsonl, path: lake.jsonl, id: id, text: \"concat(text, ' (%s)')\"}], "
                + "on_teacher_failure: %s, route: {agreement: 0.9, sample: 100}}";
        LEFT.set(140);
        CommandLineRun stopped = CommandLineRun.of("score", task.toString(), "--set", score.formatted("one", "stop"));
        assertThat(stopped.exit()).isEqualTo(1);
        assertThat(stopped.err()).contains("Cannot reach", "What it answered is kept");
        assertThat(rows()).isEqualTo(before);

        LEFT.set(Integer.MAX_VALUE);
        int asked = server.requests().size();
        JsonNode again = score(score.formatted("one", "stop"));
        assertThat(again.at("/by_route/cache").asInt()).isGreaterThanOrEqualTo(100);
        assertThat(server.requests().size() - asked)
                .isBetween(
                        again.at("/route/teacher_calls").asInt(),
                        again.at("/route/teacher_calls").asInt() + 2);

        LEFT.set(140);
        JsonNode marked = score(score.formatted("two", "student"));
        assertThat(marked.at("/by_route/fallback").asInt()).isPositive();
        assertThat(marked.at("/route/realised_bound").asDouble()).isLessThan(0.9);
        assertThat(marked.at("/route/failure").asText()).contains("Cannot reach");
        assertThat(marked.at("/documents").asInt()).isEqualTo(CLEAR + MIXED);
        assertThat(TinyCorpus.report(folder).at("/warnings/score").toString()).contains("route fallback");
    }

    @Test
    void aSpentBudgetOfTheServerEndsTheRunThatCannotKeepItsPromise() throws IOException {
        List<Row> before = rows();
        String[] spending = {
            "score",
            task.toString(),
            "--set",
            "score={sources: [{source: jsonl, path: lake.jsonl, id: id, text: \"concat(text, ' (three)')\"}], "
                    + "route: {agreement: 0.9, sample: 100}}",
            "--set",
            "teacher.endpoint.budget={requests: 70}"
        };
        CommandLineRun sample = CommandLineRun.of(spending);
        assertThat(sample.exit()).as(sample.err()).isEqualTo(3);
        assertThat(sample.err())
                .contains("Cannot tell a threshold: teacher.endpoint.budget was spent before", "of the sample");

        CommandLineRun rest = CommandLineRun.of(spending);
        assertThat(rest.exit()).as(rest.err()).isEqualTo(3);
        assertThat(rest.err())
                .contains("Cannot keep score.route.agreement 0.9: teacher.endpoint.budget was spent before")
                .contains("raise teacher.endpoint.budget");
        assertThat(rows()).isEqualTo(before);
    }

    private static JsonNode score(String setting) throws IOException {
        CommandLineRun run = CommandLineRun.of("score", task.toString(), "--set", setting);
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(CommandLineRun.of("report", task.toString()).exit()).isZero();
        return TinyCorpus.report(folder).at("/score");
    }

    private static List<Row> rows() {
        String path = CommandLineRun.of("path", task.toString(), "scores").out().strip();
        return SharedSpark.session().read().parquet(path).orderBy("id").collectAsList();
    }
}
