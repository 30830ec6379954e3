package dev.stillhouse.teacher.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.net.httpserver.HttpExchange;
import dev.stillhouse.teacher.endpoint.EndpointConfig.Answer;
import dev.stillhouse.teacher.endpoint.EndpointConfig.BudgetConfig;
import dev.stillhouse.teacher.endpoint.EndpointConfig.PriceConfig;
import dev.stillhouse.teacher.outputs.InferenceMeter;
import dev.stillhouse.teacher.outputs.Outputs;
import dev.stillhouse.teacher.outputs.Vectors;
import dev.stillhouse.udfs.errors.ConfigurationException;
import dev.stillhouse.udfs.testing.FaultServer;
import dev.stillhouse.udfs.testing.Records;
import dev.stillhouse.udfs.testing.SharedSpark;
import dev.stillhouse.udfs.text.TextNormalizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Labels from a server that does all that servers do. */
class EndpointSourceTest {
    private static final StructType SCHEMA =
            new StructType().add("text_hash", "string", false).add("text", "string", false);
    private static final List<String> LABELS = List.of("cat", "dog");

    @TempDir
    Path folder;

    private InferenceMeter meter;

    @BeforeEach
    void startAtZero() {
        meter = new InferenceMeter(
                SharedSpark.session().sparkContext(),
                SharedSpark.session().sparkContext().longAccumulator("texts"));
    }

    @Test
    void everyTextIsAskedAboutOnceAndNeverAgain() throws IOException {
        try (FaultServer server = FaultServer.doing((exchange, prompt, number) -> animal(exchange, prompt))) {
            List<String> texts = IntStream.range(0, 60)
                    .mapToObj(i -> i + (i % 3 == 0 ? " purrs" : " barks"))
                    .toList();
            assertThat(fill(server, texts)).isEqualTo(new Outputs.Result(0, 60, 0));
            assertThat(server.requests()).hasSize(61);
            assertThat(meter.requests()).isEqualTo(61);
            assertThat(meter.texts()).isEqualTo(60);
            assertThat(meter.tokens()).isEqualTo(61 * 20);
            assertThat(meter.answerTokens()).isEqualTo(61 * 5);
            Map<String, Row> rows = rows(config(server));
            assertThat(rows).hasSize(60);
            assertThat(label(rows, "0 purrs")).isEqualTo("cat");
            assertThat(label(rows, "1 barks")).isEqualTo("dog");

            assertThat(fill(server, List.of("0 purrs", "new barks"))).isEqualTo(new Outputs.Result(1, 1, 0));
            assertThat(fill(server, List.of("0 purrs"))).isEqualTo(new Outputs.Result(1, 0, 0));
            assertThat(server.requests()).hasSize(63);
        }
    }

    @Test
    void theQuestionIsConstrainedToTheLabelsAndTheKeyIsSent() throws IOException {
        try (FaultServer server = FaultServer.doing((exchange, prompt, number) -> animal(exchange, prompt))) {
            EndpointConfig config = Records.with(config(server), "keyVariable", Optional.of("PATH"));
            fill(config, List.of("it barks {labels} {text}"));
            assertThat(server.keys().get(1)).isEqualTo("Bearer " + System.getenv("PATH"));
            var request = server.requests().get(1);
            assertThat(request.at("/response_format/json_schema/schema/properties/label/enum"))
                    .hasToString("[\"cat\",\"dog\"]");
            assertThat(request.path("logprobs").asBoolean()).isTrue();
            assertThat(request.path("temperature").asInt(-1)).isZero();
            // Only the prompt's own braces stand for something.
            assertThat(request.at("/messages/0/content").asText()).isEqualTo("cat or dog? it barks {labels} {text}");
            EndpointConfig text =
                    Records.with(Records.with(config(server), "answer", Answer.TEXT), "logProbabilities", false);
            fill(text, List.of("it barks"));
            var free = server.requests().get(server.requests().size() - 1);
            assertThat(free.has("response_format")).isFalse();
            assertThat(free.has("logprobs")).isFalse();
        }
    }

    @Test
    void aServerThatDoesNotCountTokensIsCountedByLength() throws IOException {
        try (FaultServer server = FaultServer.doing((exchange, prompt, number) -> FaultServer.raw(
                exchange, 200, "{\"choices\":[{\"message\":{\"content\":\"{\\\"label\\\":\\\"cat\\\"}\"}}]}"))) {
            fill(server, List.of("a cat ".repeat(50)));
            // Some 313 characters, and an answer of one token at least.
            assertThat(meter.tokens()).isBetween(100L, 110L);
            assertThat(meter.answerTokens()).isEqualTo(1);
        }
    }

    @Test
    void whatAServerSaysOfARefusalIsNotRepeatedOnceItHasSeenDocuments() throws IOException {
        try (FaultServer server = FaultServer.doing((exchange, prompt, number) -> {
            if (number == 1) {
                animal(exchange, prompt);
            } else {
                FaultServer.raw(exchange, 403, "{\"error\":{\"message\":\"no: " + prompt + "\"}}");
            }
        })) {
            List<String> texts =
                    IntStream.range(0, 10).mapToObj(i -> i + " secret").toList();
            assertThatThrownBy(() -> fill(server, texts))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("HTTP 403 to 5 texts")
                    .hasMessageNotContaining("secret");
        }
    }

    @Test
    void logProbabilitiesBecomeSoftLabels() throws IOException {
        String logprobs = "{\"content\":[{\"token\":\"{\\\"label\\\":\\\"\",\"logprob\":0,\"top_logprobs\":[]},"
                + "{\"token\":\"cat\",\"logprob\":" + Math.log(0.75)
                + ",\"top_logprobs\":[{\"token\":\"cat\",\"logprob\":" + Math.log(0.75)
                + "},{\"token\":\"dog\",\"logprob\":" + Math.log(0.25) + "}]},"
                + "{\"token\":\"\\\"}\",\"logprob\":0,\"top_logprobs\":[]}]}";
        try (FaultServer server = FaultServer.doing(
                (exchange, prompt, number) -> FaultServer.say(exchange, "{\"label\":\"cat\"}", "stop", logprobs))) {
            fill(server, List.of("a"));
            float[] logits = Vectors.floats(rows(config(server)).get(TextNormalizer.md5("a")), 1);
            assertThat(Math.exp(logits[0])).isCloseTo(0.75, within(1e-6));
            assertThat(Math.exp(logits[1])).isCloseTo(0.25, within(1e-6));
        }
    }

    @Test
    void aServerThatIsBusyOrFailsOrIsSlowNowAndThenLosesNothing() throws IOException {
        Map<String, AtomicInteger> seen = new ConcurrentHashMap<>();
        try (FaultServer server = FaultServer.doing((exchange, prompt, number) -> {
            int attempt =
                    seen.computeIfAbsent(prompt, any -> new AtomicInteger()).incrementAndGet();
            switch (attempt + prompt.length() % 2 * 10) {
                case 1 -> {
                    exchange.getResponseHeaders().add("Retry-After", "0");
                    FaultServer.raw(exchange, 429, "{\"error\":{\"message\":\"slow down\"}}");
                }
                case 2 -> FaultServer.raw(exchange, 503, "");
                case 11 -> FaultServer.raw(exchange, 200, "<html>gateway</html>");
                case 12 -> Thread.sleep(5_000);
                default -> animal(exchange, prompt);
            }
        })) {
            List<String> texts = List.of("a purrs", "bb purrs", "c barks", "dd barks");
            assertThat(fill(Records.with(config(server), "timeout", Duration.ofMillis(500)), texts))
                    .isEqualTo(new Outputs.Result(0, 4, 0));
            assertThat(server.requests()).hasSize(15);
            assertThat(label(rows(config(server)), "dd barks")).isEqualTo("dog");
        }
    }

    @Test
    void nonsenseRefusalsAndCutAnswersAreRowsWithAReasonAndPaidForOnce() throws IOException {
        try (FaultServer server = FaultServer.doing((exchange, prompt, number) -> {
            if (prompt.contains("nonsense")) {
                FaultServer.say(exchange, "{\"label\":\"zebra\"}");
            } else if (prompt.contains("long")) {
                FaultServer.say(exchange, "{\"label\":\"ca", "length", "");
            } else if (prompt.contains("bad")) {
                FaultServer.raw(exchange, 400, "{\"error\":{\"message\":\"context length\"}}");
            } else {
                animal(exchange, prompt);
            }
        })) {
            List<String> texts = List.of("nonsense", "long", "bad", "fine purrs");
            assertThat(fill(server, texts)).isEqualTo(new Outputs.Result(0, 4, 0));
            Map<String, Row> rows = rows(config(server));
            assertThat(reason(rows, "nonsense")).isEqualTo("no_label_in_answer");
            assertThat(reason(rows, "long")).isEqualTo("answer_cut_off");
            assertThat(reason(rows, "bad")).isEqualTo("refused_by_endpoint");
            assertThat(reason(rows, "fine purrs")).isNull();
            assertThat(fill(server, texts)).isEqualTo(new Outputs.Result(4, 0, 0));
        }
    }

    @Test
    void aTextThatNeverGetsAnAnswerIsTriedAgainByTheNextRun() throws IOException {
        AtomicInteger broken = new AtomicInteger(1);
        try (FaultServer server = FaultServer.doing((exchange, prompt, number) -> {
            if (prompt.contains("poison") && broken.get() == 1) {
                FaultServer.raw(exchange, 500, "");
            } else {
                animal(exchange, prompt);
            }
        })) {
            assertThat(fill(server, List.of("poison purrs", "a barks"))).isEqualTo(new Outputs.Result(0, 2, 0));
            assertThat(reason(rows(config(server)), "poison purrs")).isEqualTo("endpoint_failed");
            broken.set(0);
            assertThat(fill(server, List.of("poison purrs", "a barks"))).isEqualTo(new Outputs.Result(1, 1, 0));
            assertThat(reason(rows(config(server)), "poison purrs")).isNull();
        }
    }

    @Test
    void aServerThatGoesDownEndsTheRunAndWhatItAnsweredIsKept() throws IOException {
        AtomicInteger up = new AtomicInteger(30);
        List<String> texts = IntStream.range(0, 60).mapToObj(i -> i + " purrs").toList();
        try (FaultServer server = FaultServer.doing((exchange, prompt, number) -> {
            if (up.getAndDecrement() > 0) {
                animal(exchange, prompt);
            } else {
                FaultServer.raw(exchange, 502, "");
            }
        })) {
            EndpointConfig config = Records.with(config(server), "concurrency", 1);
            assertThatThrownBy(() -> fill(config, texts))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("Cannot reach")
                    .hasMessageContaining("HTTP 502")
                    .hasMessageContaining("run the command again");
            up.set(1_000);
            startAtZero();
            Outputs.Result resumed = fill(config, texts);
            assertThat(resumed.cached()).isEqualTo(29);
            assertThat(resumed.inferred()).isEqualTo(31);
            assertThat(rows(config)).hasSize(60);
        }
    }

    @Test
    void whatNoQuestionCanPassIsFoundBeforeADocumentIsSent() throws IOException {
        try (FaultServer server = FaultServer.doing((exchange, prompt, number) ->
                FaultServer.raw(exchange, 401, "{\"error\":{\"message\":\"Incorrect API key\"}}"))) {
            assertThatThrownBy(() -> fill(server, List.of("a secret")))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("HTTP 401: Incorrect API key")
                    .hasMessageContaining("key_variable");
            assertThat(server.requests()).hasSize(1);
            assertThat(server.requests().get(0).toString()).doesNotContain("secret");
        }
        EndpointConfig nobody = config("http://127.0.0.1:9/v1");
        assertThatThrownBy(() -> fill(nobody, List.of("a")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("Cannot reach model-1 at http://127.0.0.1:9/v1");
        EndpointConfig keyless = Records.with(nobody, "keyVariable", Optional.of("STILLHOUSE_NO_SUCH_KEY"));
        assertThatThrownBy(() -> fill(keyless, List.of("a")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("STILLHOUSE_NO_SUCH_KEY");
    }

    @Test
    void aBudgetIsNeverPassedAndWhatIsLeftIsCounted() throws IOException {
        List<String> texts = IntStream.range(0, 100).mapToObj(i -> i + " purrs").toList();
        for (BudgetConfig budget : List.of(
                new BudgetConfig(Optional.of(40L), Optional.empty(), Optional.empty()),
                new BudgetConfig(Optional.empty(), Optional.of(2_000L), Optional.empty()),
                new BudgetConfig(Optional.empty(), Optional.empty(), Optional.of(0.003)))) {
            startAtZero();
            try (FaultServer server = FaultServer.doing((exchange, prompt, number) -> animal(exchange, prompt))) {
                EndpointConfig priced =
                        Records.with(config(server), "price", Optional.of(new PriceConfig(2, 4, "EUR")));
                EndpointConfig config = Records.with(priced, "budget", Optional.of(budget));
                Outputs.Result result = outputs(config)
                        .fill(List.of(documents(texts.subList(0, 10)), documents(texts)), "first", meter);
                assertThat(result.inferred()).as(budget.toString()).isBetween(20L, 80L);
                assertThat(result.left()).isEqualTo(100 - result.inferred());
                assertThat(meter.requests())
                        .isLessThanOrEqualTo(budget.requests().orElse(1000L));
                assertThat(meter.tokens() + meter.answerTokens())
                        .isLessThanOrEqualTo(budget.tokens().orElse(10_000L));
                double money = (meter.tokens() * 2.0 + meter.answerTokens() * 4.0) / 1e6;
                assertThat(money).isLessThanOrEqualTo(budget.money().orElse(1.0));
                // The most urgent first.
                assertThat(rows(config).keySet())
                        .containsAll(texts.subList(0, 10).stream()
                                .map(TextNormalizer::md5)
                                .toList());
            }
        }
    }

    @Test
    void requestsThatAreTriedAgainCountToo() throws IOException {
        Map<String, AtomicInteger> seen = new ConcurrentHashMap<>();
        try (FaultServer server = FaultServer.doing((exchange, prompt, number) -> {
            if (seen.computeIfAbsent(prompt, any -> new AtomicInteger()).incrementAndGet() == 1
                    && !prompt.endsWith("Hello.")) {
                FaultServer.raw(exchange, 503, "");
            } else {
                animal(exchange, prompt);
            }
        })) {
            BudgetConfig budget = new BudgetConfig(Optional.of(41L), Optional.empty(), Optional.empty());
            EndpointConfig config = Records.with(config(server), "budget", Optional.of(budget));
            Outputs.Result result = fill(
                    config, IntStream.range(0, 60).mapToObj(i -> i + " purrs").toList());
            assertThat(server.requests()).hasSizeLessThanOrEqualTo(41);
            assertThat(meter.requests()).isEqualTo(server.requests().size());
            assertThat(result.inferred()).isBetween(10L, 20L);
            assertThat(result.left()).isEqualTo(60 - result.inferred());
        }
    }

    @Test
    void aRateIsKept() throws IOException {
        try (FaultServer server = FaultServer.doing((exchange, prompt, number) -> animal(exchange, prompt))) {
            EndpointConfig config = Records.with(config(server), "requestsPerMinute", Optional.of(600));
            long start = System.nanoTime();
            fill(config, IntStream.range(0, 10).mapToObj(i -> i + " purrs").toList());
            // One task: ten requests, a tenth of a second from one to the next.
            assertThat((System.nanoTime() - start) / 1e9).isGreaterThan(0.85);
        }
    }

    private static void animal(HttpExchange exchange, String prompt) throws IOException {
        FaultServer.say(exchange, prompt.contains("purrs") ? "{\"label\":\"cat\"}" : "{\"label\": \"dog\"}");
    }

    private Outputs.Result fill(FaultServer server, List<String> texts) {
        return fill(config(server), texts);
    }

    private Outputs.Result fill(EndpointConfig config, List<String> texts) {
        return outputs(config).fill(List.of(documents(texts)), "segment" + System.nanoTime(), meter);
    }

    private Outputs outputs(EndpointConfig config) {
        String cache = "cache" + config.budget().hashCode();
        return source(config)
                .open(
                        SharedSpark.session(),
                        new org.apache.hadoop.fs.Path(folder.resolve(cache).toString()));
    }

    private static EndpointSource source(EndpointConfig config) {
        return new EndpointSource(
                new Question(
                        config.model(),
                        config.prompts().get(0),
                        LABELS,
                        "cat or dog?",
                        config.answer(),
                        config.logProbabilities(),
                        config.maxCharacters()),
                config,
                42);
    }

    private static EndpointConfig config(FaultServer server) {
        return config(server.url());
    }

    private static EndpointConfig config(String url) {
        return new EndpointConfig(
                url,
                "model-1",
                Optional.empty(),
                List.of("{labels} {text}"),
                Answer.JSON_SCHEMA,
                true,
                1_000,
                Duration.ofSeconds(10),
                2,
                Duration.ofMillis(10),
                4,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private Map<String, Row> rows(EndpointConfig config) {
        Map<String, Row> rows = new TreeMap<>();
        outputs(config)
                .read()
                .select("text_hash", "output", "reason")
                .collectAsList()
                .forEach(row -> rows.put(row.getString(0), row));
        return rows;
    }

    private static String label(Map<String, Row> rows, String text) {
        float[] logits = Vectors.floats(rows.get(TextNormalizer.md5(text)), 1);
        return LABELS.get(logits[0] > logits[1] ? 0 : 1);
    }

    private static String reason(Map<String, Row> rows, String text) {
        return rows.get(TextNormalizer.md5(text)).getString(2);
    }

    private static Dataset<Row> documents(List<String> texts) {
        List<Row> rows = new ArrayList<>();
        texts.forEach(text -> rows.add(RowFactory.create(TextNormalizer.md5(text), text)));
        return SharedSpark.session().createDataFrame(rows, SCHEMA);
    }
}
