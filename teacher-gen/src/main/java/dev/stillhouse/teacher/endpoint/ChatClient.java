package dev.stillhouse.teacher.endpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.Policy;
import dev.failsafe.RateLimiter;
import dev.failsafe.RetryPolicy;
import dev.failsafe.Timeout;
import dev.failsafe.TimeoutExceededException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Questions to a server that speaks OpenAI's chat protocol (POST {@code chat/completions}), at temperature 0. Attempts are limited in rate, given up after a time, and repeated after growing pauses with jitter (M. Brooker, Exponential Backoff And Jitter, AWS 2015). Safe for use by several threads.
 */
final class ChatClient {
    private static final Set<Integer> PASSING = Set.of(408, 409, 425, 429);
    private static final int MOST_BYTES = 1 << 22;
    private static final int EXCERPT = 300;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_WISH = Duration.ofMinutes(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** One for the JVM, since each has threads of its own that nobody can end. */
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(30))
            .build();

    private final Server server;
    private final Question question;
    private final FailsafeExecutor<Object> patiently;

    /**
     * A client.
     *
     * @param rate what attempts wait for
     */
    ChatClient(Server server, Question question, Optional<RateLimiter<Object>> rate) {
        this.server = server;
        this.question = question;
        Duration longest = server.pause().compareTo(LONGEST_PAUSE) < 0
                ? LONGEST_PAUSE
                : server.pause().plusMillis(1);
        RetryPolicy<Object> again = RetryPolicy.builder()
                .handle(IOException.class, TimeoutExceededException.class)
                .withMaxRetries(server.retries())
                .withBackoff(server.pause(), longest)
                .withJitter(0.25)
                .withDelayFnOn(asked -> wish(asked.getLastException()), BusyException.class)
                .build();
        Timeout<Object> timeout =
                Timeout.builder(server.timeout()).withInterrupt().build();
        List<Policy<Object>> policies = new ArrayList<>(List.of(again));
        // Between the two, so that what waits for its turn is not given up.
        rate.ifPresent(policies::add);
        policies.add(timeout);
        this.patiently = Failsafe.with(policies);
    }

    /**
     * Asks about a text.
     *
     * @param onAttempt told before each attempt; what it throws ends the asking
     * @throws RefusedException if the server will not answer
     * @throws UncheckedIOException if it did not answer however often it was asked
     */
    ChatAnswer ask(String text, Runnable onAttempt) {
        byte[] body = body(text);
        try {
            return patiently.get(() -> attempt(body, onAttempt));
        } catch (TimeoutExceededException e) {
            throw new UncheckedIOException(
                    new IOException("no answer within " + server.timeout().toSeconds() + " s", e));
        } catch (FailsafeException e) {
            if (e.getCause() instanceof IOException cause) {
                throw new UncheckedIOException(cause);
            }
            if (e.getCause() instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw new IllegalStateException("Cannot ask " + server.address() + ": the task was interrupted", e);
        }
    }

    private ChatAnswer attempt(byte[] body, Runnable onAttempt) throws IOException, InterruptedException {
        onAttempt.run();
        HttpRequest.Builder request = HttpRequest.newBuilder(server.address())
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (!server.key().reveal().isEmpty()) {
            request.header("Authorization", "Bearer " + server.key().reveal());
        }
        HttpResponse<byte[]> response = send(request.build());
        int status = response.statusCode();
        if (PASSING.contains(status) || status >= 500) {
            throw new BusyException("HTTP " + status, message(response.body()), retryAfter(response));
        }
        if (status != 200) {
            throw new RefusedException(status, "HTTP " + status + message(response.body()));
        }
        if (response.body().length == MOST_BYTES) {
            throw new BusyException("an answer of more than " + (MOST_BYTES >> 20) + " MiB", "", Optional.empty());
        }
        return ChatAnswer.of(parse(response.body()));
    }

    /** Headers and body; an interrupt ends either. */
    private static HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> response =
                HTTP.sendAsync(request, headers -> new BoundedBody(MOST_BYTES));
        try {
            return response.get();
        } catch (InterruptedException e) {
            response.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        }
    }

    /** How long a server asks to be left alone; negative, which stands for the growing pauses, where it does not say. */
    private static Duration wish(Throwable failure) {
        Optional<Duration> wish = failure instanceof BusyException busy ? busy.pause() : Optional.empty();
        return wish.orElse(Duration.ofMillis(-1));
    }

    private static JsonNode parse(byte[] content) throws IOException {
        try {
            JsonNode body = JSON.readTree(content);
            JsonNode choice = body == null
                    ? MissingNode.getInstance()
                    : body.path("choices").path(0);
            // Of what is filtered some servers send no message.
            boolean isFiltered = choice.path("finish_reason").asText().equals(ChatAnswer.FILTERED);
            if (!isFiltered && !choice.path("message").isObject()) {
                throw new BusyException(
                        "an answer without choices, or without a message", message(content), Optional.empty());
            }
            return body;
        } catch (JsonProcessingException e) {
            // Without the body, which may repeat the text that was asked about.
            throw new BusyException("an answer that is no JSON", "", Optional.empty());
        }
    }

    /** What the server says of an error, where it says so as the protocol does. */
    private static String message(byte[] content) {
        try {
            JsonNode error = JSON.readTree(content).path("error");
            String message =
                    error.isTextual() ? error.asText() : error.path("message").asText();
            String line = message.replaceAll("\\p{Cntrl}+", " ").strip();
            return line.isEmpty() ? "" : ": " + line.substring(0, Math.min(EXCERPT, line.length()));
        } catch (IOException e) {
            return "";
        }
    }

    /** The header {@code Retry-After} in seconds, 10 minutes at most. */
    private static Optional<Duration> retryAfter(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("\\d{1,9}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .map(wish -> wish.compareTo(LONGEST_WISH) > 0 ? LONGEST_WISH : wish);
    }

    private byte[] body(String text) {
        ObjectNode root = JSON.createObjectNode();
        root.put("model", question.model());
        root.putArray("messages").addObject().put("role", "user").put("content", question.about(text));
        root.put("temperature", 0).put("max_tokens", question.maxTokens(text));
        question.shape(root);
        try {
            return JSON.writeValueAsBytes(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write a question as JSON: " + e.getMessage(), e);
        }
    }
}
