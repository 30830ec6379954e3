package dev.stillhouse.cli.pipeline;

import dev.stillhouse.cli.config.LoadedTask;
import dev.stillhouse.cli.config.TaskKind;
import dev.stillhouse.cli.console.Console;
import dev.stillhouse.cli.console.CostMeter;
import dev.stillhouse.datasets.publish.Lease;
import dev.stillhouse.datasets.publish.PublishStep;
import dev.stillhouse.datasets.publish.Workspace;
import dev.stillhouse.datasets.source.SourceReader;
import dev.stillhouse.udfs.errors.ConfigurationException;
import dev.stillhouse.udfs.errors.DataException;
import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;

/** Runs stages of a task, one after the other, while it holds the workspace's lease. */
public final class Loop {
    private final SparkSession spark;
    private final Console console;
    private final Position position;

    /**
     * @param position told which stage is running, so that a failure can name it
     */
    public Loop(SparkSession spark, Console console, Position position) {
        this.spark = spark;
        this.console = console;
        this.position = position;
    }

    /**
     * Runs stages.
     *
     * @param stages names of {@link Datasets}, in the order of the loop
     * @throws Lease.HeldException if another run works on the workspace
     * @throws DataException if a stage's gate was not met; a report of that is rendered where the stages end with one
     */
    public void run(LoadedTask task, List<String> stages, Options options) {
        Workspace workspace = workspace(task);
        Clock clock = Clock.systemUTC();
        try (Lease lease = Lease.take(workspace, UUID.randomUUID().toString(), options.command(), clock);
                CostMeter costs = new CostMeter(spark.sparkContext(), System::nanoTime)) {
            SourceReader sources = new SourceReader(
                    spark, task.folder().toString(), task.task().seed());
            StageContext context = new StageContext(spark, task, workspace, sources, console, clock);
            ReportStage report = new ReportStage(context);
            // All before the first runs, so that what is wrong with a later one does not wait for the earlier ones.
            Map<String, Stage> made = new LinkedHashMap<>();
            stages.stream()
                    .filter(Datasets.stages()::contains)
                    .forEach(stage -> made.put(stage, stage(stage, context, options)));
            StageRunner runner = new StageRunner(context, lease, costs, options, made.values());
            for (String stage : stages) {
                position.enter(stage);
                if (stage.equals(Datasets.REPORT)) {
                    report.render();
                    continue;
                }
                Optional<String> refusal = runner.run(made.get(stage));
                if (refusal.isPresent()) {
                    if (stages.contains(Datasets.REPORT)) {
                        report.render();
                    }
                    throw new DataException(refusal.get());
                }
            }
            deliver(made.values(), lease);
            position.enter(stages.get(stages.size() - 1));
        }
    }

    /** Last, so that a report does not wait for what lies outside of the workspace. */
    private void deliver(Collection<Stage> stages, Lease lease) {
        for (Stage stage : stages) {
            stage.delivery().ifPresent(delivery -> {
                position.enter(stage.name());
                delivery.deliver(lease::check);
            });
        }
    }

    /**
     * Says what {@link #run} would do, and what labelling would cost; changes nothing.
     *
     * @param stages as there
     */
    public void plan(LoadedTask task, List<String> stages, Options options) {
        SourceReader sources =
                new SourceReader(spark, task.folder().toString(), task.task().seed());
        StageContext context = new StageContext(spark, task, workspace(task), sources, console, Clock.systemUTC());
        StagePlanner planner = new StagePlanner(context, options.force());
        for (String name : stages) {
            if (Datasets.stages().contains(name)) {
                position.enter(name);
                planner.plan(stage(name, context, options));
            }
        }
    }

    private Workspace workspace(LoadedTask task) {
        Workspace workspace =
                Workspace.of(task.workspace(), spark.sessionState().newHadoopConf());
        OutputPlace.sources(task.task())
                .flatMap(source -> source.path().stream())
                .map(task::resolve)
                .filter(workspace::isWithin)
                .findFirst()
                .ifPresent(source -> {
                    throw new ConfigurationException("Invalid workspace: " + task.workspace()
                            + " (must not lie in what is read, " + source + ", or runs would become its documents)");
                });
        return workspace;
    }

    private static Stage stage(String name, StageContext context, Options options) {
        return switch (name) {
            case Datasets.CURATE -> new CurateStage(context);
            case Datasets.LABEL -> summarizes(context) ? new SentenceLabelStage(context) : new LabelStage(context);
            case Datasets.TRAIN -> summarizes(context) ? new SummaryTrainStage(context) : new TrainStage(context);
            case Datasets.SCORE -> new ScoreStage(context, options.force());
            case Datasets.SUMMARIZE -> new SummarizeStage(context, options.force());
            default ->
                throw new IllegalArgumentException(
                        "Invalid stage: " + name + " (must be one of " + Datasets.stages() + ")");
        };
    }

    private static boolean summarizes(StageContext context) {
        return context.task().kind() == TaskKind.SUMMARIZE;
    }

    /**
     * How to run.
     *
     * @param force whether to run stages that have nothing to do
     * @param command what the run is, for whoever is turned away by the lease
     * @param observer called after each step of publishing; what it throws ends the run
     */
    public record Options(boolean force, String command, Optional<Consumer<PublishStep>> observer) {}

    /** Which stage is running. */
    public static final class Position {
        private String stage;

        public Position(String command) {
            this.stage = command;
        }

        void enter(String next) {
            stage = next;
        }

        /** The stage that is running or was the last to, else the command. */
        public String stage() {
            return stage;
        }
    }
}
