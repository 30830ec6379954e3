package dev.stillhouse.cli.pipeline;

import dev.stillhouse.cli.config.LoadedTask;
import dev.stillhouse.cli.config.TaskFile;
import dev.stillhouse.cli.console.Console;
import dev.stillhouse.datasets.publish.PublishedRun;
import dev.stillhouse.datasets.publish.Workspace;
import dev.stillhouse.datasets.source.SourceReader;
import dev.stillhouse.udfs.errors.DataException;
import org.apache.spark.sql.SparkSession;

/**
 * What every stage works with.
 *
 * @param spark the session
 * @param loaded the task and where its file lies
 * @param workspace where runs are read and published
 * @param sources reads the task's sources
 * @param console what a person sees
 */
record StageContext(SparkSession spark, LoadedTask loaded, Workspace workspace, SourceReader sources, Console console) {

    /** What the task file says. */
    TaskFile task() {
        return loaded.task();
    }

    /**
     * The published run of an earlier stage.
     *
     * @throws DataException if there is none
     */
    PublishedRun upstream(String stage) {
        return workspace
                .current(stage)
                .orElseThrow(() -> new DataException("Cannot find what stage " + stage + " publishes in "
                        + workspace.root() + ": run ./stillhouse " + stage + " first"));
    }

    /** The published run of an earlier stage as an input. */
    StageInput input(String stage) {
        PublishedRun run = upstream(stage);
        return new StageInput(stage, run.manifest().run(), run.identity());
    }
}
