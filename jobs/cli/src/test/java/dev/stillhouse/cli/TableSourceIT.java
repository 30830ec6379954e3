package dev.stillhouse.cli;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stillhouse.udfs.testing.SharedSpark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Documents that are rows of Delta Lake and Iceberg tables. */
class TableSourceIT {
    private static final String DELTA = "{source: delta, path: tables/delta, id: id, text: text, label: label}";
    private static final String ICEBERG = "{source: iceberg, table: lake.db.docs, id: id, text: text, label: label}";

    @TempDir
    static Path folder;

    private static Path task = Path.of("");

    @BeforeAll
    static void aStudentAndTables() throws Exception {
        task = TinyCorpus.write(folder, 2);
        CommandLineRun run = TinyCorpus.run(task, "student={kind: lexical, pool: 300, max_vectors: 300}");
        assertThat(run.exit()).as(run.err()).isZero();
        SparkSession spark = SharedSpark.session();
        LakeCatalog.configure(spark, folder.resolve("warehouse"));
        Dataset<Row> docsDF = documents().where("id < 'd0300'");
        docsDF.write().format("delta").partitionBy("label").save(delta());
        docsDF.writeTo("lake.db.docs").partitionedBy(col("label")).create();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                DELTA
                        + " | PartitionFilters: [isnotnull(label) | (label = court) | ReadSchema: struct<id:string,text:string>",
                ICEBERG
                        + " | filters=label IS NOT NULL, label = 'court' | BatchScan lake.db.docs | BatchScan lake.db.docs"
            })
    void onlyWhatIsAskedForIsRead(String source, String first, String second, String third) {
        String where = source.replace("label: label}", "where: \"label = 'court'\"}");

        CommandLineRun plan = CommandLineRun.of(arguments("explain", where));

        assertThat(plan.exit()).as(plan.err()).isZero();
        String text = plan.out().replaceAll("#\\d+L?", "").replaceAll("\\s+", " ");
        assertThat(text).contains(first, second, third).doesNotContain("other");
        score(0, where, "--force");
        assertThat(read("scores").count()).isEqualTo(100);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {DELTA + " | delta", ICEBERG + " | iceberg"})
    void aTableIsReadAgainWhenItHasAnotherVersion(String source, String format) throws Exception {
        score(0, source, "--set", "score.incremental=true", "--force");
        long before = read("scores").count();
        assertThat(score(0, source, "--set", "score.incremental=true").out()).contains("unchanged");
        Dataset<Row> moreDF = documents().where("id >= 'd0400' and id < 'd0450'");
        if (format.equals("delta")) {
            moreDF.write().format("delta").mode("append").save(delta());
        } else {
            moreDF.writeTo("lake.db.docs").append();
        }

        CommandLineRun again = score(0, source, "--set", "score.incremental=true");

        assertThat(again.out()).doesNotContain("unchanged");
        assertThat(read("scores").count()).isEqualTo(before + 50);
        assertThat(read("scores")
                        .where("scored_in != model")
                        .select("scored_in")
                        .distinct()
                        .count())
                .isEqualTo(2);
        assertThat(read("score/rejects").count()).isZero();
        CommandLineRun.of(arguments("report", source));
        assertThat(TinyCorpus.report(folder).at("/score/reused").asLong()).isEqualTo(before);
        if (format.equals("delta")) {
            SharedSpark.session().sql("DELETE FROM delta.`" + delta() + "` WHERE id >= 'd0400'");
        } else {
            SharedSpark.session()
                    .table("lake.db.docs")
                    .where("id < 'd0400'")
                    .writeTo("lake.db.docs")
                    .overwrite(org.apache.spark.sql.functions.lit(true));
        }
    }

    @Test
    void aTableTeachesAndItsPathMayBeThatOfAnIcebergTable() {
        CommandLineRun curated = CommandLineRun.of(
                "curate", task.toString(), "--set", "workspace=other", "--set", "corpus=[" + DELTA + "]");
        assertThat(curated.exit()).as(curated.err()).isZero();
        assertThat(curated.out()).contains("300");

        String byPath = "{source: iceberg, path: warehouse/db/docs, text: text}";
        score(0, byPath, "--force");
        assertThat(read("scores").count()).isEqualTo(300);
        assertThat(read("scores").select("source").distinct().head().getString(0))
                .isEqualTo("docs");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{source: delta, path: tables/nowhere, text: text}          | 3 | Spark says DELTA",
                "{source: delta, table: nothing.like_it, text: text}        | 3 | nothing.like_it as a table of delta",
                "{source: iceberg, table: lake.db.nothing, text: text}      | 3 | lake.db.nothing as a table of iceberg",
                "{source: iceberg, path: corpus, text: text}                | 3 | as a table of iceberg",
                "{source: delta, text: text}                                | 2 | Invalid score.sources[0].table: none",
                "{source: delta, path: a, table: b, text: text}             | 2 | Invalid score.sources[0].table: b",
                "{source: delta, table: 'a b', text: text}                  | 2 | names separated by dots",
                "{source: jsonl, path: corpus, table: b, text: text}        | 2 | it belongs to delta and iceberg",
                "{source: delta, path: tables/delta, text: nothing}         | 2 | score[0].text: nothing"
            })
    void whatIsNoTableIsTold(String source, int exit, String message) {
        CommandLineRun run = score(exit, source);
        assertThat(run.err()).contains(message).doesNotContain("\tat ");
    }

    @Test
    void scoresDoNotGoIntoATableThatIsRead() {
        CommandLineRun run =
                score(2, ICEBERG, "--set", "score.output={format: iceberg, table: Lake.db.docs, mode: append}");
        assertThat(run.err()).contains("Invalid score.output.table: Lake.db.docs (must not be read by the task");
        run = score(2, DELTA, "--set", "score.output={format: delta, path: tables/delta, mode: append}");
        assertThat(run.err()).contains("must lie apart from what is read");
    }

    private static Dataset<Row> documents() {
        return SharedSpark.session()
                .read()
                .json(folder.resolve("corpus").toString())
                .selectExpr("id", "text", "label", "'x' AS other");
    }

    private static String delta() {
        return folder.resolve("tables/delta").toString();
    }

    private static Dataset<Row> read(String dataset) {
        String path = CommandLineRun.of("path", task.toString(), dataset).out().strip();
        return SharedSpark.session().read().parquet(path);
    }

    private static CommandLineRun score(int exit, String source, String... more) {
        CommandLineRun run = CommandLineRun.of(arguments("score", source, more));
        assertThat(run.exit()).as(run.err() + run.out()).isEqualTo(exit);
        return run;
    }

    private static String[] arguments(String command, String source, String... more) {
        List<String> arguments = new ArrayList<>(List.of(command, task.toString()));
        for (String setting :
                List.of("student={kind: lexical, pool: 300, max_vectors: 300}", "score={sources: [" + source + "]}")) {
            arguments.add("--set");
            arguments.add(setting);
        }
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }
}
