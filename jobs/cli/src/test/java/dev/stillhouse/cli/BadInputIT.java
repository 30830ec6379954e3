package dev.stillhouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillhouse.udfs.testing.SharedSpark;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
                "kind=regress                        | 2 | kind",
                "evaluate.rows=600                   | 3 | Cannot cut 600 evaluation rows",
                "corpus[0].where=false               | 3 | corpus",
                "curate.min_characters=5000          | 3 | curat"
            })
    void aWrongSettingEndsWithItsExitCodeAndNamesWhatIsWrong(String setting, int exit, String message) {
        Path task = TinyCorpus.write(folder, 1);

        CommandLineRun run = CommandLineRun.of("run", task.toString(), "--set", setting);

        assertThat(run.exit()).as(run.err()).isEqualTo(exit);
        assertThat(run.err()).contains(message);
        assertThat(folder.resolve("work/curate/CURRENT")).doesNotExist();
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

        CommandLineRun run =
                CommandLineRun.of("run", task.toString(), "--set", "teacher.gold=300", "--set", "evaluate.rows=20");

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
