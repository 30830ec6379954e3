package dev.stillhouse.cli;

import dev.stillhouse.cli.config.LoadedTask;
import dev.stillhouse.cli.console.Console;
import dev.stillhouse.cli.pipeline.GpuPlan;
import dev.stillhouse.cli.pipeline.ScorePlan;
import dev.stillhouse.datasets.publish.Workspace;
import dev.stillhouse.scoring.ScoreConfig;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code explain}: how Spark would score, and what of it RAPIDS would run on a GPU. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description =
                "Show the plan by which Spark would score the task's documents with its published student; with --gpu what of the plan of Spark's own expressions (score.engine: sql) RAPIDS would run on a GPU. Scores nothing.")
final class ExplainCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private TaskArguments arguments = new TaskArguments();

    @Option(names = "--gpu", description = "Ask RAPIDS, which needs no GPU for it.")
    private boolean gpu;

    ExplainCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        LoadedTask task = gpu ? arguments.read().withEngine(ScoreConfig.Engine.SQL) : arguments.read();
        try (Environment.Session session = Environment.open(task.task().task())) {
            ScorePlan plan = ScorePlan.of(session.spark(), task, Workspace.of(task.workspace(), Environment.hadoop()));
            if (gpu) {
                print(GpuPlan.of(plan.scoresDF()));
            } else {
                console.line("engine   " + plan.engine().name().toLowerCase(Locale.ROOT));
                console.line(plan.physical());
            }
        }
        return ExitCode.DONE;
    }

    private void print(GpuPlan plan) {
        plan.lines().forEach(console::line);
        int left = plan.left().size();
        console.line("");
        console.line(
                left == 0
                        ? "gpu      all of it: " + Console.count(plan.operators(), "operator")
                        : "gpu      " + Console.count(plan.operators(), "operator") + "; " + Console.count(left, "line")
                                + " with ! or @ above stay on the processor");
    }
}
