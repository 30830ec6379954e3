package dev.stillhouse.cli;

import dev.stillhouse.cli.config.LoadedTask;
import dev.stillhouse.cli.config.NearestName;
import dev.stillhouse.cli.console.Console;
import dev.stillhouse.cli.pipeline.Datasets;
import dev.stillhouse.datasets.publish.PublishedRun;
import dev.stillhouse.datasets.publish.Workspace;
import dev.stillhouse.udfs.errors.ConfigurationException;
import dev.stillhouse.udfs.errors.DataException;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code path}: prints where the dataset that is served now lies, for scripts. */
@Command(
        name = "path",
        mixinStandardHelpOptions = true,
        description =
                "Print where the current version of a dataset lies, such as curated, soft_labels, model or scores.")
final class PathCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private TaskArguments arguments = new TaskArguments();

    @Parameters(
            index = "1",
            paramLabel = "DATASET",
            description =
                    "Name of a dataset, or stage/name for anything that a stage publishes, such as score/rejects or train/model/student.onnx; rejects alone is curate's.")
    private String dataset = "";

    PathCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Configuration hadoop = Environment.hadoop();
        LoadedTask task = arguments.read();
        Datasets.Location location = Datasets.find(dataset)
                .orElseThrow(() -> new ConfigurationException("Invalid dataset: " + dataset + " (must be one of "
                        + String.join(", ", Datasets.names())
                        + ", or stage/name such as train/model/student.onnx; nearest: "
                        + NearestName.of(dataset, Datasets.names()) + ")"));
        PublishedRun run = Workspace.of(task.workspace(), hadoop)
                .current(location.stage())
                .orElseThrow(() -> new DataException("Cannot find " + dataset + ": stage " + location.stage()
                        + " has no published run; run ./stillhouse " + location.stage() + " " + arguments.task()));
        if (!run.holds(location.dataset())) {
            throw new DataException("Cannot find " + dataset + ": run "
                    + run.manifest().run() + " of stage " + location.stage() + " has only "
                    + String.join(", ", run.names()));
        }
        Path path = run.path(location.dataset());
        console.line(path.toUri().getScheme().equals("file") ? path.toUri().getPath() : path.toString());
        return ExitCode.DONE;
    }
}
