package dev.stillhouse.cli;

import dev.stillhouse.cli.config.LoadedTask;
import dev.stillhouse.cli.config.TaskFile;
import dev.stillhouse.cli.console.Console;
import dev.stillhouse.cli.pipeline.Datasets;
import dev.stillhouse.cli.pipeline.Loop;
import dev.stillhouse.datasets.publish.Lease;
import dev.stillhouse.udfs.errors.ConfigurationException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code run} and the command of each stage: reads the task file, runs the stages in order, and says how it ended. */
@Command(mixinStandardHelpOptions = true)
final class LoopCommand implements Callable<Integer> {
    private final String name;
    private final Console console;

    @Mixin
    private TaskArguments arguments = new TaskArguments();

    @Mixin
    private TaskArguments.Execution execution = new TaskArguments.Execution();

    private LoopCommand(String name, Console console) {
        this.name = name;
        this.console = console;
    }

    static void addTo(CommandLine root, Console console) {
        Map<String, String> commands = new LinkedHashMap<>();
        commands.put(
                "run",
                "Run the whole loop of a task: curate, label, train, score or summarize, and report. Stages whose inputs and configuration are unchanged are skipped.");
        commands.put(
                "curate",
                "Read the corpus, judge it by rules, remove duplicates, set the evaluation part aside, and render the report.");
        commands.put("label", "Fit the teacher on the gold labels and give every curated document its probabilities.");
        commands.put("train", "Train, quantise and calibrate the student, and publish it if it meets its targets.");
        commands.put("score", "Run the student over the documents to score.");
        commands.put("summarize", "Run the student of a task of kind summarize over the documents to summarise.");
        commands.put("report", "Render report.html and report.json from what the stages measured.");
        commands.forEach((name, description) -> {
            CommandLine command = new CommandLine(new LoopCommand(name, console));
            command.getCommandSpec().name(name).usageMessage().description(description);
            root.addSubcommand(name, command);
        });
    }

    @Override
    public Integer call() {
        Loop.Position position = new Loop.Position(name);
        List<Path> asked = execution.statusFile().stream().toList();
        List<Path> all = execution.plan() ? asked : withWorkspace(asked);
        try (StopNotice stop = new StopNotice(() -> writeStatus(all, stopped(position)))) {
            try {
                execution.checkStatusFile();
                run(execution.with(arguments.read()), position);
                return end(stop, all, new StatusFile.Status(stage(position), ExitCode.DONE, ""));
            } catch (Exception | Error e) {
                // Scala throws what Java calls checked without a declaration: a failed job is a SparkException.
                StatusFile.Status status = stop.isUnderWay()
                        ? stopped(position)
                        : new StatusFile.Status(stage(position), ExitCode.of(e), ExitCode.message(e));
                if (!StopNotice.isTold()) {
                    console.failure(status.reason());
                }
                Environment.log(e);
                return end(stop, e instanceof Lease.HeldException ? asked : all, status);
            }
        }
    }

    private void run(LoadedTask task, Loop.Position position) {
        List<String> stages = stages(task.task());
        execution.checkEngine(stages);
        try (Environment.Session session = Environment.open(task.task().task())) {
            execution.checkRapids(session.spark());
            Loop loop = new Loop(session.spark(), console, position);
            Loop.Options options = new Loop.Options(execution.force(), name + " " + arguments.name(), Optional.empty());
            if (execution.plan()) {
                loop.plan(task, stages, options);
            } else {
                loop.run(task, stages, options);
            }
        }
    }

    /** The stage that a status names: a stage's own command answers for the report it ends with. */
    private String stage(Loop.Position position) {
        return name.equals("run") ? position.stage() : name;
    }

    /** Writes the status, unless the process is being stopped: then that is written already, and file systems may be closed by now. */
    private int end(StopNotice stop, List<Path> files, StatusFile.Status status) {
        if (!stop.isUnderWay()) {
            writeStatus(files, status);
        }
        return status.exit();
    }

    private StatusFile.Status stopped(Loop.Position position) {
        return new StatusFile.Status(stage(position), ExitCode.FAILED, StopNotice.reason());
    }

    /** Adds the workspace's own status file, which a run that is turned away leaves to the run that holds the workspace. Told before the run, so that a task file that is changed meanwhile sends it nowhere else. */
    private List<Path> withWorkspace(List<Path> asked) {
        List<Path> files = new ArrayList<>(asked);
        arguments
                .workspace()
                .flatMap(StatusFile::path)
                .ifPresent(workspace -> files.add(new Path(workspace, "status.json")));
        return files;
    }

    private List<String> stages(TaskFile task) {
        if (name.equals(Datasets.CURATE)) {
            return List.of(Datasets.CURATE, Datasets.REPORT);
        }
        if (!name.equals("run")) {
            return List.of(name);
        }
        if (task.corpus().isEmpty()) {
            throw new ConfigurationException("Missing required key: corpus (the run needs sources to learn from)");
        }
        List<String> stages = new ArrayList<>(List.of(Datasets.CURATE, Datasets.LABEL, Datasets.TRAIN));
        if (!task.score().sources().isEmpty()) {
            stages.add(Datasets.SCORE);
        }
        if (!task.summarize().sources().isEmpty()) {
            stages.add(Datasets.SUMMARIZE);
        }
        stages.add(Datasets.REPORT);
        return stages;
    }

    private void writeStatus(List<Path> files, StatusFile.Status status) {
        for (Path file : files) {
            try {
                StatusFile.write(file, Environment.hadoop(), status);
            } catch (RuntimeException e) {
                console.warning(name, ExitCode.message(e));
            }
        }
    }
}
