package dev.stillhouse.cli.pipeline;

import dev.stillhouse.datasets.publish.PublishedRun;
import java.util.List;
import java.util.Optional;

/** Says which stages would run, and what that would cost. Changes nothing. */
final class StagePlanner {
    private final StageContext context;
    private final boolean force;
    private boolean isAnyToRun;

    /**
     * A planner.
     *
     * @param force whether stages would run that have nothing to do
     */
    StagePlanner(StageContext context, boolean force) {
        this.context = context;
        this.force = force;
    }

    /**
     * Plans the next stage, in the order of the loop.
     *
     * @throws RuntimeException as {@link Stage#check} does, if it would run and cannot
     */
    void plan(Stage stage) {
        if (isAnyToRun) {
            stage.check();
            // What earlier stages make for it does not exist yet.
            context.console().stage(stage.name(), "to run, once what it reads is there");
            return;
        }
        // What it reads must be there, whether or not it has run before.
        List<StageInput> inputs = stage.inputs();
        Optional<PublishedRun> current = context.workspace().current(stage.name());
        boolean isUnchanged = !force
                && current.map(run ->
                                run.manifest().fingerprint().equals(StageRunner.fingerprint(context, stage, inputs)))
                        .orElse(false);
        if (isUnchanged) {
            context.console()
                    .stage(
                            stage.name(),
                            "unchanged, run " + current.orElseThrow().manifest().run());
            return;
        }
        isAnyToRun = true;
        stage.check();
        context.console().stage(stage.name(), current.isEmpty() ? "to run, for the first time" : "to run again");
        stage.plan().forEach(sentence -> context.console().stage("", sentence));
    }
}
