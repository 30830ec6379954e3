package dev.stillhouse.teacher.endpoint;

import dev.stillhouse.datasets.config.Checks;
import dev.stillhouse.datasets.config.Key;
import dev.stillhouse.datasets.config.Violation;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code teacher.endpoint}: a server that speaks OpenAI's chat protocol, such as vLLM, llama.cpp, Triton or a hosted one. */
public record EndpointConfig(
        @Key("Address of the protocol's root, such as http://localhost:8000/v1; chat/completions is put behind it.")
        String url,

        @Key("The model, as the server calls it.") String model,

        @Key(
                value =
                        "Name of the environment variable with the API key, in the environment of Spark's driver. Absent: none is sent.")
        Optional<String> keyVariable,

        @Key(
                value =
                        "Ways to ask, each with {text}. For labels also with {labels}, and where there are several the gold rows are asked in all, and the one that finds their labels best is chosen. For summaries one, in which {budget} stands for summarize.budget. Empty: 'Which one of these labels fits the text best?\\n{labels}\\n\\nText: {text}\\n\\nAnswer with the label.', or for summaries what docs/summaries.md says.",
                defaultValue = "[]")
        List<String> prompts,

        @Key(
                value =
                        "json-schema: the server holds the model to a JSON object with one of the labels. text: it answers freely, and what is no label is a reject. Summaries are text in any case.",
                defaultValue = "json-schema")
        Answer answer,

        @Key(
                value =
                        "Whether to ask for log-probabilities of the answer's tokens, which make the labels soft. Servers without them may refuse to answer. Not asked for with summaries.",
                defaultValue = "true")
        boolean logProbabilities,

        @Key(value = "Characters of a text that are sent; what is longer is cut off.", defaultValue = "8000")
        int maxCharacters,

        @Key(value = "How long an answer may take.", defaultValue = "60 s")
        Duration timeout,

        @Key(
                value =
                        "How often a request is tried again, with growing pauses or after the time that the server names, when there is no answer, or one of 408, 409, 425, 429 and 5xx.",
                defaultValue = "6")
        int retries,

        @Key(
                value = "The first pause before a request is tried again; it doubles up to a minute.",
                defaultValue = "1 s")
        Duration pause,

        @Key(value = "Requests under way at once in each task.", defaultValue = "8")
        int concurrency,

        @Key(
                "Requests a minute at most, over the whole cluster; each task that can run at once has an equal part. Absent: no limit.")
        Optional<Integer> requestsPerMinute,

        @Key("What a run may spend. Absent: no limit.") Optional<BudgetConfig> budget,

        @Key("What the server's tokens cost. Absent: nothing is known of it.")
        Optional<PriceConfig> price) {

    static final String TEXT = "{text}";
    /** What stands for the labels in a prompt. */
    public static final String LABELS = "{labels}";

    public EndpointConfig {
        prompts = List.copyOf(prompts);
        new Checks()
                .that(
                        isAddress(url),
                        new Violation(
                                "url",
                                url,
                                "an http or https address without user, password and query, which would be shown"))
                .that(!model.isBlank(), new Violation("model", "\"\"", "a name"))
                .that(
                        prompts.stream().allMatch(prompt -> prompt.contains(TEXT)),
                        new Violation("prompts", prompts.toString(), "questions with {text} in each"))
                .atLeast(1, "max_characters", maxCharacters)
                .that(!timeout.isZero(), new Violation("timeout", timeout.toString(), "longer than nothing"))
                .between(0, 100, "retries", retries)
                .that(!pause.isZero(), new Violation("pause", pause.toString(), "longer than nothing"))
                .between(1, 256, "concurrency", concurrency)
                .atLeast(1, "requests_per_minute", requestsPerMinute.orElse(1))
                .that(
                        price.isPresent() || budget.flatMap(BudgetConfig::money).isEmpty(),
                        new Violation("budget.money", "a limit", "absent without endpoint.price"))
                .verify();
    }

    /** What an answer must be. */
    public enum Answer {
        JSON_SCHEMA,
        TEXT
    }

    /** What a run may spend: the first limit that is reached ends it. */
    public record BudgetConfig(
            @Key("Requests at most, those that are tried again included.")
            Optional<Long> requests,

            @Key("Tokens of questions and answers at most.") Optional<Long> tokens,

            @Key("Money at most, in the currency of the price.")
            Optional<Double> money) {

        public BudgetConfig {
            new Checks()
                    .atLeast(1, "requests", requests.orElse(1L))
                    .atLeast(1, "tokens", tokens.orElse(1L))
                    .that(
                            money.isEmpty() || money.get() > 0,
                            new Violation("money", money.map(Object::toString).orElse(""), "> 0"))
                    .verify();
        }
    }

    /** What tokens cost. */
    public record PriceConfig(
            @Key("Money for a million tokens of questions.") double input,
            @Key("Money for a million tokens of answers.") double output,

            @Key(value = "The currency, for people.", defaultValue = "USD")
            String currency) {

        public PriceConfig {
            new Checks()
                    .that(input >= 0, new Violation("input", Double.toString(input), ">= 0"))
                    .that(output >= 0, new Violation("output", Double.toString(output), ">= 0"))
                    .that(!currency.isBlank(), new Violation("currency", "\"\"", "a currency"))
                    .verify();
        }

        /** What tokens cost. */
        public double of(long questionTokens, long answerTokens) {
            return ((double) questionTokens * input + (double) answerTokens * output) / 1e6;
        }
    }

    private static boolean isAddress(String url) {
        try {
            URI uri = URI.create(url);
            return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
