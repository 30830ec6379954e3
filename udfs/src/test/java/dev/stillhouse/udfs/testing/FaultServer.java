package dev.stillhouse.udfs.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server that speaks OpenAI's chat protocol on this machine, and does what a test tells it to. */
public final class FaultServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<JsonNode> requests = new CopyOnWriteArrayList<>();
    private final List<String> keys = new CopyOnWriteArrayList<>();

    private FaultServer(Behaviour behaviour) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/v1/chat/completions", exchange -> {
            try (exchange) {
                JsonNode request = JSON.readTree(exchange.getRequestBody());
                requests.add(request);
                keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
                String prompt = request.path("messages").path(0).path("content").asText();
                behaviour.answer(exchange, prompt, requests.size());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
    }

    /** What it does. */
    public interface Behaviour {
        /**
         * Answers a request.
         *
         * @param number how many requests there were, this one included
         */
        void answer(HttpExchange exchange, String prompt, int number) throws IOException, InterruptedException;
    }

    /** A server that is up. */
    public static FaultServer doing(Behaviour behaviour) throws IOException {
        return new FaultServer(behaviour);
    }

    /** Its address, as a task file names it. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    /** What it was asked. */
    public List<JsonNode> requests() {
        return requests;
    }

    /** The headers Authorization that it was sent. */
    public List<String> keys() {
        return keys;
    }

    /** An answer as the protocol has it, of 20 and 5 tokens. */
    public static void say(HttpExchange exchange, String content) throws IOException {
        say(exchange, content, "stop", "");
    }

    /**
     * An answer.
     *
     * @param logprobs the member of that name, or nothing
     */
    public static void say(HttpExchange exchange, String content, String finishReason, String logprobs)
            throws IOException {
        String choice = "{\"index\":0,\"finish_reason\":\"" + finishReason + "\","
                + (logprobs.isEmpty() ? "" : "\"logprobs\":" + logprobs + ",")
                + "\"message\":{\"role\":\"assistant\",\"content\":" + JSON.writeValueAsString(content) + "}}";
        raw(
                exchange,
                200,
                "{\"id\":\"x\",\"choices\":[" + choice
                        + "],\"usage\":{\"prompt_tokens\":20,\"completion_tokens\":5,\"total_tokens\":25}}");
    }

    /** Any answer. */
    public static void raw(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
