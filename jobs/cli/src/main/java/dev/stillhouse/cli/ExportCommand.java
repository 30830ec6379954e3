package dev.stillhouse.cli;

import dev.stillhouse.cli.config.LoadedTask;
import dev.stillhouse.cli.console.Console;
import dev.stillhouse.cli.pipeline.SoftLabelExport;
import dev.stillhouse.datasets.publish.Workspace;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code export}: the soft labels as JSON lines, for other trainers. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description =
                "Write the soft labels that are served now as JSON lines, cut into fit, select and evaluate, with their dataset card.")
final class ExportCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private TaskArguments arguments = new TaskArguments();

    @Parameters(index = "1", paramLabel = "FOLDER", description = "Where to; a folder that does not exist yet.")
    private String folder = "";

    ExportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        LoadedTask task = arguments.read();
        try (Environment.Session session = Environment.open(task.task().task())) {
            Workspace workspace = Workspace.of(task.workspace(), Environment.hadoop());
            Map<String, Long> rows = new SoftLabelExport(session.spark(), workspace, new Path(folder))
                    .write(task.task().student().pool(), task.task().seed());
            String splits = rows.entrySet().stream()
                    .map(split -> Console.count(split.getValue()) + " " + split.getKey())
                    .collect(Collectors.joining(", "));
            console.line("export   " + folder + ": " + splits);
        }
        return ExitCode.DONE;
    }
}
