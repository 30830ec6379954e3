package dev.stillhouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stillhouse.udfs.testing.TinyEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Students that are cut from an encoder, from the command line: trained, published, scored, tried, and compared with. */
class EncoderStudentIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @Test
    void theShallowestLayerThatMeetsTheTargetsIsPublishedAndScores() throws Exception {
        Path task = TinyCorpus.write(folder, 2);

        CommandLineRun run = run(task, "student.kind=encoder", "student.targets.retained=0.3");

        assertThat(run.exit()).as(run.err()).isZero();
        JsonNode student = report().at("/student");
        assertThat(student.at("/kind").asText()).isEqualTo("encoder");
        assertThat(student.at("/ladder").findValuesAsText("variant")).containsExactly("layer 1 of 6");
        assertThat(student.at("/agreement").asDouble()).isGreaterThan(0.8);
        JsonNode model = JSON.readTree(file(task, "model.json").toFile());
        assertThat(model.at("/encoder/layer").asInt()).isEqualTo(1);
        assertThat(model.at("/encoder/layers").asInt()).isEqualTo(6);
        assertThat(model.at("/encoder/max_tokens").asInt()).isEqualTo(32);
        assertThat(model.at("/bytes").asLong())
                .isEqualTo(Files.size(file(task, "student.onnx")) + Files.size(file(task, "tokenizer.json")))
                .isEqualTo(student.at("/bytes").asLong());
        assertThat(file(task, "MODEL_CARD.md"))
                .content()
                .contains("`input_ids`")
                .doesNotContain("n-gram");
        assertThat(report().at("/score/documents").asLong()).isEqualTo(600);
    }

    @Test
    void aStudentOfTokensIsTriedAndComparedWithTheNext() throws Exception {
        Path task = TinyCorpus.write(folder, 1);
        assertThat(run(task, "student.kind=encoder", "student.targets.retained=0.3")
                        .exit())
                .isZero();

        CommandLineRun tried = CommandLineRun.of("try", task.toString(), "the ship and the anchor", "\uD83D\uDE00", "");

        assertThat(tried.exit()).as(tried.err()).isZero();
        assertThat(tried.out())
                .containsPattern("the ship and the anchor\n +[01]\\.\\d{4} {2}harbour\n")
                .contains("cannot be shown");
        CommandLineRun next = run(task, "student.kind=lexical", "student.targets.not_worse_than=previous");
        assertThat(next.exit()).as(next.err()).isIn(0, 3);
        assertThat(report().at("/differences").findValuesAsText("right")).contains("previous");
    }

    @Test
    void theLadderReachesTheEncoderOnlyForATarget() throws Exception {
        Path task = TinyCorpus.write(folder, 1);

        CommandLineRun without = run(task, "student.targets={}", "score=[]");
        assertThat(without.exit()).as(without.err()).isZero();
        assertThat(report().at("/student/ladder").findValuesAsText("kind")).doesNotContain("encoder");

        CommandLineRun missed = run(task, "student.targets.size=1");
        assertThat(missed.exit()).isEqualTo(3);
        assertThat(report().at("/student/ladder").findValuesAsText("kind"))
                .containsExactly(
                        "lexical", "static", "hybrid", "encoder", "encoder", "encoder", "encoder", "encoder",
                        "encoder");
        assertThat(report().at("/student/ladder").findValuesAsText("chosen")).containsOnlyOnce("true");
    }

    @Test
    void anEncoderWithoutLayersIsRefusedWithAWayOut() throws Exception {
        Path tiny = Files.createDirectories(folder.resolve("encoder"));
        TinyEncoder.writeTo(tiny);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            String word = i % 2 == 0 ? "a" : "b";
            lines.add("{\"id\": \"d" + i + "\", \"text\": \"" + word + " " + "cd".charAt(i / 2 % 2) + " x" + i
                    + "\", \"label\": \"" + word + "\"}");
        }
        Path task = TinyCorpus.write(folder, lines, 1);

        CommandLineRun run = run(task, "student.kind=encoder", "teacher.model=" + tiny);

        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.err()).contains("no attention").contains("student.kind");
        assertThat(folder.resolve("work/train/CURRENT")).doesNotExist();
        CommandLineRun climbed = run(task, "teacher.model=" + tiny, "student.targets.size=1");
        assertThat(climbed.exit()).as(climbed.err()).isEqualTo(3);
        assertThat(report().at("/student/ladder").findValuesAsText("kind"))
                .containsExactly("lexical", "static", "hybrid");
    }

    private static Path file(Path task, String name) {
        return Path.of(CommandLineRun.of("path", task.toString(), "train/model/" + name)
                .out()
                .trim());
    }

    private static CommandLineRun run(Path task, String... settings) {
        List<String> arguments = new ArrayList<>(List.of("run", task.toString(), "--set", "student.max_vectors=300"));
        for (String setting : settings) {
            arguments.add("--set");
            arguments.add(setting);
        }
        return CommandLineRun.of(arguments.toArray(String[]::new));
    }

    private JsonNode report() throws Exception {
        return JSON.readTree(folder.resolve("work/report.json").toFile());
    }
}
