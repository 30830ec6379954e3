package dev.stillhouse.cli.pipeline;

import static org.apache.spark.sql.functions.col;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillhouse.cli.config.CanonicalJson;
import dev.stillhouse.cli.console.Console;
import dev.stillhouse.datasets.publish.PublishedRun;
import dev.stillhouse.datasets.schema.Scores;
import dev.stillhouse.scoring.output.DeltaOutput;
import dev.stillhouse.scoring.output.FileOutput;
import dev.stillhouse.scoring.output.IcebergOutput;
import dev.stillhouse.scoring.output.Output;
import dev.stillhouse.scoring.output.OutputConfig;
import dev.stillhouse.udfs.Sha256;
import dev.stillhouse.udfs.errors.ConfigurationException;
import dev.stillhouse.udfs.errors.DataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Takes the scores that are served to {@code score.output}. That a run is there is written down in the workspace, {@code score/deliveries/}; where a process ended before it could be, the output itself tells.
 */
final class Delivery {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String[] KEY = {Scores.SOURCE, Scores.ID, Scores.SCORED_IN};

    private final StageContext context;
    private final OutputConfig config;
    private final String location;
    private final Output output;

    /**
     * Looks at where the output lies and what is there, before anything is scored.
     *
     * @throws ConfigurationException if nothing can be delivered there
     */
    Delivery(StageContext context, OutputConfig config) {
        this.context = context;
        this.config = config;
        this.location = config.path()
                .map(path -> new OutputPlace(
                                context.loaded(),
                                context.workspace(),
                                context.spark().sessionState().newHadoopConf())
                        .of(path)
                        .toString())
                .orElseGet(() -> unread(config.table().orElseThrow()));
        this.output = switch (config.format()) {
            case PARQUET, JSONL ->
                new FileOutput(
                        context.spark(),
                        config,
                        new Path(location),
                        digest(context.workspace().root().toString()));
            case DELTA -> new DeltaOutput(context.spark(), config, location);
            case ICEBERG -> new IcebergOutput(context.spark(), config, location);
        };
    }

    private String unread(String table) {
        OutputPlace.sources(context.task())
                .flatMap(source -> source.table().stream())
                .filter(table::equalsIgnoreCase)
                .findFirst()
                .ifPresent(source -> {
                    throw new ConfigurationException("Invalid score.output.table: " + table
                            + " (must not be read by the task, or scores would become documents)");
                });
        return table;
    }

    /**
     * Delivers the run that is served, unless that was done.
     *
     * @throws UncheckedIOException if it failed and may succeed another time
     */
    void deliver() {
        PublishedRun run = context.upstream(Datasets.SCORE);
        String id = run.manifest().run();
        if (noted().filter(id::equals).isPresent()) {
            context.console().stage(Datasets.SCORE, "delivered before, run " + id + " in " + location);
            return;
        }
        Instant start = context.clock().instant();
        try {
            Dataset<Row> rowsDF = rows(run);
            output.deliver(rowsDF.drop(Scores.INPUT_PATH, Scores.INPUT_HASH, Scores.SCORED_IN), id);
            note(id);
        } catch (ConfigurationException | DataException e) {
            throw e;
        } catch (Exception e) {
            throw failure(id, e);
        }
        double seconds = Duration.between(start, context.clock().instant()).toMillis() / 1e3;
        context.console()
                .stage(Datasets.SCORE, "delivered run " + id + " to " + location + ", " + Console.duration(seconds));
    }

    /** What is delivered of a run: all, or of an incremental one that is added what the last delivered one did not have. */
    private Dataset<Row> rows(PublishedRun run) {
        Dataset<Row> scoresDF = scores(run);
        if (config.mode() == OutputConfig.Mode.REPLACE || !isIncremental(scoresDF)) {
            return scoresDF;
        }
        return lastDelivered(run.manifest().run())
                .map(this::scores)
                .filter(Delivery::isIncremental)
                .map(beforeDF -> scoresDF.join(beforeDF.select(KEY[0], KEY[1], KEY[2]), KEY, "left_anti")
                        .select(Arrays.stream(scoresDF.columns())
                                .map(name -> col("`" + name + "`"))
                                .toArray(Column[]::new)))
                .orElse(scoresDF);
    }

    private static boolean isIncremental(Dataset<Row> scoresDF) {
        return List.of(scoresDF.columns()).contains(Scores.SCORED_IN);
    }

    private Dataset<Row> scores(PublishedRun run) {
        Dataset<Row> filesDF =
                context.spark().read().parquet(run.path(Datasets.SCORES).toString());
        return run.read(context.spark(), Datasets.SCORES, filesDF.schema());
    }

    private Optional<PublishedRun> lastDelivered(String before) {
        Set<String> seen = output.runs();
        Optional<String> noted = noted();
        List<String> runs = context.workspace().runs(Datasets.SCORE);
        for (int i = runs.size() - 1; i >= 0; i--) {
            String run = runs.get(i);
            if (!run.equals(before)
                    && (seen.contains(run) || noted.filter(run::equals).isPresent())) {
                return context.workspace().find(Datasets.SCORE, run);
            }
        }
        return Optional.empty();
    }

    private Path notePath() {
        return new Path(
                context.workspace().root(),
                Datasets.SCORE + "/deliveries/" + digest(config.format() + " " + location) + ".json");
    }

    private Optional<String> noted() {
        return context.workspace().storage().read(notePath()).flatMap(content -> {
            try {
                JsonNode note = JSON.readTree(content);
                return Optional.of(note.path("run").asText());
            } catch (IOException e) {
                // Half a note is none: the output tells.
                return Optional.empty();
            }
        });
    }

    private void note(String run) throws JsonProcessingException {
        ObjectNode note = JsonNodeFactory.instance.objectNode();
        note.put("run", run)
                .put("location", location)
                .put("delivered", context.clock().instant().toString());
        note.set("output", CanonicalJson.of(config));
        context.workspace().storage().replace(notePath(), JSON.writeValueAsBytes(note));
    }

    private static String digest(String text) {
        return Sha256.hex(text.getBytes(StandardCharsets.UTF_8)).substring(0, 16);
    }

    private RuntimeException failure(String run, Exception failure) {
        String message = "Cannot deliver run " + run + " of " + Datasets.SCORE + " to " + location + ": "
                + reason(failure) + "; its scores are served in the workspace, and ./stillhouse " + Datasets.SCORE
                + " delivers them without scoring again";
        if (failure instanceof AnalysisException analysis) {
            return new ConfigurationException(message, analysis);
        }
        // The failure is no cause, or its type would decide the exit code: whatever it was, a retry makes sense.
        UncheckedIOException told = new UncheckedIOException(message, new IOException(message));
        told.addSuppressed(failure);
        return told;
    }

    /** Nothing that may hold values of rows. */
    private static String reason(Exception failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        if (root instanceof IOException || root instanceof UncheckedIOException) {
            return String.valueOf(root.getMessage());
        }
        return root instanceof SparkThrowable told && told.getCondition() != null
                ? "Spark says " + told.getCondition()
                : root.getClass().getName();
    }
}
