package dev.stillhouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillhouse.udfs.testing.SharedSpark;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that score what is new and take over the rest. */
class IncrementalIT {
    private static final String CONTRACT = "id, source, topic, label, probability, margin, route, model";

    @TempDir
    static Path folder;

    private static Path task = Path.of("");
    private static Path lake = Path.of("");

    @BeforeAll
    static void aStudent() {
        task = TinyCorpus.write(folder, 2);
        CommandLineRun run = TinyCorpus.run(task, "student={kind: lexical, pool: 300, max_vectors: 300}", "score=[]");
        assertThat(run.exit()).as(run.err()).isZero();
    }

    @BeforeEach
    void aLakeOfTwoDays() throws Exception {
        lake = Files.createDirectories(folder.resolve("lake"));
        day("day-1.jsonl", 0, 200);
        day("day-2.jsonl", 200, 300);
        score(0, "--force");
        assertThat(reused()).isZero();
        assertThat(rows()).isEqualTo(300);
    }

    @AfterEach
    void noLake() throws Exception {
        for (java.io.File file : lake.toFile().listFiles()) {
            Files.delete(file.toPath());
        }
    }

    @Test
    void filesThatAreAsTheyWereAreNotRead() throws Exception {
        List<String> before = served(CONTRACT);
        Path first = lake.resolve("day-1.jsonl");
        byte[] content = Files.readAllBytes(first);
        FileTime time = Files.getLastModifiedTime(first);
        Files.write(first, "x".repeat(content.length).getBytes(StandardCharsets.UTF_8));
        Files.setLastModifiedTime(first, time);
        day("day-3.jsonl", 300, 350);

        CommandLineRun run = score(0);

        assertThat(run.out()).contains("350 documents scored, 300 of them before, 0 rejected");
        assertThat(reused()).isEqualTo(300);
        assertThat(served(CONTRACT)).containsAll(before).hasSize(350);
        Files.write(first, content);
        sameAsAFullRun();
    }

    @Test
    void ofFilesThatHaveChangedOnlyTheDocumentsThatHaveAreScored() throws Exception {
        Path second = lake.resolve("day-2.jsonl");
        List<String> lines = new ArrayList<>(Files.readAllLines(second));
        lines.set(0, lines.get(0).replace("\"text\": \"", "\"text\": \"the judge and "));
        lines.remove(50);
        lines.add("no JSON");
        Files.write(second, lines);

        score(0);

        assertThat(rows()).isEqualTo(299);
        assertThat(reused()).isEqualTo(298);
        assertThat(CommandLineRun.of("path", task.toString(), "score/rejects").exit())
                .isZero();
        sameAsAFullRun();
    }

    @Test
    void filesThatAreWrittenAnewAndTogetherAreTheSameDocuments() throws Exception {
        List<String> lines = new ArrayList<>(Files.readAllLines(lake.resolve("day-2.jsonl")));
        lines.addAll(Files.readAllLines(lake.resolve("day-1.jsonl")));
        Files.delete(lake.resolve("day-1.jsonl"));
        Files.delete(lake.resolve("day-2.jsonl"));
        Files.write(lake.resolve("compact.jsonl"), lines);

        score(0);

        assertThat(reused()).isEqualTo(300);
        assertThat(served("input_path")).containsOnly("[compact.jsonl]");
        sameAsAFullRun();
    }

    @Test
    void anIdThatComesAgainInAnotherFileIsDecidedAsIfAllWereReadAtOnce() throws Exception {
        List<String> lines = TinyCorpus.lines(600).subList(300, 320).stream()
                .map(line -> line.replaceFirst("d03", "d00"))
                .collect(Collectors.toList());
        Files.write(lake.resolve("day-3.jsonl"), lines);

        score(0);

        assertThat(rows()).isEqualTo(300);
        sameAsAFullRun();
        day("day-4.jsonl", 400, 410);
        score(0);
        sameAsAFullRun();
    }

    @Test
    void columnsThatNewFilesLackAreThoseOfAllFiles() throws Exception {
        Files.writeString(lake.resolve("day-3.jsonl"), "{\"id\": \"x\", \"text\": \"a ship without a topic\"}\n");

        score(0);

        assertThat(rows()).isEqualTo(301);
        assertThat(reused()).isEqualTo(300);
        sameAsAFullRun();
    }

    @Test
    void removedFilesTakeTheirScoresWithThem() throws Exception {
        Files.delete(lake.resolve("day-1.jsonl"));
        score(0);
        assertThat(rows()).isEqualTo(100);
        assertThat(reused()).isEqualTo(100);
        sameAsAFullRun();
    }

    @Test
    void anotherStudentOrOtherSettingsScoreEverythingAnew() {
        score(0, "--set", "score.max_chars=9");
        assertThat(reused()).isZero();
        score(0, "--set", "score.sources[0].where=label = 'court'");
        assertThat(reused()).isZero();
        CommandLineRun trained = CommandLineRun.of(arguments("train", "--force"));
        assertThat(trained.exit()).as(trained.err()).isZero();
        score(0);
        assertThat(reused()).isZero();
        score(0, "--force");
        assertThat(reused()).isZero();
    }

    @Test
    void sourcesThatAreAsTheyWereAreTakenOverAsAWhole() throws Exception {
        String two =
                "score.sources[1]={source: jsonl, name: more, path: corpus, id: id, text: text, keep: [label], where: id > 'd0500'}";
        score(0, "--set", two);
        assertThat(reused()).isEqualTo(300);
        day("day-3.jsonl", 300, 310);

        score(0, "--set", two);

        assertThat(rows()).isEqualTo(310 + 99);
        assertThat(reused()).isEqualTo(300 + 99);
    }

    @Test
    void whatIsAddedToAnOutputIsWhatIsNew() throws Exception {
        String output = "score.output={path: out, mode: append, partition_by: [label]}";
        score(0, "--set", output);
        day("day-3.jsonl", 300, 350);
        score(0);
        day("day-4.jsonl", 350, 360);

        score(0, "--set", output);

        Dataset<Row> outDF =
                SharedSpark.session().read().parquet(folder.resolve("out").toString());
        assertThat(outDF.count()).isEqualTo(360);
        assertThat(outDF.select("id").distinct().count()).isEqualTo(360);
        assertThat(outDF.columns()).doesNotContain("input_path", "input_hash", "scored_in");
    }

    @Test
    void aKeptColumnIsNotCalledAsOneOfTheRun() {
        CommandLineRun run = score(2, "--set", "score.keep=[id as input_path]");
        assertThat(run.err()).contains("Invalid score.keep[0]: id as input_path");
    }

    private static void day(String name, int from, int to) throws Exception {
        Files.write(lake.resolve(name), TinyCorpus.lines(600).subList(from, to));
    }

    private static void sameAsAFullRun() {
        List<String> incremental = served(CONTRACT);
        List<String> rejects = read("score/rejects", "*");
        score(0, "--force", "--set", "score.incremental=false");
        assertThat(served(CONTRACT)).isEqualTo(incremental);
        assertThat(read("score/rejects", "*")).isEqualTo(rejects);
        score(0, "--force");
    }

    private static long rows() {
        return served("id").size();
    }

    private static long reused() {
        try {
            assertThat(CommandLineRun.of("report", task.toString()).exit()).isZero();
            return TinyCorpus.report(folder).at("/score/reused").asLong(-1);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<String> served(String columns) {
        return read("scores", columns);
    }

    private static List<String> read(String dataset, String columns) {
        String path = CommandLineRun.of("path", task.toString(), dataset).out().strip();
        return SharedSpark.session().read().parquet(path).selectExpr(columns.split(", ")).collectAsList().stream()
                .map(Row::toString)
                .sorted()
                .toList();
    }

    private static CommandLineRun score(int exit, String... more) {
        CommandLineRun run = CommandLineRun.of(arguments("score", more));
        assertThat(run.exit()).as(run.err() + run.out()).isEqualTo(exit);
        return run;
    }

    private static String[] arguments(String command, String... more) {
        List<String> arguments = new ArrayList<>(List.of(command, task.toString()));
        for (String setting : List.of(
                "student={kind: lexical, pool: 300, max_vectors: 300}",
                "score={sources: [{source: jsonl, name: lake, path: lake, id: id, text: text}], keep: [label as topic], incremental: true}")) {
            arguments.add("--set");
            arguments.add(setting);
        }
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }
}
