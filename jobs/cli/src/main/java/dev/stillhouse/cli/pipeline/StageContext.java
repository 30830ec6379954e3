package dev.stillhouse.cli.pipeline;

import dev.stillhouse.cli.config.LoadedTask;
import dev.stillhouse.cli.config.TaskFile;
import dev.stillhouse.cli.console.Console;
import dev.stillhouse.datasets.publish.PublishedRun;
import dev.stillhouse.datasets.publish.Workspace;
import dev.stillhouse.datasets.source.SourceConfig;
import dev.stillhouse.datasets.source.SourceReader;
import dev.stillhouse.udfs.errors.DataException;
import java.time.Clock;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * What every stage works with.
 *
 * @param spark the session
 * @param loaded the task and where its file lies
 * @param workspace where runs are read and published
 * @param sources reads the task's sources
 * @param console what a person sees
 * @param clock tells the time
 */
record StageContext(
        SparkSession spark,
        LoadedTask loaded,
        Workspace workspace,
        SourceReader sources,
        Console console,
        Clock clock) {

    /** What the task file says. */
    TaskFile task() {
        return loaded.task();
    }

    /** Threads that what is measured on the driver may take: Spark's own where it is on one machine. */
    int threads() {
        SparkContext here = spark.sparkContext();
        return here.isLocal() ? here.defaultParallelism() : Runtime.getRuntime().availableProcessors();
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

    /**
     * The published run of an earlier stage, made from the runs of the stages before it that are served now.
     *
     * @throws DataException if there is none, or it was made from others: rows of the one would silently miss in the other
     */
    PublishedRun consistentUpstream(String stage) {
        PublishedRun run = upstream(stage);
        List<String> outdated = Lineage.outdated(workspace, run.manifest().provenance());
        if (!outdated.isEmpty()) {
            throw new DataException("Cannot go on: " + String.join("; ", outdated));
        }
        return run;
    }

    /** Sources as inputs. */
    List<StageInput> inputs(String section, List<SourceConfig> configs) {
        return sources.fingerprints(configs).stream()
                .map(source -> new StageInput(section + "/" + source.name(), source.path(), source.checksum()))
                .toList();
    }

    /** The published run of an earlier stage as an input. */
    StageInput input(String stage) {
        PublishedRun run = upstream(stage);
        return new StageInput(stage, run.manifest().run(), run.identity());
    }
}
