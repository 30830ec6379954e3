package dev.stillhouse.cli.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillhouse.cli.BuildInfo;
import dev.stillhouse.cli.config.CanonicalJson;
import dev.stillhouse.cli.console.Console;
import dev.stillhouse.cli.console.CostMeter;
import dev.stillhouse.cli.console.Progress;
import dev.stillhouse.datasets.publish.Lease;
import dev.stillhouse.datasets.publish.PublishStep;
import dev.stillhouse.datasets.publish.PublishedRun;
import dev.stillhouse.datasets.publish.RunWriter;
import dev.stillhouse.reports.record.StageJson;
import dev.stillhouse.reports.record.StageRecord;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** Runs one stage: nothing where inputs and configuration are those of the published run, else a fresh run, its costs, and publishing behind the stage's gate. */
final class StageRunner {
    /** Sortable, and without characters that paths and globs cannot hold. */
    private static final DateTimeFormatter RUN_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final StageContext context;
    private final Lease lease;
    private final CostMeter costs;
    private final Loop.Options options;
    private final Deque<Stage> later;

    /**
     * @param stages that are to run, in their order
     */
    StageRunner(StageContext context, Lease lease, CostMeter costs, Loop.Options options, Collection<Stage> stages) {
        this.context = context;
        this.later = new ArrayDeque<>(stages);
        this.lease = lease;
        this.costs = costs;
        this.options = options;
    }

    /**
     * Runs a stage.
     *
     * @return why the run was refused, if the stage's gate was not met; its record then lies in the run's folder and the run that was published before stays served
     */
    Optional<String> run(Stage stage) {
        List<StageInput> inputs = stage.inputs();
        String fingerprint = fingerprint(context, stage, inputs);
        Optional<PublishedRun> current = context.workspace().current(stage.name());
        if (!options.force()
                && current.map(run -> run.manifest().fingerprint().equals(fingerprint))
                        .orElse(false)) {
            context.console()
                    .stage(
                            stage.name(),
                            "unchanged, run " + current.orElseThrow().manifest().run());
            return Optional.empty();
        }
        checkLater(stage);
        Instant started = context.clock().instant();
        String run = RUN_TIME.format(started) + "-" + fingerprint.substring(0, 8) + "-"
                + UUID.randomUUID().toString().substring(0, 4);
        return execute(stage, new Execution(run, started, fingerprint, inputs));
    }

    /** Before the first stage that runs: what is wrong with what later ones read does not wait until they are reached. */
    private void checkLater(Stage first) {
        while (!later.isEmpty() && later.remove() != first) {
            // They are unchanged.
        }
        later.forEach(Stage::check);
        later.clear();
    }

    private Optional<String> execute(Stage stage, Execution execution) {
        RunWriter writer = new RunWriter(context.workspace(), stage.name(), execution.run(), observer(stage.name()));
        CostMeter.Reading reading = costs.start();
        context.spark()
                .sparkContext()
                .setJobGroup(
                        stage.name(),
                        "stillhouse " + stage.name() + " of task "
                                + context.task().task(),
                        true);
        StageOutcome outcome;
        try (Progress progress = context.console().progress(stage.name())) {
            outcome = stage.run(writer, progress);
        } finally {
            writer.release();
            context.spark().sparkContext().clearJobGroup();
        }
        outcome.warnings().forEach(warning -> context.console().warning(stage.name(), warning));
        StageRecord.Cost cost = cost(reading);
        JsonNode provenance = provenance(stage, execution);
        byte[] record = StageJson.write(new StageRecord<>(
                stage.name(),
                execution.run(),
                cost,
                outcome.warnings(),
                outcome.refusal().orElse(""),
                provenance,
                outcome.record()));
        if (outcome.refusal().isPresent()) {
            writer.refuse(record);
            return outcome.refusal();
        }
        lease.check();
        writer.publish(
                record, execution.fingerprint(), context.clock().instant().toString(), provenance);
        context.console().stage(stage.name(), outcome.summary() + ", " + Console.duration(cost.wallSeconds()));
        return Optional.empty();
    }

    private Consumer<PublishStep> observer(String stage) {
        Consumer<PublishStep> failPoint =
                FailPoint.of(context.spark().sparkContext().getConf(), stage);
        return options.observer().map(failPoint::andThen).orElse(failPoint);
    }

    /** Digest of all that a stage's rows depend on: equal fingerprints, equal rows. */
    static String fingerprint(StageContext context, Stage stage, List<StageInput> inputs) {
        ObjectNode identity = JsonNodeFactory.instance.objectNode();
        identity.put("stage", stage.name())
                .put("version", stage.version())
                .put("code", BuildInfo.version())
                .put("seed", context.task().seed());
        identity.set("configuration", stage.configuration());
        ArrayNode inputNodes = identity.putArray("inputs");
        inputs.forEach(input -> inputNodes.addObject().put("name", input.name()).put("identity", input.identity()));
        return CanonicalJson.sha256(identity);
    }

    private JsonNode provenance(Stage stage, Execution execution) {
        ObjectNode provenance = JsonNodeFactory.instance.objectNode();
        provenance
                .put("stage", stage.name())
                .put("stage_version", stage.version())
                .put("run", execution.run())
                .put("started", execution.started().toString());
        provenance.put("task", context.task().task()).put("seed", context.task().seed());
        provenance
                .put("code_version", BuildInfo.version())
                .put("git_id", BuildInfo.gitId())
                .put("fingerprint", execution.fingerprint());
        provenance.set("configuration", stage.configuration());
        ArrayNode inputNodes = provenance.putArray("inputs");
        execution.inputs().forEach(input -> inputNodes
                .addObject()
                .put("name", input.name())
                .put("location", input.location())
                .put("identity", input.identity()));
        ObjectNode libraries = provenance.putObject("libraries");
        BuildInfo.libraries().forEach(libraries::put);
        provenance.put("spark_running", context.spark().version()).put("java", System.getProperty("java.version"));
        provenance.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        return provenance;
    }

    private record Execution(String run, Instant started, String fingerprint, List<StageInput> inputs) {
        private Execution {
            inputs = List.copyOf(inputs);
        }
    }

    private StageRecord.Cost cost(CostMeter.Reading reading) {
        double cpu = reading.cpuSeconds();
        StageRecord.Energy energy = reading.measuredJoules()
                .map(joules -> new StageRecord.Energy(joules, false))
                .orElseGet(() ->
                        new StageRecord.Energy(cpu * context.task().report().wattsPerCore(), true));
        return new StageRecord.Cost(cpu, reading.wallSeconds(), Optional.of(energy));
    }
}
