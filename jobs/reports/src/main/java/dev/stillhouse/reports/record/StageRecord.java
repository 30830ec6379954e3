package dev.stillhouse.reports.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The content of a stage's {@code stage.json}.
 *
 * @param stage the stage's name
 * @param run id of the run
 * @param cost what the stage cost
 * @param warnings what did not stop the stage but should be known
 * @param refusal why the run was not published; empty where it was
 * @param provenance inputs, resolved configuration, versions and seeds
 * @param figures the stage's own figures
 */
public record StageRecord<T>(
        String stage, String run, Cost cost, List<String> warnings, String refusal, JsonNode provenance, T figures) {
    public StageRecord {
        warnings = List.copyOf(warnings);
    }

    /** The same record with more to be known. */
    public StageRecord<T> withWarnings(List<String> more) {
        List<String> all = new ArrayList<>(warnings);
        all.addAll(more);
        return new StageRecord<>(stage, run, cost, all, refusal, provenance, figures);
    }

    /** The same record with other figures. */
    public StageRecord<T> withFigures(T other) {
        return new StageRecord<>(stage, run, cost, warnings, refusal, provenance, other);
    }

    /**
     * What a stage cost.
     *
     * @param cpuSeconds CPU time of all that worked for it
     * @param wallSeconds wall time
     * @param energy what processors took; empty in records of before
     */
    public record Cost(double cpuSeconds, double wallSeconds, Optional<Energy> energy) {}

    /**
     * What processors took; graphics cards are not in it.
     *
     * @param joules of the whole machine where they were measured
     * @param estimated whether they are CPU time by an assumed power in place of a measurement
     */
    public record Energy(double joules, boolean estimated) {}
}
