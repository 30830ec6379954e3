package dev.stillhouse.teacher.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What a server answered.
 *
 * @param content the message; empty where there is none
 * @param tokens the message's tokens with what else was likely; empty where the server does not tell
 * @param finishReason why the message ends, such as {@code stop}, {@code length} or {@link #FILTERED}, which also stands for a model that says it refuses
 * @param promptTokens tokens of the question
 * @param answerTokens tokens of the answer
 */
record ChatAnswer(String content, List<Token> tokens, String finishReason, long promptTokens, long answerTokens) {
    /** A message that was refused. */
    static final String FILTERED = "content_filter";

    ChatAnswer {
        tokens = List.copyOf(tokens);
    }

    /**
     * A token of the message.
     *
     * @param text the token
     * @param logProbability natural logarithm of its probability
     * @param alternatives the likeliest tokens in its place, itself among them or not
     */
    record Token(String text, double logProbability, List<Alternative> alternatives) {}

    /** A token that could have been. */
    record Alternative(String text, double logProbability) {}

    /** The same answer; of a server that does not count tokens it has as many as it seems. */
    ChatAnswer orEstimated(double questionTokens) {
        boolean isCounted = promptTokens + answerTokens > 0;
        return isCounted
                ? this
                : new ChatAnswer(content, tokens, finishReason, Math.round(questionTokens), estimated());
    }

    /** A text, or the texts of its parts one after the other. */
    private static String text(JsonNode content) {
        StringBuilder parts = new StringBuilder(content.asText(""));
        content.forEach(part -> parts.append(part.path("text").asText("")));
        return parts.toString();
    }

    private long estimated() {
        return Math.max(
                1, tokens.isEmpty() ? Math.round(content.length() / AskPartition.CHARACTERS_PER_TOKEN) : tokens.size());
    }

    /** Reads a body of {@code chat/completions}; what is missing is empty or 0. */
    static ChatAnswer of(JsonNode body) {
        JsonNode choice = body.path("choices").path(0);
        List<Token> tokens = new ArrayList<>();
        for (JsonNode node : choice.path("logprobs").path("content")) {
            List<Alternative> alternatives = new ArrayList<>();
            for (JsonNode other : node.path("top_logprobs")) {
                alternatives.add(new Alternative(
                        other.path("token").asText(), other.path("logprob").asDouble(Double.NaN)));
            }
            tokens.add(
                    new Token(node.path("token").asText(), node.path("logprob").asDouble(Double.NaN), alternatives));
        }
        JsonNode usage = body.path("usage");
        return new ChatAnswer(
                text(choice.path("message").path("content")),
                tokens,
                choice.path("message").path("refusal").asText("").isBlank()
                        ? choice.path("finish_reason").asText("")
                        : FILTERED,
                Math.max(0, usage.path("prompt_tokens").asLong()),
                Math.max(0, usage.path("completion_tokens").asLong()));
    }
}
