package dev.stillhouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stillhouse.udfs.onnx.SessionCache;
import dev.stillhouse.udfs.testing.SharedSpark;
import dev.stillhouse.udfs.testing.TinyEncoder;
import dev.stillhouse.udfs.testing.TinyTransformer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
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

        CommandLineRun run = TinyCorpus.run(task, "student.kind=encoder", "student.targets.retained=0.3");

        assertThat(run.exit()).as(run.err()).isZero();
        JsonNode student = TinyCorpus.report(folder).at("/student");
        assertThat(student.at("/kind").asText()).isEqualTo("encoder");
        assertThat(student.at("/ladder").findValuesAsText("variant")).containsExactly("layer 1 of 6");
        assertThat(student.at("/agreement").asDouble()).isGreaterThan(0.8);
        JsonNode model = JSON.readTree(file(task, "model.json").toFile());
        assertThat(model.at("/encoder/layer").asInt()).isEqualTo(1);
        assertThat(model.at("/encoder/layers").asInt()).isEqualTo(6);
        assertThat(model.at("/encoder/max_tokens").asInt()).isEqualTo(32);
        assertThat(model.at("/encoder/exits")).isEmpty();
        assertThat(model.at("/bytes").asLong())
                .isEqualTo(Files.size(file(task, "student.onnx")) + Files.size(file(task, "tokenizer.json")))
                .isEqualTo(student.at("/bytes").asLong());
        assertThat(file(task, "MODEL_CARD.md"))
                .content()
                .contains("`input_ids`")
                .doesNotContain("n-gram");
        JsonNode score = TinyCorpus.report(folder).at("/score");
        assertThat(score.at("/documents").asLong()).isEqualTo(600);
        assertThat(score.at("/drift/by_statistic").fieldNames())
                .toIterable()
                .containsExactly("score", "label", "length");
        assertThat(score.at("/drift/absent/unseen_words").asText()).contains("no vocabulary of words");
    }

    @Test
    void aStudentOfTokensIsTriedAndComparedWithTheNext() throws Exception {
        Path task = TinyCorpus.write(folder, 1);
        assertThat(TinyCorpus.run(task, "student.kind=encoder", "student.targets.retained=0.3")
                        .exit())
                .isZero();

        CommandLineRun tried = CommandLineRun.of("try", task.toString(), "the ship and the anchor", "\uD83D\uDE00", "");

        assertThat(tried.exit()).as(tried.err()).isZero();
        assertThat(tried.out())
                .containsPattern("the ship and the anchor\n +[01]\\.\\d{4} {2}harbour\n")
                .contains("cannot be shown");
        CommandLineRun next = TinyCorpus.run(task, "student.kind=lexical", "student.targets.not_worse_than=previous");
        assertThat(next.exit()).as(next.err()).isIn(0, 3);
        assertThat(TinyCorpus.report(folder).at("/differences").findValuesAsText("right"))
                .contains("previous");
    }

    @Test
    void theLadderReachesTheEncoderOnlyForATarget() throws Exception {
        Path task = TinyCorpus.write(folder, 1);

        CommandLineRun without = TinyCorpus.run(task, "student.targets={}", "score=[]");
        assertThat(without.exit()).as(without.err()).isZero();
        assertThat(TinyCorpus.report(folder).at("/student/ladder").findValuesAsText("kind"))
                .doesNotContain("encoder");

        CommandLineRun small = TinyCorpus.run(task, "student.targets.size=1");
        assertThat(small.exit()).isEqualTo(3);
        assertThat(TinyCorpus.report(folder).at("/student/ladder").findValuesAsText("kind"))
                .startsWith("lexical", "static", "hybrid", "encoder");
        assertThat(TinyCorpus.report(folder).at("/student/ladder").findValuesAsText("chosen"))
                .containsOnlyOnce("true");
        assertThat(layers()).containsExactly("layer 1 of 6");
        assertThat(small.err())
                .contains("Deeper layers of the encoder were not tried", "than layer 1 of 6, which misses size");
        assertThat(TinyCorpus.report(folder).at("/student/ladder/0/chosen").asBoolean())
                .as("the smallest misses by the least")
                .isTrue();
    }

    private List<String> layers() throws IOException {
        return TinyCorpus.report(folder).at("/student/ladder").findValuesAsText("variant").stream()
                .filter(name -> name.matches("layer \\d of 6"))
                .toList();
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

        CommandLineRun run = TinyCorpus.run(task, "student.kind=encoder", "teacher.model=" + tiny);

        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.err()).contains("no attention").contains("student.kind");
        assertThat(folder.resolve("work/train/CURRENT")).doesNotExist();
        assertPassedOver(TinyCorpus.run(task, "teacher.model=" + tiny, "student.targets.size=1"), "no attention");
    }

    @Test
    void layersInHalfPrecisionAreRefusedBeforeTrainingAndPassedOverByAuto() throws Exception {
        Path task = TinyCorpus.write(folder, 1);
        String half = TinyTransformer.writeHalfTo(folder.resolve("half"), TinyCorpus.words(), 32, 32);

        CommandLineRun run =
                TinyCorpus.run(task, "student.kind=encoder", "teacher.model=" + half, "teacher.precision=fp16");

        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.err())
                .contains("layer 1 gives FLOAT16, expected FLOAT")
                .contains("Add the model in float32 as model.onnx");
        assertThat(folder.resolve("work/train/CURRENT")).doesNotExist();
        assertPassedOver(
                TinyCorpus.run(task, "teacher.model=" + half, "teacher.precision=fp16", "student.targets.size=1"),
                "FLOAT16");
    }

    @Test
    void aDocumentWithoutFiniteValuesIsRejectedAndTheOthersAreScored() throws Exception {
        Path task = TinyCorpus.write(folder, 1);
        String model = TinyTransformer.writeTo(folder.resolve("encoder"), TinyCorpus.words(), 32, 32);
        List<String> lines = new ArrayList<>(TinyCorpus.lines(60));
        lines.add("{\"id\": \"bad\", \"text\": \"the ship and " + TinyTransformer.NAN + "\"}");
        Path lake = Files.write(folder.resolve("lake.jsonl"), lines);

        CommandLineRun run = TinyCorpus.run(
                task, "student.kind=encoder", "student.targets={}", "teacher.model=" + model, "score[0].path=" + lake);

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.err()).contains("1 document got no finite values from the student");
        JsonNode score = TinyCorpus.report(folder).at("/score");
        assertThat(score.at("/documents").asLong()).isEqualTo(60);
        assertThat(score.at("/rejected_by_reason").toString()).isEqualTo("{\"not_finite\":1}");
        Path rejects = Path.of(CommandLineRun.of("path", task.toString(), "score/rejects")
                .out()
                .trim());
        Row reject = SharedSpark.session().read().parquet(rejects.toString()).head();
        assertThat(reject.<String>getAs("source")).isEqualTo("lake");
        assertThat(reject.<String>getAs("id")).isEqualTo("bad");
        assertThat(reject.<String>getAs("reason")).isEqualTo("not_finite");
    }

    @Test
    void whereTheTeacherIsNoEncoderMiniLmIsCut() throws Exception {
        List<String> lines = TinyCorpus.lines(240).stream()
                .map(line -> line.replaceFirst("(\"label\": )(\"\\w+\")", "$1$2, \"llm\": $2"))
                .toList();
        Path task = TinyCorpus.write(folder, lines, 1);

        CommandLineRun run = TinyCorpus.run(
                task,
                "corpus[0].keep=[llm]",
                "teacher={kind: column, column: llm, gold: 90, labels: [{name: kitchen}, {name: harbour}, {name: court}]}",
                "student.kind=encoder",
                "student.targets.retained=0.3",
                "score=[]");

        assertThat(run.exit()).as(run.err()).isZero();
        JsonNode model = JSON.readTree(file(task, "model.json").toFile());
        assertThat(model.at("/encoder/name").asText()).isEqualTo("minilm");
        assertThat(model.at("/encoder/max_tokens").asInt()).isEqualTo(256);
    }

    @Test
    void thePreviousStudentIsGivenBackWhereTrainingFails() throws Exception {
        Path task = TinyCorpus.write(folder, 1);
        String model =
                "teacher.model=" + TinyTransformer.writeTo(folder.resolve("encoder"), TinyCorpus.words(), 32, 32);
        assertThat(TinyCorpus.run(task, model, "student.kind=encoder", "student.targets={}", "score=[]")
                        .exit())
                .isZero();
        int before = SessionCache.inUse();

        CommandLineRun failed =
                TinyCorpus.run(task, model, "student.kind=lexical", "student.min_documents=100000", "score=[]");

        assertThat(failed.exit()).isEqualTo(3);
        assertThat(failed.err()).contains("its vocabulary is empty");
        assertThat(SessionCache.inUse()).isEqualTo(before);
    }

    private static Path file(Path task, String name) {
        return Path.of(CommandLineRun.of("path", task.toString(), "train/model/" + name)
                .out()
                .trim());
    }

    /** Whether {@code auto}, whose target no student meets, has tried all kinds but the encoder's, and said why. */
    private void assertPassedOver(CommandLineRun climbed, String reason) throws IOException {
        assertThat(climbed.exit()).as(climbed.err()).isEqualTo(3);
        assertThat(climbed.err()).contains("auto passed over").contains(reason);
        assertThat(TinyCorpus.report(folder).at("/student/ladder").findValuesAsText("kind"))
                .containsExactly("lexical", "static", "hybrid");
    }
}
