package dev.stillhouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stillhouse.udfs.testing.SharedSpark;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Summaries of a lake that grows, and their delivery into it. */
class SummaryLakeIT {
    private static final String ROWS =
            "id, source, sea, summary, sentences, headline, keywords, words, document_words, margin, sureness, route, model";
    private static final String SOURCES =
            "summarize.sources=[{source: jsonl, name: lake, path: lake, id: id, text: text}]";

    @TempDir
    static Path folder;

    private static Path task = Path.of("");
    private static List<String> books = List.of();
    private static Path lake = Path.of("");

    @BeforeAll
    static void aStudent() throws Exception {
        task = LogBooks.write(folder, 120);
        books = Files.readAllLines(folder.resolve("books.jsonl"));
        LogBooks.run(0, task, "run");
        LakeCatalog.configure(SharedSpark.session(), folder.resolve("warehouse"));
    }

    @BeforeEach
    void aLakeOfTwoDays() throws Exception {
        lake = Files.createDirectories(folder.resolve("lake"));
        delete("once");
        delete("work/summarize/deliveries");
        day("day-1.jsonl", 0, 60);
        day("day-2.jsonl", 60, 100);
    }

    @AfterEach
    void noLake() throws Exception {
        for (java.io.File file : lake.toFile().listFiles()) {
            Files.delete(file.toPath());
        }
    }

    @Test
    void onlyWhatIsNewIsSummarisedAndAdded() throws Exception {
        String incremental = "summarize.incremental=true";
        String output = "summarize.output={path: added, mode: append, partition_by: [sea]}";
        assertThat(summarize(0, "--force", incremental, output)).contains("100 documents summarised");
        Path first = lake.resolve("day-1.jsonl");
        byte[] content = Files.readAllBytes(first);
        FileTime time = Files.getLastModifiedTime(first);
        Files.write(first, "x".repeat(content.length).getBytes(StandardCharsets.UTF_8));
        Files.setLastModifiedTime(first, time);
        List<String> second = new ArrayList<>(Files.readAllLines(lake.resolve("day-2.jsonl")));
        second.set(0, second.get(0).replace("\"text\":\"", "\"text\":\"We conclude that it was raining. "));
        Files.write(lake.resolve("day-2.jsonl"), second);
        day("day-3.jsonl", 100, 120);

        assertThat(summarize(0, incremental, output))
                .contains("120 documents summarised, 99 of them before, ", "delivered run");

        LogBooks.run(0, task, "report");
        assertThat(new ObjectMapper()
                        .readTree(folder.resolve("work/report.json").toFile())
                        .at("/summarize/reused")
                        .asLong())
                .isEqualTo(99);
        Dataset<Row> addedDF =
                SharedSpark.session().read().parquet(folder.resolve("added").toString());
        assertThat(addedDF.count()).isEqualTo(121);
        assertThat(addedDF.where("id = 'd60'").count()).isEqualTo(2);
        assertThat(addedDF.columns()).doesNotContain("input_path", "input_hash", "scored_in");
        List<String> summaries = served("summaries", ROWS);
        List<String> digests = served("digests", "*");
        Files.write(first, content);
        summarize(0, "--force");
        assertThat(served("summaries", ROWS)).isEqualTo(summaries);
        assertThat(served("digests", "*")).isEqualTo(digests);
    }

    @Test
    void whatIsAddedIsThereOnceWhateverIsForgotten() throws Exception {
        String incremental = "summarize.incremental=true";
        String output = "summarize.output={path: once, mode: append}";
        summarize(0, "--force", incremental, output);
        delete("work/summarize/deliveries");
        assertThat(summarize(0, incremental, output)).contains("unchanged", "delivered run");
        assertThat(once()).isEqualTo(100);

        summarize(0, "--force", incremental, output);
        assertThat(once()).isEqualTo(100);

        delete("once");
        assertThat(summarize(0, incremental, output)).contains("unchanged", "delivered run");
        assertThat(once()).isEqualTo(100);
    }

    @Test
    void aRunWhoseDeliveryWasNotNotedIsNotAddedAgainOnceItIsDeleted() throws Exception {
        String incremental = "summarize.incremental=true";
        String output = "summarize.output={path: once, mode: append}";
        summarize(0, "--force", incremental, output);
        Path note = onlyFile("work/summarize/deliveries");
        byte[] noted = Files.readAllBytes(note);
        day("day-3.jsonl", 100, 110);
        summarize(0, incremental, output);
        Files.write(note, noted);
        day("day-4.jsonl", 110, 120);
        summarize(0, incremental);
        String served =
                Files.readString(folder.resolve("work/summarize/CURRENT")).trim();
        for (java.io.File run : folder.resolve("work/summarize/runs").toFile().listFiles()) {
            if (!run.getName().equals(served)) {
                delete("work/summarize/runs/" + run.getName());
            }
        }

        assertThat(summarize(0, incremental, output)).contains("unchanged", "delivered run");

        assertThat(once()).isEqualTo(120);
        summarize(0, "--force", incremental);
        delete("work/summarize/runs/" + served);
        assertThat(summarize(3, incremental, output)).contains("Cannot tell which rows", "Name an output of its own");
        delete("work/summarize/deliveries");
        assertThat(summarize(3, incremental, output)).contains("Cannot tell which rows");
        assertThat(once()).isEqualTo(120);
    }

    @Test
    void whatIsNotedOfAnOutputThatIsGoneCountsNoMore() throws Exception {
        String output = "summarize.output={path: once/more, mode: append}";
        summarize(0, "--force", output);
        delete("once");
        Files.writeString(folder.resolve("once"), "in the way");
        assertThat(summarize(1, output)).contains("Cannot deliver run");
        delete("once");
        Files.createDirectories(folder.resolve("once/more"));

        assertThat(summarize(0, output)).contains("unchanged", "delivered run");

        assertThat(once()).isEqualTo(100);
    }

    @Test
    void longTextsAreCountedAmongThoseThatAreRead() throws Exception {
        String[] settings = {"summarize.incremental=true", "summarize.max_chars=40"};
        assertThat(summarize(0, settings)).contains("100 documents longer than summarize.max_chars");
        Files.write(lake.resolve("day-2.jsonl"), books.subList(60, 107));

        assertThat(summarize(0, settings))
                .contains("100 of them before", "7 documents longer than summarize.max_chars");
    }

    private static Path onlyFile(String name) throws Exception {
        try (Stream<Path> files = Files.list(folder.resolve(name))) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }

    private static long once() {
        return SharedSpark.session()
                .read()
                .option("recursiveFileLookup", true)
                .parquet(folder.resolve("once").toString())
                .count();
    }

    private static void delete(String name) throws Exception {
        if (!Files.exists(folder.resolve(name))) {
            return;
        }
        try (Stream<Path> below = Files.walk(folder.resolve(name))) {
            for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"jsonl, path", "delta, path", "iceberg, table"})
    void summariesAreDeliveredOnceInEveryFormat(String format, String by) {
        String place = by.equals("table") ? "lake.db.summaries" : "out-" + format;
        String output = "summarize.output={format: " + format + ", " + by + ": " + place + ", mode: append}";
        summarize(0, output);
        assertThat(summarize(0, output)).contains("unchanged", "delivered before");

        Dataset<Row> deliveredDF = by.equals("table")
                ? SharedSpark.session().table(place)
                : SharedSpark.session()
                        .read()
                        .format(format.equals("jsonl") ? "json" : format)
                        .load(folder.resolve(place).toString());
        assertThat(deliveredDF.count()).isEqualTo(100);
        assertThat(deliveredDF
                        .where("size(sentences) between 1 and 2 and sentences[0].end > sentences[0].begin")
                        .count())
                .isEqualTo(100);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "summarize.output={path: lake/summaries}                       | must lie apart from what is read, lake",
                "summarize.output={path: work}                                 | Invalid summarize.output.path: work (must lie apart from the workspace",
                "summarize.output={path: o, partition_by: [margin]}            | Invalid summarize.output.partition_by[0]: margin (must be one of source, route, model, sea",
                "summarize.output={path: task.yaml}                            | Invalid summarize.output.path",
                "summarize.output={path: o, partition: [sea]}                  | nearest: partition_by",
                "summarize={sources: [{path: lake, source: jsonl}], incremental: true, keep: [id as input_path]} | Invalid summarize.keep[0]: id as input_path",
                "summarize={sources: [{path: lake, source: jsonl}], incremental: true, group_by: [scored_in]} | Invalid summarize.group_by[0]: scored_in",
                "summarize={sources: [{path: lake, source: jsonl}], incremental: true, route: {agreement: 0.8}} | Invalid summarize.incremental: true (must be false with route"
            })
    void whatCannotBeIsToldBeforeAnythingIsSummarised(String setting, String told) {
        assertThat(summarize(2, "--force", setting)).contains(told).doesNotContain("documents summarised");
    }

    private static void day(String name, int from, int to) throws Exception {
        Files.write(lake.resolve(name), books.subList(from, to));
    }

    private static List<String> served(String dataset, String columns) {
        return LogBooks.read(task, dataset).selectExpr(columns.split(", ")).collectAsList().stream()
                .map(Row::toString)
                .sorted()
                .toList();
    }

    /** What the command prints; settings are those of {@code --set}. */
    private static String summarize(int exit, String... settings) {
        List<String> arguments = new ArrayList<>(List.of("--set", SOURCES));
        Arrays.stream(settings)
                .forEach(setting ->
                        arguments.addAll(setting.startsWith("--") ? List.of(setting) : List.of("--set", setting)));
        return LogBooks.run(exit, task, "summarize", arguments.toArray(String[]::new));
    }
}
