package dev.stillhouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillhouse.udfs.testing.SharedSpark;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadInputIT {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "corpus[0].path=nowhere.jsonl        | 3 | nowhere.jsonl",
                "corpus[0].text=body                 | 2 | corpus[0].text: body",
                "corpus[0].where=length(            | 2 | corpus[0].where",
                "student.min_document=3              | 2 | nearest: min_documents",
                "teacher.gold=none                   | 2 | teacher.gold",
                "corpus[0].source=xml                | 2 | corpus[0].source",
                "kind=summarize                      | 2 | teacher.kind",
                "evaluate.rows=600                   | 3 | Cannot cut 600 evaluation rows",
                "corpus[0].where=false               | 3 | corpus",
                "curate.min_characters=5000          | 3 | curat",
                "corpus[0].text=\"*\"                  | 2 | corpus[0].text: *",
                "corpus[0].text=x -> x               | 2 | corpus[0].text",
                "corpus[0].id=current_timestamp()    | 2 | corpus[0].id: current_timestamp()",
                "corpus[0].label=current_user()      | 2 | corpus[0].label",
                "corpus[0].where=exists(select 1)    | 2 | corpus[0].where",
                "corpus[0].label=assert_true(false)  | 3 | Cannot evaluate an SQL expression",
                "corpus[0].label=parse_json(text)    | 3 | Cannot evaluate an SQL expression",
                "workspace=corpus                    | 2 | must not lie in what is read",
                "workspace=corpus/below              | 2 | must not lie in what is read",
                "workspace=a:b c%20[x]               | 2 | Invalid workspace: a:b c%20[x]",
                "workspace=foo://bar/x               | 2 | Invalid workspace: foo://bar/x",
                "teacher.model=nowhere               | 2 | nowhere"
            })
    void aWrongSettingEndsWithItsExitCodeAndNamesWhatIsWrong(String setting, int exit, String message) {
        Path task = TinyCorpus.write(folder, 1);

        CommandLineRun run = CommandLineRun.of("run", task.toString(), "--set", setting);

        assertThat(run.exit()).as(run.err()).isEqualTo(exit);
        assertThat(run.err()).contains(message).doesNotContain("stood beside");
        assertThat(folder.resolve("work/curate/CURRENT")).doesNotExist();
        if (!setting.startsWith("workspace")) {
            assertThat(folder.resolve("work/status.json")).content().contains("\"exit\":" + exit);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"corpus[0].text=body", "corpus[0].where=len > 3", "curate.rules=[wrds < 5]"})
    void aPlanFindsColumnsAndRulesThatAreNotThere(String setting) throws Exception {
        Path task = TinyCorpus.write(folder, 1);

        CommandLineRun run = CommandLineRun.of("run", task.toString(), "--plan", "--set", setting);

        assertThat(run.exit()).as(run.out()).isEqualTo(2);
        assertThat(run.err()).contains(setting.substring(0, setting.indexOf('=')));
        assertThat(folder.resolve("work")).doesNotExist();
    }

    @Test
    void aWrongOptionIsToldInTheStatusFileToo() {
        Path status = folder.resolve("status.json");

        CommandLineRun run = CommandLineRun.of("curate", "task.yaml", "--status-file", status.toString(), "--frce");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(status).content().contains("\"stage\":\"curate\",\"exit\":2", "--frce");
        for (String noPath : List.of("", "a:b c")) {
            CommandLineRun wrong = CommandLineRun.of("curate", "task.yaml", "--status-file", noPath);
            assertThat(wrong.exit()).isEqualTo(2);
            assertThat(wrong.err()).contains("Invalid --status-file: '" + noPath + "'");
        }
    }

    @Test
    void aDamagedArchiveIsADataErrorAndTheStatusSaysSo() throws Exception {
        Path task = TinyCorpus.write(folder, 1);
        assertThat(CommandLineRun.of("curate", task.toString()).exit()).isZero();
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(String.join("\n", TinyCorpus.lines(600)).getBytes(StandardCharsets.UTF_8));
        }
        Files.write(folder.resolve("corpus/more.jsonl.gz"), Arrays.copyOf(packed.toByteArray(), packed.size() / 2));

        CommandLineRun run = CommandLineRun.of("curate", task.toString());

        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.err()).contains("more.jsonl.gz");
        assertThat(folder.resolve("work/status.json")).content().contains("\"exit\":3", "more.jsonl.gz");
    }

    @Test
    void evaluationDocumentsWithoutALabelAreToldBeforeAnythingIsEmbedded() throws Exception {
        Path task = TinyCorpus.write(folder, 1);
        Path other = Files.writeString(folder.resolve("other.jsonl"), "{\"id\": \"x\", \"text\": \"no label\"}\n");
        String evaluate = "evaluate=[{source: jsonl, path: " + other + ", id: id, text: text}]";

        CommandLineRun run = CommandLineRun.of("run", task.toString(), "--set", evaluate);

        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.err()).contains("none of the evaluation documents has a label");
        assertThat(folder.resolve("work/label/runs").toFile().list()).isNull();
    }

    @Test
    void aDamagedRunIsListedWithTheRest() throws Exception {
        Path task = TinyCorpus.write(folder, 1);
        assertThat(CommandLineRun.of("curate", task.toString()).exit()).isZero();
        assertThat(CommandLineRun.of("curate", task.toString(), "--force").exit())
                .isZero();
        String served = Files.readString(folder.resolve("work/curate/CURRENT")).trim();
        Files.writeString(folder.resolve("work/curate/runs/" + served + "/manifest.json"), "{");

        CommandLineRun runs = CommandLineRun.of("runs", task.toString());

        assertThat(runs.exit()).isZero();
        assertThat(runs.out().lines()).hasSize(2).anyMatch(line -> line.contains(served) && line.contains("damaged"));
    }

    @Test
    void allProblemsOfATaskFileAreTold() throws Exception {
        Path task = Files.writeString(
                folder.resolve("task.yaml"), "task: Bad Name\nworkspace: w\ncurat: {}\nteacher: {gold: -1}\nseed: x\n");

        CommandLineRun run = CommandLineRun.of(
                "run",
                task.toString(),
                "--status-file",
                folder.resolve("status.json").toString());

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("task", "nearest: curate", "teacher.gold", "seed");
        assertThat(folder.resolve("status.json")).content().contains("\"exit\":2");
    }

    @Test
    void aMissingTaskFileIsAUsageError() {
        CommandLineRun run =
                CommandLineRun.of("run", folder.resolve("nothing.yaml").toString());

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("nothing.yaml");
    }

    @Test
    void badLinesAreRejectedWithTheirPlaceAndNothingIsLost() throws Exception {
        List<String> lines = new ArrayList<>(TinyCorpus.lines(600));
        lines.set(10, "{\"id\": \"half\", \"text\": \"half a li");
        lines.set(20, "{\"id\": \"empty\", \"text\": \" \\u0000 \", \"label\": \"court\"}");
        lines.set(30, "{\"id\": \"null\", \"text\": null, \"label\": \"court\"}");
        lines.set(40, lines.get(41));
        lines.set(50, "{\"text\": \"a text without an id\", \"label\": \"court\"}");
        Path task = TinyCorpus.write(folder, lines, 1);

        CommandLineRun run = CommandLineRun.of("curate", task.toString());

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(reasons(task, "rejects"))
                .containsExactlyInAnyOrder("unreadable", "empty_text", "empty_text", "repeated_id", "missing_id");
        long total = count(task, "curated") + count(task, "removed") + count(task, "rejects");
        assertThat(total).isEqualTo(600);
        Row unreadable = SharedSpark.session()
                .read()
                .parquet(path(task, "rejects"))
                .where("reason = 'unreadable'")
                .head();
        long offset = lines.subList(0, 10).stream()
                .mapToLong(line -> line.getBytes(StandardCharsets.UTF_8).length + 1)
                .sum();
        assertThat(unreadable.<Long>getAs("position")).isEqualTo(offset);
        assertThat(run.out() + run.err()).doesNotContain("half a li");
    }

    @Test
    void tooManyRejectsFailTheRunWithThree() throws Exception {
        List<String> lines = new ArrayList<>(TinyCorpus.lines(200));
        for (int i = 0; i < 200; i += 2) {
            lines.set(i, "not json");
        }
        Path task = TinyCorpus.write(folder, lines, 1);

        CommandLineRun run = CommandLineRun.of("curate", task.toString());

        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.err()).contains("100 of 200", "max_rejected_share");
        assertThat(folder.resolve("work/curate/CURRENT")).doesNotExist();
    }

    @Test
    void anEmptyCorpusIsADataError() throws Exception {
        Path task = TinyCorpus.write(folder, List.of(), 1);

        CommandLineRun run = CommandLineRun.of("run", task.toString());

        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.err()).contains("corpus");
    }

    @Test
    void aCorpusWithoutLabelsCannotTeach() throws Exception {
        List<String> lines = TinyCorpus.lines(100).stream()
                .map(line -> line.replaceAll("\"label\": \"[a-z]+\"", "\"label\": null"))
                .collect(Collectors.toList());
        Path task = TinyCorpus.write(folder, lines, 1);

        CommandLineRun run = CommandLineRun.of("run", task.toString(), "--set", "evaluate.rows=10");

        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.err()).contains("label");
        assertThat(folder.resolve("work/curate/CURRENT")).exists();
    }

    @Test
    void aLabelWithOneRowIsKeptAndWarnedAbout() throws Exception {
        List<String> lines = new ArrayList<>(TinyCorpus.lines(300));
        lines.add("{\"id\": \"lonely\", \"text\": \"a single document of its kind\", \"label\": \"lonely\"}");
        Path task = TinyCorpus.write(folder, lines, 1);

        CommandLineRun run = CommandLineRun.of(
                "run",
                task.toString(),
                "--set",
                "teacher.gold=300",
                "--set",
                "evaluate.rows=20",
                "--set",
                "student={kind: lexical, character_ngrams: off}",
                "--set",
                "score=[]");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.err()).contains("lonely");
    }

    @Test
    void aModelThatIsNoOnnxFileIsNamed() throws Exception {
        Path model = Files.createDirectories(folder.resolve("model"));
        Files.writeString(model.resolve("model.onnx"), "not a model");
        Files.writeString(model.resolve("tokenizer.json"), "{}");
        Path task = TinyCorpus.write(folder, 1);

        CommandLineRun run = CommandLineRun.of("run", task.toString(), "--set", "teacher.model=" + model);

        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.err()).contains(model.toString());
    }

    @Test
    void aTargetThatIsAFileIsToldAndDoesNotHideBehindAStackTrace() throws Exception {
        Path task = TinyCorpus.write(folder, 1);
        Files.writeString(folder.resolve("work"), "in the way");

        CommandLineRun run = CommandLineRun.of("run", task.toString());

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("Cannot create").contains("work").doesNotContain("\tat ");
    }

    private static List<String> reasons(Path task, String dataset) {
        return SharedSpark.session().read().parquet(path(task, dataset)).select("reason").collectAsList().stream()
                .map(row -> row.getString(0))
                .toList();
    }

    private static long count(Path task, String dataset) {
        return SharedSpark.session().read().parquet(path(task, dataset)).count();
    }

    private static String path(Path task, String dataset) {
        return CommandLineRun.of("path", task.toString(), dataset).out().trim();
    }
}
