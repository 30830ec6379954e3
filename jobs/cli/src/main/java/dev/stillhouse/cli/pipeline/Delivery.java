package dev.stillhouse.cli.pipeline;

import static org.apache.spark.sql.functions.col;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillhouse.cli.config.CanonicalJson;
import dev.stillhouse.cli.console.Console;
import dev.stillhouse.datasets.publish.Lease;
import dev.stillhouse.datasets.publish.PublishedRun;
import dev.stillhouse.datasets.schema.Origin;
import dev.stillhouse.scoring.output.DeltaOutput;
import dev.stillhouse.scoring.output.FileOutput;
import dev.stillhouse.scoring.output.IcebergOutput;
import dev.stillhouse.scoring.output.Output;
import dev.stillhouse.scoring.output.OutputConfig;
import dev.stillhouse.scoring.output.OutputSection;
import dev.stillhouse.udfs.Sha256;
import dev.stillhouse.udfs.errors.ConfigurationException;
import dev.stillhouse.udfs.errors.DataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Takes the rows that a stage serves to its {@code output}. That a run is there is written down in the workspace, {@code <stage>/deliveries/}; where a process ended before it could be, the output itself tells.
 */
final class Delivery {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final StageContext context;
    private final String stage;
    private final String dataset;
    private final OutputConfig config;
    private final String location;
    private final Output output;

    /**
     * Looks at where the output lies and what is there, before the stage runs.
     *
     * @param section the stage's
     * @param dataset which of the stage's datasets is delivered
     * @throws ConfigurationException if nothing can be delivered there
     */
    Delivery(StageContext context, OutputSection section, String dataset) {
        this.context = context;
        this.stage = section.stage();
        this.dataset = dataset;
        this.config = section.config();
        this.location = config.path()
                .map(path -> new OutputPlace(
                                context.loaded(),
                                context.workspace(),
                                context.spark().sessionState().newHadoopConf())
                        .of(section, path)
                        .toString())
                .orElseGet(() -> unread(section, config.table().orElseThrow()));
        this.output = switch (config.format()) {
            case PARQUET, JSONL ->
                new FileOutput(
                        context.spark(),
                        section,
                        new Path(location),
                        digest(context.workspace().root().toString()));
            case DELTA -> new DeltaOutput(context.spark(), section, location);
            case ICEBERG -> new IcebergOutput(context.spark(), section, location);
        };
    }

    private String unread(OutputSection section, String table) {
        OutputPlace.sources(context.task())
                .flatMap(source -> source.table().stream())
                .filter(table::equalsIgnoreCase)
                .findFirst()
                .ifPresent(source -> {
                    throw section.invalid(
                            "table", table, "not be read by the task, or its rows would become documents");
                });
        return table;
    }

    /**
     * Delivers the run that is served, unless that was done.
     *
     * @param guard called before each step that changes anything of the output; what it throws ends the delivery there
     * @throws UncheckedIOException if it failed and may succeed another time
     */
    void deliver(Runnable guard) {
        PublishedRun run = context.upstream(stage);
        try {
            deliver(run, guard);
        } catch (ConfigurationException | DataException | Lease.HeldException e) {
            throw e;
        } catch (Exception e) {
            throw failure(run.manifest().run(), e);
        }
    }

    private void deliver(PublishedRun run, Runnable guard) throws JsonProcessingException {
        String id = run.manifest().run();
        guard.run();
        if (!output.exists()) {
            // Somebody has deleted it.
            forget();
        }
        Optional<Note> noted = noted();
        if (noted.filter(note -> note.isOf(id, config)).isPresent()) {
            context.console().stage(stage, "delivered before, run " + id + " in " + location);
            return;
        }
        Instant start = context.clock().instant();
        Dataset<Row> rowsDF = rows(run, noted, guard);
        // Replacing puts right what was added, or lies in other partitions, or of which a part is gone.
        if (config.mode() == OutputConfig.Mode.REPLACE) {
            // What it says is no longer so once that has begun.
            forget();
            output.deliverAgain(rowsDF, id, guard);
        } else {
            output.deliver(rowsDF, id, guard);
        }
        note(run);
        double seconds = Duration.between(start, context.clock().instant()).toMillis() / 1e3;
        context.console().stage(stage, "delivered run " + id + " to " + location + ", " + Console.duration(seconds));
    }

    /** What is delivered of a run: all, or of an incremental one that is added what the last that was delivered had not. */
    private Dataset<Row> rows(PublishedRun run, Optional<Note> noted, Runnable guard) {
        String id = run.manifest().run();
        if (config.mode() == OutputConfig.Mode.REPLACE || !isIncremental(run)) {
            return plain(run, served(run));
        }
        Set<String> seen = output.runs(guard);
        if (seen.contains(id)) {
            return plain(run, served(run));
        }
        // What a run has scored itself it has delivered.
        Set<String> had = new TreeSet<>(noted.map(Note::scoredIn).orElse(List.of()));
        Optional<PublishedRun> last = lastDelivered(id, seen, noted);
        if (last.isEmpty() && !seen.isEmpty() && !takesOver(run, had)) {
            throw new DataException("Cannot tell which rows " + location
                    + " has of this task: what is there was delivered by runs that the workspace does not know, of other tasks, or of its own before they were deleted. "
                    + "Name an output of its own, or deliver once with " + stage
                    + ".output.mode: replace, which takes what other tasks have added too");
        }
        had.addAll(seen);
        Dataset<Row> newDF = plain(
                run, served(run).where(col(Origin.SCORED_IN).isin(had.toArray()).equalTo(false)));
        // What was made anew may be what it was.
        return last.map(before -> plain(before, served(before)))
                .filter(beforeDF -> Arrays.equals(beforeDF.columns(), newDF.columns()))
                .map(newDF::exceptAll)
                .orElse(newDF);
    }

    /** Whether a run has rows that any of these have scored. */
    private boolean takesOver(PublishedRun run, Set<String> had) {
        return !served(run).where(col(Origin.SCORED_IN).isin(had.toArray())).isEmpty();
    }

    /** Rows without where they come from. */
    private static Dataset<Row> plain(PublishedRun run, Dataset<Row> rowsDF) {
        return isIncremental(run) ? rowsDF.drop(Origin.names().toArray(String[]::new)) : rowsDF;
    }

    private static boolean isIncremental(PublishedRun run) {
        return run.holds(InputFiles.NAME);
    }

    private Dataset<Row> served(PublishedRun run) {
        return run.read(context.spark(), dataset);
    }

    private Optional<PublishedRun> lastDelivered(String now, Set<String> seen, Optional<Note> noted) {
        List<String> runs = context.workspace().runs(stage);
        for (int i = runs.size() - 1; i >= 0; i--) {
            String run = runs.get(i);
            if (!run.equals(now)
                    && (seen.contains(run)
                            || noted.filter(note -> note.run().equals(run)).isPresent())) {
                Optional<PublishedRun> found = context.workspace().find(stage, run);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private Path notePath() {
        return new Path(context.workspace().root(), stage + "/deliveries/" + digest(location) + ".json");
    }

    private Optional<Note> noted() {
        return context.workspace().storage().read(notePath()).flatMap(content -> {
            try {
                JsonNode note = JSON.readTree(content);
                List<String> scoredIn = new ArrayList<>();
                note.path("scored_in").forEach(run -> scoredIn.add(run.asText()));
                return Optional.of(new Note(note.path("run").asText(), note.path("output"), scoredIn));
            } catch (IOException e) {
                // Half a note is none: the output tells.
                return Optional.empty();
            }
        });
    }

    private void forget() {
        context.workspace().storage().delete(notePath());
    }

    private void note(PublishedRun run) throws JsonProcessingException {
        ObjectNode note = JsonNodeFactory.instance.objectNode();
        note.put("run", run.manifest().run())
                .put("location", location)
                .put("delivered", context.clock().instant().toString());
        note.set("output", CanonicalJson.of(config));
        if (isIncremental(run)) {
            ArrayNode scoredIn = note.putArray("scored_in");
            served(run).select(Origin.SCORED_IN).distinct().as(Encoders.STRING()).collectAsList().stream()
                    .sorted()
                    .forEach(scoredIn::add);
        }
        context.workspace().storage().replace(notePath(), JSON.writeValueAsBytes(note));
    }

    /**
     * What is written down of the last delivery.
     *
     * @param output how it was to be
     * @param scoredIn the runs that scored what it had, of an incremental run
     */
    private record Note(String run, JsonNode output, List<String> scoredIn) {
        /** Whether a run is there as it is to be; what was added is not added again in another form. */
        private boolean isOf(String id, OutputConfig config) {
            JsonNode wanted = CanonicalJson.of(config);
            boolean isSame = config.mode() == OutputConfig.Mode.APPEND
                    ? output.path("format").equals(wanted.path("format"))
                    : output.equals(wanted);
            return run.equals(id) && isSame;
        }
    }

    private static String digest(String text) {
        return Sha256.hex(text.getBytes(StandardCharsets.UTF_8)).substring(0, 16);
    }

    private RuntimeException failure(String run, Exception failure) {
        String message = "Cannot deliver run " + run + " of " + stage + " to " + location + ": "
                + reason(failure) + "; its rows are served in the workspace, and ./stillhouse " + stage
                + " delivers them without making them again";
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
