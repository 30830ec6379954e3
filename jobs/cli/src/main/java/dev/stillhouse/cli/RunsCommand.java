package dev.stillhouse.cli;

import dev.stillhouse.cli.console.Console;
import dev.stillhouse.cli.pipeline.Datasets;
import dev.stillhouse.datasets.publish.Manifest;
import dev.stillhouse.datasets.publish.PublishedRun;
import dev.stillhouse.datasets.publish.Workspace;
import dev.stillhouse.udfs.errors.DataException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code runs}: lists the runs of every stage, and which one is served. */
@Command(
        name = "runs",
        mixinStandardHelpOptions = true,
        description =
                "List the runs of every stage: which is current, which were superseded, refused or never finished.")
final class RunsCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private TaskArguments arguments = new TaskArguments();

    RunsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Configuration hadoop = Environment.hadoop();
        Workspace workspace = Workspace.of(arguments.read().workspace(), hadoop);
        boolean any = false;
        for (String stage : Datasets.stages()) {
            Optional<String> current = current(workspace, stage);
            for (String run : workspace.runs(stage)) {
                any = true;
                console.line(describe(workspace, stage, run, current));
            }
        }
        if (!any) {
            console.line("No runs in " + workspace.root());
        }
        return ExitCode.DONE;
    }

    /** What is damaged is told and does not hide the rest. */
    private Optional<String> current(Workspace workspace, String stage) {
        try {
            return workspace.current(stage).map(run -> run.manifest().run());
        } catch (DataException e) {
            console.warning(stage, e.getMessage());
            return Optional.empty();
        }
    }

    private static String describe(Workspace workspace, String stage, String run, Optional<String> current) {
        Optional<PublishedRun> published;
        try {
            published = workspace.find(stage, run);
        } catch (DataException e) {
            return String.format(Locale.ROOT, "%-8s %-34s %-11s %s", stage, run, "damaged", e.getMessage());
        }
        String state = published.isEmpty()
                ? workspace.stageRecord(stage, run).isPresent() ? "refused" : "unfinished"
                : current.equals(Optional.of(run)) ? "current" : "superseded";
        return String.format(
                        Locale.ROOT,
                        "%-8s %-34s %-11s %s",
                        stage,
                        run,
                        state,
                        published.map(found -> rows(found.manifest())).orElse(""))
                .stripTrailing();
    }

    private static String rows(Manifest manifest) {
        return manifest.datasets().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(table ->
                        table.getKey() + " " + Console.count(table.getValue().rows()))
                .collect(Collectors.joining(", "));
    }
}
