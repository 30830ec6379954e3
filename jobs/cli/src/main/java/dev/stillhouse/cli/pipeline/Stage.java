package dev.stillhouse.cli.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillhouse.cli.console.Progress;
import dev.stillhouse.datasets.publish.RunWriter;
import java.util.List;
import java.util.Optional;

/** One stage of the loop: what its result depends on, and how it is made. */
interface Stage {

    /** The stage's name: its folder in the workspace and its command. */
    String name();

    /** Version of the stage's algorithm: raised when equal inputs and configuration give other rows. */
    int version();

    /** The resolved configuration that shapes the result. */
    JsonNode configuration();

    /**
     * Everything that the stage reads.
     *
     * @throws dev.stillhouse.udfs.errors.DataException if an input is missing
     */
    List<StageInput> inputs();

    /**
     * Resolves what the task file names of the sources that it reads: columns, expressions, rules. JSON lines and CSV are looked through for their columns. Writes nothing.
     *
     * @throws dev.stillhouse.udfs.errors.ConfigurationException if something is not there
     * @throws dev.stillhouse.udfs.errors.DataException if a source cannot be read
     */
    default void check() {}

    /** Sentences on what running it would do and cost, where that can be told before; reads, and writes nothing. */
    default List<String> plan() {
        return List.of();
    }

    /** What is to be done with the run that is served, once all stages have run; nothing for most. */
    default Optional<Delivery> delivery() {
        return Optional.empty();
    }

    /** Makes the stage's datasets and writes them to a run that is not visible yet. */
    StageOutcome run(RunWriter writer, Progress progress);
}
