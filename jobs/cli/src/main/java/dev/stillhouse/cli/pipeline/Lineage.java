package dev.stillhouse.cli.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillhouse.datasets.publish.PublishedRun;
import dev.stillhouse.datasets.publish.Workspace;
import java.util.List;
import java.util.Optional;

/** What runs say of the runs that they were made from, and whether those are still the ones that are served. */
final class Lineage {
    private Lineage() {}

    /** The input of a name in a provenance. */
    static Optional<StageInput> input(JsonNode provenance, String name) {
        for (JsonNode input : provenance.path("inputs")) {
            if (input.path("name").asText().equals(name)) {
                return Optional.of(new StageInput(
                        name,
                        input.path("location").asText(),
                        input.path("identity").asText()));
            }
        }
        return Optional.empty();
    }

    /** A sentence for each earlier stage whose served run is not the one that a provenance names. */
    static List<String> outdated(Workspace workspace, JsonNode provenance) {
        return Datasets.stages().stream()
                .flatMap(stage -> input(provenance, stage).stream())
                .flatMap(input -> outdated(workspace, provenance, input).stream())
                .toList();
    }

    private static Optional<String> outdated(Workspace workspace, JsonNode provenance, StageInput input) {
        return workspace
                .current(input.name())
                .filter(served -> !served.identity().equals(input.identity()))
                .map(served -> sentence(provenance, input, served));
    }

    private static String sentence(JsonNode provenance, StageInput input, PublishedRun served) {
        String stage = provenance.path("stage").asText();
        return "run " + provenance.path("run").asText() + " of " + stage + " was made from run " + input.location()
                + " of " + input.name() + ", and run " + served.manifest().run() + " is served now: run ./stillhouse "
                + stage + " first";
    }
}
