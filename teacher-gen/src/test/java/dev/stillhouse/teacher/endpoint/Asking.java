package dev.stillhouse.teacher.endpoint;

import com.sun.net.httpserver.HttpExchange;
import dev.stillhouse.teacher.endpoint.EndpointConfig.Answer;
import dev.stillhouse.teacher.outputs.InferenceMeter;
import dev.stillhouse.teacher.outputs.Outputs;
import dev.stillhouse.teacher.outputs.Vectors;
import dev.stillhouse.udfs.testing.FaultServer;
import dev.stillhouse.udfs.testing.SharedSpark;
import dev.stillhouse.udfs.text.TextNormalizer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** Questions to a server whether a text is about a cat or a dog, and what is kept of the answers. */
final class Asking {
    private static final StructType SCHEMA =
            new StructType().add("text_hash", "string", false).add("text", "string", false);
    private static final List<String> LABELS = List.of("cat", "dog");

    private final Path folder;
    private final InferenceMeter meter;

    /**
     * @param folder of the answers
     */
    Asking(Path folder) {
        this.folder = folder;
        this.meter = new InferenceMeter(
                SharedSpark.session().sparkContext(),
                SharedSpark.session().sparkContext().longAccumulator("texts"));
    }

    InferenceMeter meter() {
        return meter;
    }

    static void animal(HttpExchange exchange, String prompt) throws IOException {
        FaultServer.say(exchange, prompt.contains("purrs") ? "{\"label\":\"cat\"}" : "{\"label\": \"dog\"}");
    }

    Outputs.Result fill(FaultServer server, List<String> texts) {
        return fill(config(server), texts);
    }

    Outputs.Result fill(EndpointConfig config, List<String> texts) {
        return outputs(config).fill(List.of(documents(texts)), "segment" + System.nanoTime(), meter);
    }

    Outputs outputs(EndpointConfig config) {
        String cache = "cache" + config.budget().hashCode();
        return source(config)
                .open(
                        SharedSpark.session(),
                        new org.apache.hadoop.fs.Path(folder.resolve(cache).toString()));
    }

    private static EndpointSource source(EndpointConfig config) {
        return new EndpointSource(
                new LabelQuestion(
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

    static EndpointConfig config(FaultServer server) {
        return config(server.url());
    }

    static EndpointConfig config(String url) {
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

    Map<String, Row> rows(EndpointConfig config) {
        Map<String, Row> rows = new TreeMap<>();
        outputs(config)
                .read()
                .select("text_hash", "output", "reason")
                .collectAsList()
                .forEach(row -> rows.put(row.getString(0), row));
        return rows;
    }

    static String label(Map<String, Row> rows, String text) {
        float[] logits = Vectors.floats(rows.get(TextNormalizer.md5(text)), 1);
        return LABELS.get(logits[0] > logits[1] ? 0 : 1);
    }

    static String reason(Map<String, Row> rows, String text) {
        return rows.get(TextNormalizer.md5(text)).getString(2);
    }

    static Dataset<Row> documents(List<String> texts) {
        List<Row> rows = new ArrayList<>();
        texts.forEach(text -> rows.add(RowFactory.create(TextNormalizer.md5(text), text)));
        return SharedSpark.session().createDataFrame(rows, SCHEMA);
    }
}
