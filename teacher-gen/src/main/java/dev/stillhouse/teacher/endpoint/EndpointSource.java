package dev.stillhouse.teacher.endpoint;

import dev.stillhouse.teacher.outputs.Cost;
import dev.stillhouse.teacher.outputs.Inference;
import dev.stillhouse.teacher.outputs.InferenceMeter;
import dev.stillhouse.teacher.outputs.Outputs;
import dev.stillhouse.udfs.Sha256;
import dev.stillhouse.udfs.errors.ConfigurationException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Answers of a server that speaks OpenAI's chat protocol; outputs are those of the question: {@code float[labels]} in the order of its labels, or text.
 *
 * @param question what is asked
 * @param config where and how
 * @param allotment what may be spent on what is asked next
 * @param seed of the order in which texts are asked about where the budget does not suffice for all
 */
public record EndpointSource(Question question, EndpointConfig config, Allotment allotment, long seed)
        implements Inference {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** A text that the server would not answer. */
    static final String REFUSED = "refused_by_endpoint";

    /** A text that the server did not answer, however often it was asked, or not to this key; the next run tries again. */
    static final String FAILED = "endpoint_failed";

    public EndpointSource(Question question, EndpointConfig config, long seed) {
        this(question, config, Allotment.of(config), seed);
    }

    @Override
    public String name() {
        return config.model() + " at " + config.url();
    }

    /** Model and question by the first 12 digits of the SHA-256 of all that an answer depends on; not the server's address, behind which the same model may move. */
    @Override
    public String identity() {
        String model = question.model().replaceAll("[^A-Za-z0-9.-]+", "-");
        return "endpoint-" + model.substring(0, Math.min(40, model.length())) + "-"
                + Sha256.hex(question.essence().getBytes(StandardCharsets.UTF_8))
                        .substring(0, 12);
    }

    @Override
    public StructType outputs() {
        return question.outputs();
    }

    @Override
    public int maxCharacters() {
        return question.maxCharacters();
    }

    @Override
    public Set<String> passingReasons() {
        return Set.of(FAILED);
    }

    @Override
    public boolean isPaid() {
        return true;
    }

    @Override
    public Cost cost(SparkSession spark, Outputs.Need need, LongSupplier nanoTime) {
        double tokens = (need.characters()
                        + (double) need.missing() * question.about("").length())
                / AskPartition.CHARACTERS_PER_TOKEN;
        return new Cost(
                config.requestsPerMinute().map(requests -> need.missing() * 60.0 / requests),
                Optional.of((long) tokens),
                config.price().map(price -> price.of((long) tokens, 0)),
                config.price().map(EndpointConfig.PriceConfig::currency).orElse(""));
    }

    @Override
    public Outputs open(SparkSession spark, Path caches) {
        return new EndpointOutputs(spark, caches, this);
    }

    /** The same source with less to spend. */
    EndpointSource with(Allotment left) {
        return new EndpointSource(question, config, left, seed);
    }

    @Override
    public MapPartitionsFunction<Row, Row> task(SparkSession spark, InferenceMeter meter, int tasks) {
        Server server = Server.of(config, key());
        int atOnce = Math.max(1, Math.min(tasks, spark.sparkContext().defaultParallelism()));
        Duration interval = config.requestsPerMinute()
                .map(requests -> Duration.ofNanos(MINUTE.toNanos() / requests * atOnce))
                .orElse(null);
        return new AskPartition(
                server,
                question,
                new AskPartition.Limits(config.concurrency(), interval, allotment.part(tasks)),
                meter);
    }

    /** Asks one question that tells nothing, so that a wrong key, address or model is found before documents are sent. */
    void check(InferenceMeter meter) {
        try {
            ChatAnswer answer = new ChatClient(Server.of(config, key()), question, Optional.empty())
                    .ask("Hello.", meter::addRequest);
            meter.addTokens(answer.promptTokens(), answer.answerTokens());
        } catch (RefusedException e) {
            throw new ConfigurationException("Cannot use " + name() + ": it answers " + e.getMessage()
                    + ". Check teacher.endpoint: url, model and key_variable"
                    + (question.asksFor().isEmpty() ? "" : ", and whether the server knows " + question.asksFor()));
        } catch (UncheckedIOException e) {
            String end = ", and run the command again; what was answered before is kept";
            String message = e.getCause() instanceof BusyException busy
                    ? "Cannot use " + name() + ": it gave " + busy.inFull()
                            + ". Wait, or check teacher.endpoint: url and model" + end
                    : "Cannot reach " + name() + ": " + e.getCause().getMessage() + ". Start it" + end;
            throw new UncheckedIOException(message, e.getCause());
        }
    }

    private Optional<String> key() {
        return config.keyVariable().map(variable -> {
            Map<String, String> environment = System.getenv();
            String key = environment.get(variable);
            if (key == null || key.isBlank()) {
                throw new ConfigurationException("Invalid teacher.endpoint.key_variable: " + variable
                        + " (must be an environment variable that has the key)");
            }
            if (!key.strip().chars().allMatch(c -> c > ' ' && c < 127)) {
                // Said here, since the client would show it.
                throw new ConfigurationException("Invalid teacher.endpoint.key_variable: " + variable
                        + " (must have a key of visible ASCII characters)");
            }
            return key.strip();
        });
    }
}
