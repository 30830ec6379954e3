package dev.stillhouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import dev.stillhouse.udfs.testing.FaultServer;
import dev.stillhouse.udfs.testing.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks that summarise, taught by a server and by several teachers. */
class SummaryTeachersIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String[] WORDS = {"ship", "harbour", "storm", "crew", "captain", "island", "mast", "rope"};
    private static final int BOOKS = 80;

    @TempDir
    Path folder;

    @Test
    void aServerTeachesAndIsAskedOnce() throws IOException {
        try (FaultServer server = FaultServer.doing(SummaryTeachersIT::conclusions)) {
            Path task = task("""
                    {kind: http, endpoint: {url: '%s', model: tiny-chat, price: {input: 1, output: 10}, max_characters: 300,
                      prompts: ['In {budget}, what does it conclude? {text}']}}""".formatted(server.url()));

            assertThat(run(0, task, "run", "--plan")).contains("to run, once what it reads is there");
            run(0, task, "curate");
            assertThat(run(0, task, "label", "--plan")).contains("0 texts known, 82 to run", "USD without answers");
            String out = run(0, task, "run");
            assertThat(out).contains("Documents of which the server saw the first 300 characters alone");

            JsonNode report = JSON.readTree(folder.resolve("work/report.json").toFile());
            assertThat(report.at("/label/inference/inferred").asInt()).isEqualTo(BOOKS + 2);
            assertThat(report.at("/label/inference/requests").asInt()).isEqualTo(BOOKS + 3);
            assertThat(report.at("/label/inference/money").asDouble()).isEqualTo((BOOKS + 3) * (20 + 5 * 10) / 1e6);
            assertThat(report.at("/summaries/judged_by").asText()).isEqualTo("teacher");
            assertThat(report.at("/student/retained").asDouble()).isGreaterThan(0.8);
            assertThat(server.requests().get(1).at("/messages/0/content").asText())
                    .startsWith("In 2 sentences, what does it conclude? ");
            assertThat(server.requests()).hasSize(BOOKS + 3);
            assertThat(read(task, "summaries")
                            .where("summary like '%We conclude%'")
                            .count())
                    .isGreaterThan(BOOKS * 9L / 10);
            assertThat(read(task, "label/rejects").select("id", "reason").collectAsList().stream()
                            .map(row -> row.getString(0) + " " + row.getString(1)))
                    .containsExactlyInAnyOrder("mute no_summary_in_answer", "shy refused_by_model");

            assertThat(run(0, task, "run")).contains("unchanged");
            run(0, task, "label", "--force");
            run(0, task, "report");
            JsonNode again = JSON.readTree(folder.resolve("work/report.json").toFile());
            assertThat(again.at("/label/inference/cached").asInt()).isEqualTo(BOOKS + 2);
            assertThat(again.at("/label/inference/inferred").asInt()).isZero();
            assertThat(server.requests()).hasSize(BOOKS + 3);
        }
    }

    @Test
    void severalTeachersVote() throws IOException {
        try (FaultServer server = FaultServer.doing(SummaryTeachersIT::conclusions)) {
            Path task = task("""
                    {kind: ensemble, max_tokens: 32, endpoint: {url: '%s', model: tiny-chat},
                      members: [{kind: reference, weight: 2}, {kind: salience}, {kind: http}]}""".formatted(server.url()));
            String reference = "corpus[0].reference=if(sea = 'north', abstract, null)";

            String out = run(0, task, "run", "--set", reference);

            assertThat(out)
                    .contains("Documents of which reference says nothing, so that the other members alone decide: 42")
                    .contains("Documents of which summaries by tiny-chat at " + server.url()
                            + " says nothing, so that the other members alone decide: 2");
            JsonNode report = JSON.readTree(folder.resolve("work/report.json").toFile());
            assertThat(report.at("/label/documents").asInt()).isEqualTo(BOOKS + 2);
            assertThat(report.at("/label/inference/requests").asInt()).isEqualTo(BOOKS + 3);
            assertThat(report.at("/label/inference/tokens").asInt()).isEqualTo(20 * (BOOKS + 3));
            Dataset<Row> labelsDF = read(task, "sentence_labels");
            assertThat(labelsDF.where("salience < 0 or salience > 1").count()).isZero();
            assertThat(labelsDF.where("teacher not like 'ensemble-1%'").count()).isZero();
            assertThat(read(task, "label/rejects").count()).isZero();
            assertThat(read(task, "summaries")
                            .where("summary like '%We conclude%'")
                            .count())
                    .isGreaterThan(BOOKS * 8L / 10);

            int asked = server.requests().size();
            run(0, task, "label", "--set", reference, "--set", "teacher.members[0].weight=3");
            assertThat(server.requests()).hasSize(asked);
        }
    }

    @Test
    void aServerThatCannotBeAskedEndsTheRun() throws IOException {
        Path task = task("{kind: http, endpoint: {url: 'http://127.0.0.1:1/v1', model: tiny-chat, retries: 0}}");
        assertThat(run(1, task, "run")).contains("Cannot reach tiny-chat");
        assertThat(run(2, task, "run", "--set", "teacher.endpoint.key_variable=NO_SUCH_VARIABLE"))
                .contains("teacher.endpoint.key_variable: NO_SUCH_VARIABLE");
        try (FaultServer server =
                FaultServer.doing((exchange, prompt, number) -> FaultServer.say(exchange, "Zebras gallop."))) {
            assertThat(run(3, task, "run", "--set", "teacher.endpoint.url=" + server.url()))
                    .contains("says nothing of any document", "answer_unlike_document=82");
            String reference = "corpus[0].reference=abstract";
            run(0, task, "curate", "--set", reference);
            assertThat(run(
                            0,
                            task,
                            "label",
                            "--set",
                            reference,
                            "--set",
                            "teacher={kind: ensemble, members: [{kind: reference}, {kind: http}], endpoint: {url: '"
                                    + server.url() + "', model: tiny-chat}}"))
                    .contains("other members alone decide: 80");
        }
    }

    /** What a model says that has read what it was sent: what the text concludes, in other words. */
    private static void conclusions(HttpExchange exchange, String prompt, int number) throws IOException {
        if (prompt.contains("mute")) {
            FaultServer.say(exchange, " ");
        } else if (prompt.contains("shy")) {
            FaultServer.say(exchange, "I\u2019m sorry, but I can\u2019t summarise that.");
        } else {
            String said = Arrays.stream(prompt.split("[.?]\\s*"))
                    .filter(sentence -> sentence.startsWith("We conclude that "))
                    .map(sentence -> "It was found that " + sentence.substring("We conclude that ".length()))
                    .collect(Collectors.joining(". "));
            FaultServer.say(exchange, said.isEmpty() ? "There was talk of a ship." : said + ".");
        }
    }

    private Path task(String teacher) throws IOException {
        Random random = new Random(1);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < BOOKS; i++) {
            lines.add(book(i, random));
        }
        lines.add("{\"id\": \"mute\", \"text\": \"The mute captain said nothing. Nobody asked him. The crew slept.\"}");
        lines.add("{\"id\": \"shy\", \"text\": \"The shy captain hid away. Nobody saw him. The crew slept.\"}");
        Files.write(folder.resolve("books.jsonl"), lines);
        return Files.writeString(folder.resolve("task.yaml"), """
                task: log-books
                kind: summarize
                workspace: work
                corpus: [{source: jsonl, path: books.jsonl, id: id, text: text}]
                evaluate: {rows: 20}
                teacher: %s
                student: {min_documents: 3}
                summarize:
                  sources: [{source: jsonl, name: lake, path: books.jsonl, id: id, text: text}]
                  budget: {sentences: 2}
                report: {speed_seconds: 0.06}
                """.formatted(teacher));
    }

    private static String book(int number, Random random) {
        StringBuilder text = new StringBuilder();
        StringBuilder told = new StringBuilder();
        int sentences = 5 + random.nextInt(5);
        int first = random.nextInt(3);
        for (int i = 0; i < sentences; i++) {
            String rest = WORDS[random.nextInt(8)] + " and the " + WORDS[random.nextInt(8)] + " number "
                    + random.nextInt(500);
            boolean tells = i == first || i == first + 1;
            text.append(tells ? "We conclude that the " : "There was talk of a ")
                    .append(rest)
                    .append(". ");
            told.append(tells ? "The " + rest + " were found. " : "");
        }
        return JSON.createObjectNode()
                .put("id", "d" + number)
                .put("text", text.toString().strip())
                .put("abstract", told.toString())
                .put("sea", number % 2 == 0 ? "north" : "south")
                .toString();
    }

    private Dataset<Row> read(Path task, String dataset) {
        CommandLineRun run = CommandLineRun.of("path", task.toString(), dataset);
        assertThat(run.exit()).as(run.err()).isZero();
        return SharedSpark.session().read().parquet(run.out().strip());
    }

    private static String run(int exit, Path task, String command, String... more) {
        List<String> arguments = new ArrayList<>(List.of(command, task.toString()));
        arguments.addAll(Arrays.asList(more));
        CommandLineRun run = CommandLineRun.of(arguments.toArray(String[]::new));
        assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(exit);
        return run.out() + run.err();
    }
}
