package dev.stillhouse.teacher.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import dev.stillhouse.teacher.endpoint.EndpointConfig.Answer;
import dev.stillhouse.teacher.outputs.Outputs;
import dev.stillhouse.teacher.outputs.Vectors;
import dev.stillhouse.udfs.errors.ConfigurationException;
import dev.stillhouse.udfs.testing.FaultServer;
import dev.stillhouse.udfs.testing.Records;
import dev.stillhouse.udfs.text.TextNormalizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Labels from a server that does all that servers do. */
class EndpointSourceTest {
    @TempDir
    Path folder;

    private Asking asking;

    @BeforeEach
    void startAtZero() {
        asking = new Asking(folder);
    }

    @Test
    void everyTextIsAskedAboutOnceAndNeverAgain() throws IOException {
        try (FaultServer server = FaultServer.doing((exchange, prompt, number) -> Asking.animal(exchange, prompt))) {
            List<String> texts = IntStream.range(0, 60)
                    .mapToObj(i -> i + (i % 3 == 0 ? " purrs" : " barks"))
                    .toList();
            assertThat(asking.fill(server, texts)).isEqualTo(new Outputs.Result(0, 60, 0));
            assertThat(server.requests()).hasSize(61);
            assertThat(asking.meter().requests()).isEqualTo(61);
            assertThat(asking.meter().texts()).isEqualTo(60);
            assertThat(asking.meter().tokens()).isEqualTo(61 * 20);
            assertThat(asking.meter().answerTokens()).isEqualTo(61 * 5);
            Map<String, Row> rows = asking.rows(Asking.config(server));
            assertThat(rows).hasSize(60);
            assertThat(Asking.label(rows, "0 purrs")).isEqualTo("cat");
            assertThat(Asking.label(rows, "1 barks")).isEqualTo("dog");

            assertThat(asking.fill(server, List.of("0 purrs", "new barks"))).isEqualTo(new Outputs.Result(1, 1, 0));
            assertThat(asking.fill(server, List.of("0 purrs"))).isEqualTo(new Outputs.Result(1, 0, 0));
            assertThat(server.requests()).hasSize(63);
        }
    }

    @Test
    void theQuestionIsConstrainedToTheLabelsAndTheKeyIsSent() throws IOException {
        try (FaultServer server = FaultServer.doing((exchange, prompt, number) -> Asking.animal(exchange, prompt))) {
            EndpointConfig config = Records.with(Asking.config(server), "keyVariable", Optional.of("PATH"));
            asking.fill(config, List.of("it barks {labels} {text}"));
            assertThat(server.keys().get(1)).isEqualTo("Bearer " + System.getenv("PATH"));
            var request = server.requests().get(1);
            assertThat(request.at("/response_format/json_schema/schema/properties/label/enum"))
                    .hasToString("[\"cat\",\"dog\"]");
            assertThat(request.path("logprobs").asBoolean()).isTrue();
            assertThat(request.path("temperature").asInt(-1)).isZero();
            // Only the prompt's own braces stand for something.
            assertThat(request.at("/messages/0/content").asText()).isEqualTo("cat or dog? it barks {labels} {text}");
            EndpointConfig text =
                    Records.with(Records.with(Asking.config(server), "answer", Answer.TEXT), "logProbabilities", false);
            asking.fill(text, List.of("it barks"));
            var free = server.requests().get(server.requests().size() - 1);
            assertThat(free.has("response_format")).isFalse();
            assertThat(free.has("logprobs")).isFalse();
        }
    }

    @Test
    void aServerThatDoesNotCountTokensIsCountedByLength() throws IOException {
        try (FaultServer server = FaultServer.doing((exchange, prompt, number) -> FaultServer.raw(
                exchange, 200, "{\"choices\":[{\"message\":{\"content\":\"{\\\"label\\\":\\\"cat\\\"}\"}}]}"))) {
            asking.fill(server, List.of("a cat ".repeat(50)));
            // Some 313 characters, and an answer of 15.
            assertThat(asking.meter().tokens()).isBetween(100L, 110L);
            assertThat(asking.meter().answerTokens()).isEqualTo(5);
        }
    }

    @Test
    void whatAServerSaysOfARefusalIsNotRepeatedOnceItHasSeenDocuments() throws IOException {
        try (FaultServer server = FaultServer.doing((exchange, prompt, number) -> {
            if (number == 1) {
                Asking.animal(exchange, prompt);
            } else {
                FaultServer.raw(exchange, 403, "{\"error\":{\"message\":\"no: " + prompt + "\"}}");
            }
        })) {
            List<String> texts =
                    IntStream.range(0, 10).mapToObj(i -> i + " secret").toList();
            assertThatThrownBy(() -> asking.fill(server, texts))
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
            asking.fill(server, List.of("a"));
            float[] logits = Vectors.floats(asking.rows(Asking.config(server)).get(TextNormalizer.md5("a")), 1);
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
                default -> Asking.animal(exchange, prompt);
            }
        })) {
            List<String> texts = List.of("a purrs", "bb purrs", "c barks", "dd barks");
            assertThat(asking.fill(Records.with(Asking.config(server), "timeout", Duration.ofMillis(500)), texts))
                    .isEqualTo(new Outputs.Result(0, 4, 0));
            assertThat(server.requests()).hasSize(15);
            assertThat(Asking.label(asking.rows(Asking.config(server)), "dd barks"))
                    .isEqualTo("dog");
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
                Asking.animal(exchange, prompt);
            }
        })) {
            List<String> texts = List.of("nonsense", "long", "bad", "fine purrs");
            assertThat(asking.fill(server, texts)).isEqualTo(new Outputs.Result(0, 4, 0));
            Map<String, Row> rows = asking.rows(Asking.config(server));
            assertThat(Asking.reason(rows, "nonsense")).isEqualTo("no_label_in_answer");
            assertThat(Asking.reason(rows, "long")).isEqualTo("answer_cut_off");
            assertThat(Asking.reason(rows, "bad")).isEqualTo("refused_by_endpoint");
            assertThat(Asking.reason(rows, "fine purrs")).isNull();
            assertThat(asking.fill(server, texts)).isEqualTo(new Outputs.Result(4, 0, 0));
        }
    }

    @Test
    void aTextThatNeverGetsAnAnswerIsTriedAgainByTheNextRun() throws IOException {
        AtomicInteger broken = new AtomicInteger(1);
        try (FaultServer server = FaultServer.doing((exchange, prompt, number) -> {
            if (prompt.contains("poison") && broken.get() == 1) {
                FaultServer.raw(exchange, 500, "");
            } else {
                Asking.animal(exchange, prompt);
            }
        })) {
            assertThat(asking.fill(server, List.of("poison purrs", "a barks"))).isEqualTo(new Outputs.Result(0, 2, 0));
            assertThat(Asking.reason(asking.rows(Asking.config(server)), "poison purrs"))
                    .isEqualTo("endpoint_failed");
            broken.set(0);
            assertThat(asking.fill(server, List.of("poison purrs", "a barks"))).isEqualTo(new Outputs.Result(1, 1, 0));
            assertThat(Asking.reason(asking.rows(Asking.config(server)), "poison purrs"))
                    .isNull();
        }
    }

    @Test
    void aServerThatGoesDownEndsTheRunAndWhatItAnsweredIsKept() throws IOException {
        AtomicInteger up = new AtomicInteger(30);
        List<String> texts = IntStream.range(0, 60).mapToObj(i -> i + " purrs").toList();
        try (FaultServer server = FaultServer.doing((exchange, prompt, number) -> {
            if (up.getAndDecrement() > 0) {
                Asking.animal(exchange, prompt);
            } else {
                FaultServer.raw(exchange, 502, "");
            }
        })) {
            EndpointConfig config = Records.with(Asking.config(server), "concurrency", 1);
            assertThatThrownBy(() -> asking.fill(config, texts))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageStartingWith("Cannot reach")
                    .hasMessageContaining("HTTP 502")
                    .hasMessageContaining("run the command again");
            up.set(1_000);
            startAtZero();
            Outputs.Result resumed = asking.fill(config, texts);
            assertThat(resumed.cached()).isEqualTo(29);
            assertThat(resumed.inferred()).isEqualTo(31);
            assertThat(asking.rows(config)).hasSize(60);
        }
    }

    @Test
    @Timeout(60)
    void anAnswerThatStopsInTheMiddleIsGivenUpAndAskedForAgain() throws IOException {
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        try (FaultServer server = FaultServer.doing((exchange, prompt, number) -> {
            if (prompt.contains("purrs") && asked.incrementAndGet() == 1) {
                exchange.sendResponseHeaders(200, 1_000);
                exchange.getResponseBody().write('{');
                exchange.getResponseBody().flush();
                end.await();
            } else {
                Asking.animal(exchange, prompt);
            }
        })) {
            EndpointConfig config = Records.with(Asking.config(server), "timeout", Duration.ofSeconds(3));
            assertThat(asking.fill(config, List.of("it purrs"))).isEqualTo(new Outputs.Result(0, 1, 0));
            assertThat(asked).hasValue(2);
        } finally {
            end.countDown();
        }
    }

    @Test
    void anAnswerThatIsFilteredNeedsNoMessage() throws IOException {
        try (FaultServer server = FaultServer.doing((exchange, prompt, number) -> {
            if (prompt.contains("purrs")) {
                FaultServer.raw(exchange, 200, "{\"choices\":[{\"index\":0,\"finish_reason\":\"content_filter\"}]}");
            } else {
                Asking.animal(exchange, prompt);
            }
        })) {
            assertThat(asking.fill(server, List.of("it purrs", "it barks"))).isEqualTo(new Outputs.Result(0, 2, 0));
            assertThat(Asking.reason(asking.rows(Asking.config(server)), "it purrs"))
                    .isEqualTo("no_label_in_answer");
            assertThat(server.requests().stream()
                            .filter(request -> request.toString().contains("purrs")))
                    .hasSize(1);
        }
    }

    @Test
    void whatNoQuestionCanPassIsFoundBeforeADocumentIsSent() throws IOException {
        try (FaultServer server = FaultServer.doing((exchange, prompt, number) ->
                FaultServer.raw(exchange, 401, "{\"error\":{\"message\":\"Incorrect API key\"}}"))) {
            assertThatThrownBy(() -> asking.fill(server, List.of("a secret")))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("HTTP 401: Incorrect API key")
                    .hasMessageContaining("key_variable");
            assertThat(server.requests()).hasSize(1);
            assertThat(server.requests().get(0).toString()).doesNotContain("secret");
        }
        assertThat(checked(429, "{\"error\":{\"message\":\"slow down\"}}"))
                .contains("it gave HTTP 429: slow down. Wait");
        assertThat(checked(200, "{\"error\":\"no such model\"}")).contains("without a message: no such model");
        assertThat(checked(200, "<html>")).contains("it gave an answer that is no JSON");
        assertThat(checked(200, " ".repeat(5 << 20))).contains("it gave an answer of more than 4 MiB");
        EndpointConfig nobody = Asking.config("http://127.0.0.1:9/v1");
        assertThatThrownBy(() -> asking.fill(nobody, List.of("a")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("Cannot reach model-1 at http://127.0.0.1:9/v1");
        EndpointConfig keyless = Records.with(nobody, "keyVariable", Optional.of("STILLHOUSE_NO_SUCH_KEY"));
        assertThatThrownBy(() -> asking.fill(keyless, List.of("a")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("STILLHOUSE_NO_SUCH_KEY");
    }

    /** What is told of a server that answers the question before all others like that. */
    private String checked(int status, String body) throws IOException {
        try (FaultServer server =
                FaultServer.doing((exchange, prompt, number) -> FaultServer.raw(exchange, status, body))) {
            Throwable failure = catchThrowable(() -> asking.fill(server, List.of("a secret")));
            assertThat(failure)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageStartingWith("Cannot use model-1")
                    .hasMessageContaining("run the command again");
            assertThat(server.requests())
                    .noneMatch(request -> request.toString().contains("secret"));
            return failure.getMessage();
        }
    }
}
