package dev.stillhouse.teacher.sentences;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillhouse.teacher.endpoint.EndpointConfig;
import dev.stillhouse.teacher.endpoint.EndpointConfig.BudgetConfig;
import dev.stillhouse.teacher.endpoint.EndpointSource;
import dev.stillhouse.teacher.endpoint.SummaryQuestion;
import dev.stillhouse.teacher.outputs.InferenceMeter;
import dev.stillhouse.teacher.outputs.Outputs;
import dev.stillhouse.udfs.errors.ConfigurationException;
import dev.stillhouse.udfs.summary.Budget;
import dev.stillhouse.udfs.testing.FaultServer;
import dev.stillhouse.udfs.testing.Records;
import dev.stillhouse.udfs.testing.SharedSpark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Summaries of a server that does all that servers do. */
class EndpointTeacherTest {
    private static final Budget ONE = new Budget(Budget.Unit.SENTENCES, 1);
    private static final String STORM =
            "😀 The harbour was quiet. A storm sank three ships at night. Nobody knew the cook.";

    @TempDir
    Path folder;

    @Test
    void theAnswerIsFoundAmongTheSentencesAndAskedForOnce() throws IOException {
        try (FaultServer server = FaultServer.doing(
                (exchange, prompt, number) -> FaultServer.say(exchange, "Three ships sank in a storm at night."))) {
            // Equal but for white space: asked about once, and found in each as it is.
            String again = STORM.replace(". ", ".\n\n");
            Dataset<Row> documentsDF =
                    new SentenceDocuments().with("a", STORM).with("b", again).toDF();
            EndpointTeacher teacher = teacher(config(server.url()), ONE);
            UnaryOperator<Dataset<Row>> knownBefore = teacher.known();
            assertThat(fill(teacher, documentsDF)).isEqualTo(new Outputs.Result(0, 1, 0));
            assertThat(knownBefore.apply(documentsDF).count()).isZero();
            assertThat(teacher.known().apply(documentsDF).count()).isEqualTo(2);
            Dataset<Row> labelsDF = teacher.label(documentsDF);
            assertThat(SentenceDocuments.chosen(labelsDF, "a", STORM))
                    .containsExactly("A storm sank three ships at night.");
            assertThat(SentenceDocuments.chosen(labelsDF, "b", again))
                    .containsExactly("A storm sank three ships at night.");
            List<Row> first = labelsDF.where("id = 'a'").orderBy("begin").collectAsList();
            assertThat(first).hasSize(3);
            assertThat(first.get(1).getFloat(4)).isGreaterThan(0.7f);
            assertThat(first.get(0).getFloat(4)).isLessThan(0.1f);
            assertThat(first.get(0).getString(6)).isEqualTo(teacher.identity());
            assertThat(teacher.rejects(documentsDF).count()).isZero();
            int asked = server.requests().size();

            EndpointTeacher later = teacher(config(server.url()), ONE);
            assertThat(fill(later, documentsDF)).isEqualTo(new Outputs.Result(1, 0, 0));
            assertThat(later.label(documentsDF).count()).isEqualTo(6);
            assertThat(server.requests()).hasSize(asked);
            assertThat(fill(teacher(config(server.url()), new Budget(Budget.Unit.SENTENCES, 2)), documentsDF)
                            .inferred())
                    .isEqualTo(1);
            assertThat(server.requests().get(1).has("response_format")).isFalse();
            assertThat(server.requests().get(1).has("logprobs")).isFalse();
            assertThat(server.requests().get(1).at("/messages/0/content").asText())
                    .contains("at most one sentence");
        }
    }

    @Test
    void whatIsNoSummaryIsARejectWithAReason() throws IOException {
        Map<String, String> answers = Map.of(
                "ax", "",
                "bx", "I'm sorry, but I can\u2019t help with that storm.",
                "cx", "Completely different matters entirely.",
                "ex", "I cannot say.");
        try (FaultServer server = FaultServer.doing((exchange, prompt, number) -> {
            String key = prompt.substring(prompt.length() - 3, prompt.length() - 1);
            if (key.equals("dx")) {
                FaultServer.say(exchange, "A storm sank", "length", "");
            } else if (key.equals("fx")) {
                FaultServer.raw(exchange, 400, "{\"error\": {\"message\": \"too long\"}}");
            } else {
                FaultServer.say(exchange, answers.getOrDefault(key, "A storm sank three ships."));
            }
        })) {
            SentenceDocuments documents = new SentenceDocuments();
            List.of("ax", "bx", "cx", "dx", "fx", "gx")
                    .forEach(key -> documents.with(key, "A storm sank three ships. Nobody knew " + key + "."));
            documents.with("ex", "The witness spoke. She said: I cannot say who it was, ex.");
            Dataset<Row> documentsDF = documents.toDF();
            EndpointTeacher teacher = teacher(config(server.url()), ONE);
            fill(teacher, documentsDF);
            Map<String, String> reasons = SentenceDocuments.reasons(teacher.rejects(documentsDF));
            assertThat(reasons)
                    .isEqualTo(Map.of(
                            "ax", "no_summary_in_answer",
                            "bx", "refused_by_model",
                            "cx", "answer_unlike_document",
                            "dx", "answer_cut_off",
                            "fx", "refused_by_endpoint"));
            Dataset<Row> labelledDF = teacher.label(documentsDF).select("id").distinct();
            assertThat(labelledDF.collectAsList().stream().map(row -> row.getString(0)))
                    .containsExactlyInAnyOrder("ex", "gx");
            int asked = server.requests().size();
            fill(teacher, documentsDF);
            assertThat(server.requests()).hasSize(asked);
        }
    }

    @Test
    void longDocumentsAreCutAndCounted() throws IOException {
        try (FaultServer server =
                FaultServer.doing((exchange, prompt, number) -> FaultServer.say(exchange, "The harbour was quiet."))) {
            EndpointConfig config = Records.with(
                    Records.with(config(server.url()), "maxCharacters", 30), "prompts", List.of("|{text}"));
            EndpointTeacher teacher = teacher(config, ONE);
            Dataset<Row> documentsDF = new SentenceDocuments()
                    .with("a", STORM)
                    .with("b", "A harbour of thirty letters. X")
                    .with("c", "A harbour of 29 and an 😀 letter")
                    .toDF();
            fill(teacher, documentsDF);
            assertThat(server.requests().stream()
                            .map(request -> request.at("/messages/0/content").asText()))
                    .contains("|" + STORM.substring(0, 30))
                    .allSatisfy(prompt -> assertThat(prompt).hasSizeLessThanOrEqualTo(31));
            assertThat(teacher.warnings(documentsDF))
                    .singleElement()
                    .asString()
                    .contains("first 30 characters alone", ": 2;", "teacher.endpoint.max_characters");
            assertThat(teacher(config(server.url()), ONE).warnings(documentsDF)).isEmpty();
        }
    }

    @Test
    void aBudgetLeavesDocumentsAndABusyServerIsAskedAgain() throws IOException {
        Map<String, AtomicInteger> seen = new ConcurrentHashMap<>();
        try (FaultServer server = FaultServer.doing((exchange, prompt, number) -> {
            if (seen.computeIfAbsent(prompt, any -> new AtomicInteger()).incrementAndGet() == 1
                    && prompt.contains("number 3")) {
                FaultServer.raw(exchange, 429, "");
            } else {
                FaultServer.say(exchange, "A storm sank ships.");
            }
        })) {
            SentenceDocuments documents = new SentenceDocuments();
            IntStream.range(0, 60)
                    .forEach(i -> documents.with("d" + i, "A storm sank ships. It was number " + i + "."));
            Dataset<Row> documentsDF = documents.toDF();
            BudgetConfig budget = new BudgetConfig(Optional.of(40L), Optional.empty(), Optional.empty());
            EndpointTeacher teacher = teacher(Records.with(config(server.url()), "budget", Optional.of(budget)), ONE);
            Outputs.Result result = fill(teacher, documentsDF);
            assertThat(server.requests()).hasSizeLessThanOrEqualTo(40);
            assertThat(result.left()).isEqualTo(60 - result.inferred());
            Map<String, String> reasons = SentenceDocuments.reasons(teacher.rejects(documentsDF));
            assertThat(reasons).hasSize((int) result.left()).containsValue("not_labelled");
            // The next run pays for the rest, and for none of the others.
            EndpointTeacher later = teacher(config(server.url()), ONE);
            assertThat(fill(later, documentsDF)).isEqualTo(new Outputs.Result(result.inferred(), result.left(), 0));
            assertThat(later.rejects(documentsDF).count()).isZero();
            assertThat(later.label(documentsDF).select("id").distinct().count()).isEqualTo(60);
        }
    }

    @Test
    void aMissingKeyAndAServerThatIsDownAreToldBeforeADocumentIsSent() {
        Dataset<Row> documentsDF = new SentenceDocuments().with("a", STORM).toDF();
        EndpointConfig keyed =
                Records.with(config("http://127.0.0.1:1/v1"), "keyVariable", Optional.of("NO_SUCH_VARIABLE"));
        assertThatThrownBy(() -> fill(teacher(keyed, ONE), documentsDF))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("teacher.endpoint.key_variable: NO_SUCH_VARIABLE");
        EndpointConfig down = Records.with(config("http://127.0.0.1:1/v1"), "retries", 0);
        assertThatThrownBy(() -> fill(teacher(down, ONE), documentsDF))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("Cannot reach model-1");
    }

    private EndpointTeacher teacher(EndpointConfig config, Budget budget) {
        String prompt = config.prompts().stream().findFirst().orElse(SummaryQuestion.PROMPT);
        EndpointSource source = new EndpointSource(
                new SummaryQuestion(config.model(), prompt, budget, config.maxCharacters()), config, 42);
        return new EndpointTeacher(
                SharedSpark.session(), new org.apache.hadoop.fs.Path(folder.toString()), source, budget);
    }

    private static Outputs.Result fill(SentenceTeacher teacher, Dataset<Row> documentsDF) {
        SparkContext spark = SharedSpark.session().sparkContext();
        return teacher.fill(
                List.of(documentsDF),
                "segment" + System.nanoTime(),
                new InferenceMeter(spark, spark.longAccumulator("texts")));
    }

    private static EndpointConfig config(String url) {
        return new EndpointConfig(
                url,
                "model-1",
                Optional.empty(),
                List.of(),
                EndpointConfig.Answer.JSON_SCHEMA,
                true,
                8_000,
                Duration.ofSeconds(10),
                2,
                Duration.ofMillis(10),
                4,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
