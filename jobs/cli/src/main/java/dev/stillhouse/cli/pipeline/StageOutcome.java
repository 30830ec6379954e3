package dev.stillhouse.cli.pipeline;

import java.util.List;
import java.util.Optional;

/**
 * What a stage has to say once its datasets are written.
 *
 * @param record what {@code stage.json} holds besides cost and provenance
 * @param summary one line for the terminal
 * @param warnings what did not stop the stage but should be known
 * @param refusal why the run must not be published, where a gate was not met
 */
record StageOutcome(Object record, String summary, List<String> warnings, Optional<String> refusal) {
    StageOutcome {
        warnings = List.copyOf(warnings);
    }
}
