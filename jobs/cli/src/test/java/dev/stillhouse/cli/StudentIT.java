package dev.stillhouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Students of every kind from the command line: chosen by targets, judged by groups, compared with the previous one, and tried. */
class StudentIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @Test
    void withoutTargetsEveryKindIsTriedAndTheBestIsJudgedByGroups() throws Exception {
        Path task = corpus();

        CommandLineRun run = TinyCorpus.run(
                task,
                "student.targets={}",
                "report.slices=[source, parity]",
                "out_of_scope[0].source=jsonl",
                "out_of_scope[0].path=" + foreign(),
                "out_of_scope[0].text=text");

        assertThat(run.exit()).as(run.err()).isZero();
        JsonNode student = TinyCorpus.report(folder).at("/student");
        assertThat(student.at("/ladder").findValuesAsText("kind")).containsExactly("lexical", "static", "hybrid");
        assertThat(student.at("/ladder").findValuesAsText("chosen")).containsOnlyOnce("true");
        assertThat(student.at("/slices").findValuesAsText("value")).containsExactly("tiny", "even", "odd");
        assertThat(student.at("/slices").findValuesAsText("documents").stream()
                        .mapToLong(Long::parseLong)
                        .sum())
                .isEqualTo(120);
        assertThat(student.at("/out_of_scope_auroc").asDouble()).isGreaterThan(0.8);
        assertThat(TinyCorpus.report(folder).at("/teacher/out_of_scope_auroc").asDouble())
                .isBetween(0.5, 1.0);
        assertThat(student.at("/brier").asDouble()).isBetween(0.0, 0.5);
        assertThat(student.at("/risk_coverage_auc").asDouble()).isBetween(0.0, 0.2);
    }

    @Test
    void theLadderEndsWhereTheTargetsAreMet() throws Exception {
        CommandLineRun run = TinyCorpus.run(corpus(), "student.targets.retained=0.3");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(TinyCorpus.report(folder).at("/student/ladder").findValuesAsText("kind"))
                .containsExactly("lexical");
        assertThat(TinyCorpus.report(folder).at("/student/kind").asText()).isEqualTo("lexical");
    }

    @Test
    void aCoachedStudentIsTriedAndALearningCurveDrawn() throws Exception {
        CommandLineRun run = TinyCorpus.run(
                corpus(),
                "student.kind=lexical",
                "student.character_ngrams=off",
                "student.distillation={by: self, temperature: 2, hard_weight: 0.1}",
                "student.calibration=isotonic",
                "student.learning_curve=2");

        assertThat(run.exit()).as(run.err()).isZero();
        JsonNode curve = TinyCorpus.report(folder).at("/student/learning_curve");
        assertThat(curve).hasSize(3);
        assertThat(curve.get(0).get("documents").asLong())
                .isLessThan(curve.get(2).get("documents").asLong());
        assertThat(curve.get(2).get("select_nll"))
                .isEqualTo(TinyCorpus.report(folder).at("/student/ladder/0/select_nll"));
        assertThat(folder.resolve("work/report.html"))
                .content()
                .contains("words, taught by itself too", "Learning curve");
    }

    @Test
    void aStaticStudentIsPublishedTriedAndMeasuredAgainstByTheNext() throws Exception {
        Path task = corpus();
        assertThat(TinyCorpus.run(task, "student.kind=static").exit()).isZero();
        assertThat(TinyCorpus.report(folder).at("/student/kind").asText()).isEqualTo("static");
        assertThat(CommandLineRun.of("path", task.toString(), "train/model/weights")
                        .exit())
                .isZero();

        CommandLineRun tried = CommandLineRun.of("try", task.toString(), "the ship and the anchor", "\uD83D\uDE00");

        assertThat(tried.exit()).as(tried.err()).isZero();
        assertThat(tried.out())
                .containsPattern("the ship and the anchor\n +[01]\\.\\d{4} {2}harbour\n")
                .contains("for harbour and against")
                .containsPattern("[+-]\\d+\\.\\d{3} {2}ship \\(vector\\)")
                .contains("base rates");
        CommandLineRun json = CommandLineRun.of("try", "--json", "--top=1", task.toString(), "the ship");
        assertThat(JSON.readTree(json.out()).at("/label").asText()).isEqualTo("harbour");
        assertThat(JSON.readTree(json.out()).at("/deciding")).hasSize(1);
        assertThat(CommandLineRun.of("try", "--top=0", task.toString(), "x").exit())
                .isEqualTo(2);

        CommandLineRun next = TinyCorpus.run(task, "student.kind=lexical", "student.targets.not_worse_than=previous");

        assertThat(next.exit()).as(next.err()).isIn(0, 3);
        JsonNode targets = TinyCorpus.report(folder).at("/targets");
        assertThat(targets.findValuesAsText("name")).containsExactly("retained", "not_worse_than");
        assertThat(TinyCorpus.report(folder).at("/differences").findValuesAsText("right"))
                .contains("previous");
        assertThat(targets.get(1).get("met").asBoolean())
                .isEqualTo(TinyCorpus.report(folder)
                                .at("/differences/3/f1_weighted_interval/1")
                                .asDouble()
                        >= 0);
    }

    @Test
    void aPreviousStudentOfAnotherVersionIsNotCompared() throws Exception {
        Path task = corpus();
        assertThat(TinyCorpus.run(task, "student.kind=lexical").exit()).isZero();
        Path file = Path.of(CommandLineRun.of("path", task.toString(), "train/model/student.onnx")
                .out()
                .trim());
        publishAsVersion77(file);
        String current = Files.readString(folder.resolve("work/train/CURRENT"));

        CommandLineRun gated = TinyCorpus.run(
                task, "student.kind=lexical", "student.epochs=2", "student.targets.not_worse_than=previous");

        assertThat(gated.exit()).isEqualTo(3);
        assertThat(gated.err()).contains("format version '77' where '1' or '2'").contains("not_worse_than");
        assertThat(folder.resolve("work/train/CURRENT")).content().isEqualTo(current);
        assertThat(CommandLineRun.of("try", task.toString(), "x").exit()).isEqualTo(3);
        assertThat(TinyCorpus.run(task, "student.kind=lexical", "student.epochs=2")
                        .exit())
                .isZero();
        assertThat(TinyCorpus.report(folder).at("/differences").findValuesAsText("right"))
                .doesNotContain("previous");
    }

    @Test
    void oneLabelIsNothingToLearn() throws Exception {
        List<String> lines = TinyCorpus.lines(300).stream()
                .map(line -> line.replaceFirst("\"label\": \"\\w+\"", "\"label\": \"same\""))
                .toList();

        CommandLineRun run = TinyCorpus.run(TinyCorpus.write(folder, lines, 1));

        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.err()).contains("label");
        assertThat(folder.resolve("work/train/CURRENT")).doesNotExist();
    }

    @Test
    void aLabelOfTwoDocumentsIsLearned() throws Exception {
        List<String> lines = new ArrayList<>(TinyCorpus.lines(300));
        for (int i = 0; i < 2; i++) {
            lines.add("{\"id\": \"rare" + i + "\", \"text\": \"a comet crossed the orbit of planet " + i
                    + "\", \"label\": \"space\"}");
        }

        CommandLineRun run =
                TinyCorpus.run(TinyCorpus.write(folder, lines, 1), "student.kind=lexical", "teacher.gold=250");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.err() + run.out()).contains("gold rows of 4 labels");
    }

    @Test
    void anEmptyVocabularyIsToldWithAWayOut() throws Exception {
        CommandLineRun run = TinyCorpus.run(corpus(), "student.kind=lexical", "student.min_documents=100000");

        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.err()).contains("its vocabulary is empty").contains("student.min_documents");
        assertThat(folder.resolve("work/train/CURRENT")).doesNotExist();
    }

    /** Another version's file, published as that version would: with its checksum in the manifest. */
    private static void publishAsVersion77(Path file) throws Exception {
        byte[] before = Files.readAllBytes(file);
        ModelProto.Builder model = ModelProto.parseFrom(before).toBuilder();
        model.getMetadataPropsBuilderList().stream()
                .filter(entry -> entry.getKey().equals("student.format"))
                .forEach(entry -> entry.setValue("77"));
        byte[] after = model.build().toByteArray();
        Files.write(file, after);
        Path manifest = file.resolveSibling("../manifest.json");
        Files.writeString(
                manifest,
                Files.readString(manifest)
                        .replace(md5(before), md5(after))
                        .replace("\"size_bytes\" : " + before.length, "\"size_bytes\" : " + after.length));
    }

    private static String md5(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
    }

    private Path corpus() throws Exception {
        List<String> lines = new ArrayList<>();
        for (String line : TinyCorpus.lines(600)) {
            lines.add(line.replace("}", ", \"parity\": \"" + (lines.size() % 2 == 0 ? "even" : "odd") + "\"}"));
        }
        Path task = TinyCorpus.write(folder, lines, 1);
        Files.writeString(
                task,
                Files.readString(task)
                        .replace("label: label}]", "label: label, keep: [parity]}]")
                        .replaceFirst("(?m)^score:.*\n", ""));
        return task;
    }

    private Path foreign() throws Exception {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            lines.add("{\"text\": \"quantum flux " + i + " zebra " + 7 * i + "\"}");
        }
        return Files.write(folder.resolve("foreign.jsonl"), lines);
    }
}
