package dev.stillhouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillhouse.udfs.testing.SharedSpark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scores that are delivered outside of the workspace: files and tables, what is repeated, and what fails. */
class DeliveryIT {
    @TempDir
    static Path folder;

    private static Path task = Path.of("");

    @BeforeAll
    static void aStudent() throws Exception {
        task = TinyCorpus.write(folder, 2);
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("corpus"));
        CommandLineRun run = TinyCorpus.run(task, "student={kind: lexical, pool: 300}");
        assertThat(run.exit()).as(run.err()).isZero();
        SparkSession spark = SharedSpark.session();
        LakeCatalog.configure(spark, folder.resolve("warehouse"));
    }

    @ParameterizedTest
    @CsvSource({"parquet", "jsonl", "delta", "iceberg"})
    void everyRunIsDeliveredOnceByItsPath(String format) {
        Path out = folder.resolve("out-" + format);
        String output = "{format: " + format + ", path: out-" + format + ", mode: append, partition_by: [label]}";

        CommandLineRun first = score(0, output);
        assertThat(first.out()).contains("unchanged").contains("delivered run").contains(out.toString());
        assertThat(count(format, out.toString())).isEqualTo(600);
        assertThat(score(0, output).out()).contains("delivered before");

        deleteNotes();
        score(0, output);
        assertThat(count(format, out.toString())).isEqualTo(600);

        score(0, output, "--force");
        assertThat(count(format, out.toString())).isEqualTo(1200);
        score(0, output.replace("append", "replace"), "--force", "--set", "score.sources[0].where=label = 'court'");
        assertThat(count(format, out.toString())).isBetween(800L, 1199L);
        score(0, output);
        assertThat(count(format, out.toString())).isGreaterThan(1200);
        assertThat(score(0, output.replace("append", "replace")).out()).contains("unchanged", "delivered run");
        assertThat(count(format, out.toString())).isEqualTo(600);
    }

    @ParameterizedTest
    @CsvSource({"parquet", "delta"})
    void aPartThatWasDeletedIsPutBackOnceNothingSaysThatItIsThere(String format) throws Exception {
        String output = "{format: " + format + ", path: partly-" + format + ", partition_by: [label]}";
        Path out = folder.resolve("partly-" + format);
        score(0, output);
        if (format.equals("delta")) {
            SharedSpark.session().sql("DELETE FROM delta.`" + out + "` WHERE label = 'court'");
        } else {
            try (Stream<Path> files = Files.list(out.resolve("label=court"))) {
                files.forEach(file -> assertThat(file.toFile().delete()).isTrue());
            }
            Files.delete(out.resolve("label=court"));
        }
        assertThat(score(0, output).out()).contains("delivered before");
        assertThat(count(format, out.toString())).isLessThan(600);

        deleteNotes();
        assertThat(score(0, output).out()).contains("unchanged", "delivered run");
        assertThat(count(format, out.toString())).isEqualTo(600);
    }

    @Test
    void whatWasAddedAndIsNotNotedIsReplaced() throws Exception {
        deleteNotes();
        score(0, "{path: unnoted, mode: append}", "--force");
        Path note = notes()[0].toPath();
        byte[] noted = Files.readAllBytes(note);
        score(0, "{path: unnoted, mode: append}", "--force");
        Files.write(note, noted);

        assertThat(score(0, "{path: unnoted}").out()).contains("unchanged", "delivered run");

        assertThat(count("parquet", folder.resolve("unnoted").toString())).isEqualTo(600);
    }

    @ParameterizedTest
    @CsvSource({"delta, spark_catalog.default.tiny_scores", "iceberg, lake.db.tiny_scores"})
    void everyRunIsDeliveredOnceToATableByItsName(String format, String table) {
        SharedSpark.session().sql("DROP TABLE IF EXISTS " + table);
        String output = "{format: " + format + ", table: " + table + ", mode: append, partition_by: [label]}";

        score(0, output);
        deleteNotes();
        score(0, output);
        assertThat(SharedSpark.session().table(table).count()).isEqualTo(600);

        score(0, output.replace("append", "replace"), "--force");
        assertThat(SharedSpark.session().table(table).count()).isEqualTo(600);
        score(0, output.replace("append, partition_by: [label]", "replace"), "--force");
        assertThat(SharedSpark.session().table(table).columns())
                .containsExactly("id", "source", "label", "probability", "margin", "route", "model");
        SharedSpark.session().sql("DROP TABLE " + table);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{path: work/scores}                               | must lie apart from the workspace",
                "{path: .}                                         | must lie apart from the workspace",
                "{path: corpus/scores}                             | must lie apart from what is read, corpus",
                "{path: corpus}                                    | must lie apart from what is read, corpus",
                "{path: link}                                      | must lie apart from what is read, corpus",
                "{path: nowhere://x/y}                             | Invalid score.output.path: nowhere://x/y",
                "{path: task.yaml}                                 | must be a folder",
                "{path: o, table: t}                               | Invalid score.output.table: t",
                "{table: t}                                        | absent for format parquet",
                "{format: orc, path: o}                            | Invalid score.output.format: orc",
                "{path: o, mode: overwrite}                        | Invalid score.output.mode: overwrite",
                "{path: o, partition_by: [margin]}                 | Invalid score.output.partition_by[0]: margin",
                "{path: o, rows_per_file: 0}                       | Invalid score.output.rows_per_file: 0",
                "{path: o, patrition_by: [label]}                  | nearest: partition_by",
                "{}                                                | Invalid score.output.path: none"
            })
    void whatCannotBeDeliveredIsToldBeforeAnythingIsScored(String output, String message) {
        CommandLineRun run = score(2, output, "--force");

        assertThat(run.err()).contains(message);
        assertThat(run.out()).doesNotContain("scored");
    }

    @Test
    void sourcesThatAreGlobsAreLookedAtToo() throws Exception {
        Files.createDirectories(folder.resolve("days/2026/raw"));
        Files.copy(folder.resolve("corpus/part-0.jsonl"), folder.resolve("days/2026/raw/a.jsonl"));
        String source = "score.sources[0].path=days/*/raw/*.jsonl";

        assertThat(score(2, "{path: days/2026/raw/b.jsonl}", "--set", source).err())
                .contains("must lie apart from what is read, days/*/raw/*.jsonl");
        assertThat(score(2, "{path: days/2026}", "--set", source).err()).contains("must lie apart from what is read");
        score(0, "{path: days/2026/scores}", "--set", source);
        assertThat(count("parquet", folder.resolve("days/2026/scores").toString()))
                .isEqualTo(300);
    }

    @Test
    void aDeliveryThatFailsLeavesTheScoresServedAndIsMadeUpForWithoutScoring() throws Exception {
        Path lake = folder.resolve("closed");
        Path aside = folder.resolve("aside");
        String output = "{path: closed/scores}";
        score(0, output);
        Files.move(lake, aside);
        Files.writeString(lake, "in the way, as a disk is that is full or read-only");

        CommandLineRun failed = score(1, output, "--force");

        assertThat(failed.out()).contains("600 documents scored");
        assertThat(failed.err())
                .contains("Cannot deliver run", "closed/scores", "delivers them without making them again")
                .doesNotContain("\tat ");
        assertThat(folder.resolve("work/status.json")).content().contains("\"stage\":\"score\",\"exit\":1");
        assertThat(CommandLineRun.of("path", task.toString(), "scores").exit()).isZero();

        Files.delete(lake);
        Files.move(aside, lake);
        CommandLineRun again = score(0, output);
        assertThat(again.out()).contains("unchanged", "delivered run").doesNotContain("documents scored");
        assertThat(count("parquet", lake.resolve("scores").toString())).isEqualTo(600);
    }

    @Test
    void aTableOfOtherColumnsIsLeftAsItIs() {
        String out = folder.resolve("other").toString();
        SharedSpark.session().range(3).write().format("delta").save(out);

        CommandLineRun run = score(2, "{format: delta, path: other, mode: append}");

        assertThat(run.err()).contains("Cannot deliver run", "Spark says DELTA");
        assertThat(count("delta", out)).isEqualTo(3);
    }

    @Test
    void theReportIsThereThoughTheDeliveryFails() throws Exception {
        Files.writeString(folder.resolve("a-file"), "no folder");
        Files.deleteIfExists(folder.resolve("work/report.html"));

        CommandLineRun run = CommandLineRun.of(arguments("run", "{path: a-file/scores}"));

        assertThat(run.exit()).as(run.err()).isEqualTo(1);
        assertThat(folder.resolve("work/report.html")).exists();
    }

    private static void deleteNotes() {
        for (java.io.File note : notes()) {
            assertThat(note.delete()).isTrue();
        }
    }

    private static java.io.File[] notes() {
        java.io.File[] notes = folder.resolve("work/score/deliveries").toFile().listFiles();
        return notes == null ? new java.io.File[0] : notes;
    }

    private static CommandLineRun score(int exit, String output, String... more) {
        CommandLineRun run = CommandLineRun.of(arguments("score", output, more));
        assertThat(run.exit()).as(run.err() + run.out()).isEqualTo(exit);
        return run;
    }

    private static String[] arguments(String command, String output, String... more) {
        List<String> arguments = new ArrayList<>(List.of(command, task.toString()));
        for (String setting : List.of(
                "student={kind: lexical, pool: 300, max_vectors: 300}",
                "score={sources: [{source: jsonl, name: lake, path: corpus, id: id, text: text}]}",
                "score.output=" + output)) {
            arguments.add("--set");
            arguments.add(setting);
        }
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    private static long count(String format, String path) {
        List<Row> counted = SharedSpark.session()
                .read()
                .format(format.equals("jsonl") ? "json" : format)
                .load(path)
                .groupBy()
                .count()
                .collectAsList();
        return counted.get(0).getLong(0);
    }
}
