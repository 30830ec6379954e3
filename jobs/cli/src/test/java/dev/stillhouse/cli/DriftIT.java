package dev.stillhouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents that are like those that the student was chosen on, and others, before the gate of scoring. */
class DriftIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String[] FRENCH = {
        "la soupe et le pain sont sur la table du jardin",
        "le juge a parlé avec le témoin devant le tribunal",
        "un vieux bateau dort dans le port sous la pluie",
        "elle a demandé une lettre, du papier et de l'encre"
    };

    @TempDir
    static Path folder;

    private static Path task = Path.of("");

    @BeforeAll
    static void aStudent() throws Exception {
        task = TinyCorpus.write(folder, 2);
        Files.writeString(
                task,
                Files.readString(task)
                        .replaceFirst("label: label}]", "label: label, keep: [\"'en' as language\"]}]")
                        .replaceFirst(
                                "score: .*",
                                "score: {sources: [{source: jsonl, name: lake, path: corpus, id: id, text: text}], "
                                        + "keep: [\"'en' as language\"], drift: {fail_above: 0.25}}"));
        lake("french", FRENCH);
        CommandLineRun run = TinyCorpus.run(task, "student.kind=lexical", "student.targets={}");
        assertThat(run.exit()).as(run.err()).isZero();
    }

    private static void lake(String name, String... texts) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            lines.add("{\"id\": \"" + name + i + "\", \"text\": \"" + texts[i % texts.length] + " " + i + "\"}");
        }
        Files.write(Files.createDirectories(folder.resolve(name)).resolve("part.jsonl"), lines);
    }

    @AfterEach
    void whatIsServedIsTheFirstRun() {
        assertThat(score().exit()).isZero();
    }

    @Test
    void documentsOfTheSameKindDoNotAlarm() throws Exception {
        CommandLineRun run = score("--force");

        assertThat(run.exit()).as(run.err()).isZero();
        JsonNode drift = report().at("/score/drift");
        assertThat(drift.at("/by_statistic").fieldNames())
                .toIterable()
                .containsExactly("score", "label", "length", "unseen_words", "language");
        drift.at("/by_statistic").forEach(one -> {
            assertThat(one.at("/psi").asDouble()).isBetween(0.0, 0.25);
            assertThat(one.at("/jensen_shannon").asDouble()).isBetween(0.0, 0.1);
            assertThat(one.at("/psi_floor").asDouble()).isBetween(0.0, 0.25);
        });
        assertThat(drift.at("/drifted")).isEmpty();
        assertThat(drift.at("/fail_above").asDouble()).isEqualTo(0.25);
        assertThat(drift.at("/reference_documents").asLong()).isBetween(100L, 200L);
        assertThat(drift.at("/worst/statistic").asText()).isNotEmpty();
        assertThat(report().at("/score/by_label_and_source/lake").size()).isEqualTo(3);
        assertThat(page()).contains("Documents by confidence", "Then and now", "Before is the run that was served");
    }

    @Test
    void documentsOfAnotherLanguageAreRefusedAndTheOldScoresServed() throws Exception {
        String served = scores();

        CommandLineRun run = scoreFrench();

        assertThat(run.exit()).as(run.err()).isEqualTo(3);
        assertThat(run.err())
                .contains("Cannot publish the scores of run ")
                .containsPattern(
                        "unseen_words has a population stability index of \\d+\\.\\d{3} \\(must be at most 0\\.25; chance makes up to 0\\.\\d{3}\\), look at some texts")
                .contains("language has a", "look at the languages", "train on documents like these")
                .containsPattern("Run \\S+ is served as before");
        assertThat(scores()).isEqualTo(served);
        JsonNode refused = report().at("/score");
        assertThat(refused.at("/published").asBoolean()).isFalse();
        assertThat(refused.at("/refusal").asText()).contains("unseen_words");
        assertThat(refused.at("/drift/by_statistic/unseen_words/psi").asDouble())
                .isGreaterThan(1)
                .isLessThanOrEqualTo(refused.at("/drift/worst/psi").asDouble());
        assertThat(refused.at("/drift/by_statistic/language/jensen_shannon").asDouble())
                .isEqualTo(1);
        assertThat(page()).contains("documents scored, refused", ">drifted</td>");
        assertThat(score("--force").exit()).isZero();
    }

    @Test
    void withoutTheGateThereIsAWarning() throws Exception {
        CommandLineRun run = scoreFrench("--set", "score.drift={}");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.err())
                .contains("These documents differ from those that the student was chosen on", "unseen_words has a");
        assertThat(report().at("/score/drift/warn_above").asDouble()).isEqualTo(0.25);
        assertThat(score("--force").exit()).isZero();
    }

    @Test
    void aTopicThatIsAllThereIsDrifts() throws Exception {
        String[] kitchen = TinyCorpus.lines(600).stream()
                .filter(line -> line.contains("\"kitchen\""))
                .map(line -> line.replaceAll(".*\"text\": \"|\", \"label.*", ""))
                .toArray(String[]::new);
        lake("kitchen", kitchen);

        CommandLineRun run = score("--set", "score.sources=[{source: jsonl, path: kitchen, id: id, text: text}]");

        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.err()).contains("label has a population stability index", "look at the labels by source");
    }

    @Test
    void aStudentOfAnEarlierVersionHasNoReferenceAndADamagedOneIsTold() throws Exception {
        Path train = Path.of(path("model")).getParent();
        Path manifest = train.resolve("manifest.json");
        Path reference = train.resolve("model/reference.json");
        byte[] manifestBefore = Files.readAllBytes(manifest);
        byte[] referenceBefore = Files.readAllBytes(reference);

        Files.writeString(reference, "{}");
        CommandLineRun damaged = score("--force");
        assertThat(damaged.exit()).isEqualTo(3);
        assertThat(damaged.err())
                .contains("reference.json: its content is not what was published", "train again with --force");

        Files.delete(reference);
        ObjectNode changed = (ObjectNode) JSON.readTree(manifestBefore);
        for (Iterator<JsonNode> files = changed.at("/files").iterator(); files.hasNext(); ) {
            if (files.next().at("/path").asText().equals("model/reference.json")) {
                files.remove();
            }
        }
        Files.write(manifest, JSON.writeValueAsBytes(changed));
        CommandLineRun gated = score("--force");
        assertThat(gated.exit()).isEqualTo(3);
        assertThat(gated.err()).contains("has no model/reference.json", "run ./stillhouse train again");
        CommandLineRun noted = score("--force", "--set", "score.drift={}");
        assertThat(noted.exit()).as(noted.err()).isZero();
        assertThat(noted.err()).contains("drift was not looked at");

        Files.write(manifest, manifestBefore);
        Files.write(reference, referenceBefore);
        assertThat(score("--force").exit()).isZero();
    }

    @Test
    void noTextIsKeptWhereTheReportShowsNone() throws Exception {
        CommandLineRun run = score("--force", "--set", "report.examples=0");

        assertThat(run.exit()).as(run.err()).isZero();
        Path stage = Path.of(scores()).getParent().resolve("stage.json");
        assertThat(JSON.readTree(stage.toFile()).at("/figures/evidence/examples"))
                .isEmpty();
        assertThat(page()).doesNotContain("Documents by confidence");
        assertThat(score("--force").exit()).isZero();
    }

    @Test
    void boundsThatAreNoneAreRefused() {
        CommandLineRun run = score("--set", "score.drift.fail_above=0");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("Invalid score.drift.fail_above: 0.0 (must be greater than 0)");
    }

    private static CommandLineRun scoreFrench(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--set",
                "score.sources=[{source: jsonl, path: french, id: id, text: text}]",
                "--set",
                "score.keep=[\"'fr' as language\"]"));
        arguments.addAll(List.of(more));
        return score(arguments.toArray(String[]::new));
    }

    private static CommandLineRun score(String... more) {
        List<String> arguments = new ArrayList<>(List.of("score", task.toString()));
        arguments.addAll(List.of(more));
        return CommandLineRun.of(arguments.toArray(String[]::new));
    }

    private static JsonNode report() throws IOException {
        assertThat(CommandLineRun.of("report", task.toString()).exit()).isZero();
        return TinyCorpus.report(folder);
    }

    private static String page() throws IOException {
        assertThat(CommandLineRun.of("report", task.toString()).exit()).isZero();
        return Files.readString(folder.resolve("work/report.html"));
    }

    private static String scores() {
        return path("scores");
    }

    private static String path(String dataset) {
        return CommandLineRun.of("path", task.toString(), dataset).out().strip();
    }
}
