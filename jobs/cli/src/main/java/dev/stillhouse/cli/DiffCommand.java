package dev.stillhouse.cli;

import dev.stillhouse.cli.config.LoadedTask;
import dev.stillhouse.cli.console.Console;
import dev.stillhouse.cli.pipeline.Datasets;
import dev.stillhouse.cli.pipeline.RunComparison;
import dev.stillhouse.datasets.publish.PublishedRun;
import dev.stillhouse.datasets.publish.Workspace;
import dev.stillhouse.reports.record.RunDifference;
import dev.stillhouse.udfs.errors.ConfigurationException;
import dev.stillhouse.udfs.errors.DataException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code diff}: what another run of curation made of the same documents. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description =
                "Compare two runs of curate, document by document: which are new or gone, which are kept or removed now and were not before, and which configuration differs.")
final class DiffCommand implements Callable<Integer> {
    private static final int EXAMPLES = 20;

    private final Console console;

    @Mixin
    private TaskArguments arguments = new TaskArguments();

    @Option(
            names = "--from",
            paramLabel = "RUN",
            description = "The earlier run; without it the one published before the later. `runs` lists them.")
    private Optional<String> from = Optional.empty();

    @Option(names = "--to", paramLabel = "RUN", description = "The later run; without it the one that is served.")
    private Optional<String> to = Optional.empty();

    DiffCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        LoadedTask task = arguments.read();
        try (Environment.Session session = Environment.open(task.task().task())) {
            Workspace workspace = Workspace.of(task.workspace(), Environment.hadoop());
            PublishedRun later = to.map(run -> named(workspace, "--to", run)).orElseGet(() -> current(workspace));
            PublishedRun earlier =
                    from.map(run -> named(workspace, "--from", run)).orElseGet(() -> before(workspace, later));
            print(RunComparison.of(session.spark(), earlier, later), later);
        }
        return ExitCode.DONE;
    }

    private static PublishedRun named(Workspace workspace, String option, String run) {
        if (!workspace.runs(Datasets.CURATE).contains(run)) {
            throw new ConfigurationException("Invalid " + option + ": " + run + " (must be one of "
                    + String.join(", ", workspace.runs(Datasets.CURATE)) + ")");
        }
        return workspace
                .find(Datasets.CURATE, run)
                .orElseThrow(() -> new DataException("Cannot compare with run " + run + ": it never finished"));
    }

    private PublishedRun current(Workspace workspace) {
        return workspace
                .current(Datasets.CURATE)
                .orElseThrow(
                        () -> new DataException("Cannot compare runs of curate: none is published; run ./stillhouse "
                                + Datasets.CURATE + " " + arguments.task()));
    }

    private static PublishedRun before(Workspace workspace, PublishedRun later) {
        List<String> runs = workspace.runs(Datasets.CURATE);
        for (int i = runs.indexOf(later.manifest().run()) - 1; i >= 0; i--) {
            Optional<PublishedRun> published = workspace.find(Datasets.CURATE, runs.get(i));
            if (published.isPresent()) {
                return published.get();
            }
        }
        throw new DataException("Cannot compare run " + later.manifest().run() + ": no run was published before it");
    }

    private void print(RunDifference difference, PublishedRun later) {
        console.line(difference.run() + " → " + later.manifest().run());
        console.line("kept            " + Console.count(difference.keptBefore()) + " → "
                + Console.count(later.rows("curated")));
        console.line("new documents   " + Console.count(difference.added()));
        console.line("gone documents  " + Console.count(difference.gone()));
        console.line("changed texts   " + Console.count(difference.changed()) + " kept by both");
        counts("now removed", difference.nowRemoved());
        counts("now kept", difference.nowKept());
        counts("other reason", difference.otherReason());
        difference.configuration().forEach(line -> console.line("configuration   " + line));
        difference.examples().stream()
                .limit(EXAMPLES)
                .forEach(document -> console.line("document        " + document.source() + " / " + document.id() + ": "
                        + document.before() + " → " + document.now()
                        + document.instead()
                                .map(kept -> " (kept instead: " + kept + ")")
                                .orElse("")));
    }

    private void counts(String name, Map<String, Long> counts) {
        counts.forEach((reason, documents) ->
                console.line(String.format("%-15s %s: %s", name, reason, Console.count(documents))));
    }
}
