package dev.stillhouse.cli.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillhouse.cli.BuildInfo;
import dev.stillhouse.cli.config.CanonicalJson;
import dev.stillhouse.datasets.publish.PublishedRun;
import dev.stillhouse.datasets.schema.Rejects;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The run that is served, where another may take over some of its rows: an incremental run of the same code, student and settings.
 *
 * @param run the run
 * @param files what it has read
 * @param comparable names of the sources whose configuration is the same
 * @param unchanged names of those whose content is the same too
 */
record EarlierRun(PublishedRun run, InputFiles files, Set<String> comparable, Set<String> unchanged) {
    EarlierRun {
        comparable = Set.copyOf(comparable);
        unchanged = Set.copyOf(unchanged);
    }

    /**
     * Looks at the served run.
     *
     * @param stage what runs now
     * @param inputs what it reads
     */
    static Optional<EarlierRun> of(StageContext context, Stage stage, List<StageInput> inputs) {
        return context.workspace()
                .current(stage.name())
                .filter(run -> run.holds(InputFiles.NAME))
                .filter(run -> run.manifest().provenance().path("seed").asLong()
                        == context.task().seed())
                .filter(run -> isOfSameSettings(run.manifest().provenance(), stage, inputs))
                .map(run -> compare(run, stage, inputs));
    }

    /** The names of sources among inputs, in their order. */
    static List<String> names(Stage stage, List<StageInput> inputs) {
        String prefix = stage.name() + "/";
        return inputs.stream()
                .map(StageInput::name)
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .toList();
    }

    private static boolean isOfSameSettings(JsonNode provenance, Stage stage, List<StageInput> inputs) {
        Optional<String> student = Lineage.input(provenance, Datasets.TRAIN).map(StageInput::identity);
        boolean isSameStudent = inputs.stream()
                .filter(input -> input.name().equals(Datasets.TRAIN))
                .anyMatch(input -> student.filter(input.identity()::equals).isPresent());
        return isSameStudent
                && provenance.path("stage_version").asInt() == stage.version()
                && provenance.path("code_version").asText().equals(BuildInfo.version())
                && settings(provenance.path("configuration").path(stage.name()))
                        .equals(settings(stage.configuration().path(stage.name())));
    }

    /** All but the sources, and what shapes no row. */
    private static String settings(JsonNode section) {
        JsonNode settings = section.deepCopy();
        if (settings instanceof ObjectNode keys) {
            keys.remove(List.of("sources", "drift"));
        }
        return CanonicalJson.sha256(settings);
    }

    private static EarlierRun compare(PublishedRun run, Stage stage, List<StageInput> inputs) {
        JsonNode provenance = run.manifest().provenance();
        List<StageInput> before = new ArrayList<>();
        provenance
                .path("inputs")
                .forEach(input -> before.add(new StageInput(
                        input.path("name").asText(),
                        input.path("location").asText(),
                        input.path("identity").asText())));
        JsonNode sourcesBefore =
                provenance.path("configuration").path(stage.name()).path("sources");
        JsonNode sourcesNow = stage.configuration().path(stage.name()).path("sources");
        List<String> namesBefore = names(stage, before);
        List<String> namesNow = names(stage, inputs);
        Set<String> comparable = new HashSet<>();
        Set<String> unchanged = new HashSet<>();
        for (int i = 0; i < namesNow.size(); i++) {
            String name = namesNow.get(i);
            int at = namesBefore.indexOf(name);
            if (at >= 0
                    && CanonicalJson.sha256(sourcesBefore.path(at)).equals(CanonicalJson.sha256(sourcesNow.path(i)))) {
                comparable.add(name);
                if (before.contains(inputs.get(i))) {
                    unchanged.add(name);
                }
            }
        }
        return new EarlierRun(run, InputFiles.read(run.file(InputFiles.NAME), stage.name()), comparable, unchanged);
    }

    /** Its rows of a dataset that says where each comes from. */
    Dataset<Row> rows(SparkSession spark, String dataset) {
        return run.read(spark, dataset);
    }

    /** Its rejects. */
    Dataset<Row> rejects(SparkSession spark) {
        return run.read(spark, Datasets.REJECTS, Rejects.SCHEMA);
    }
}
