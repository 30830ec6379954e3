package dev.stillhouse.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillhouse.udfs.testing.SharedSpark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scoring from the command line: engines, columns that are kept, long texts, and the plan. */
class ScoreIT {
    @TempDir
    static Path folder;

    private static Path task = Path.of("");

    @BeforeAll
    static void aStudent() throws Exception {
        task = TinyCorpus.write(folder, 2);
        Files.writeString(
                task,
                Files.readString(task)
                        .replaceFirst(
                                "score: .*",
                                "score: {sources: [{source: jsonl, name: lake, path: corpus, id: id, text: text}], "
                                        + "keep: [label as gold, length(text) as size, text], max_chars: 40}"));
        CommandLineRun run = TinyCorpus.run(task, "student.kind=hybrid", "student.targets={}");
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.err()).contains("longer than score.max_chars: only the first 40 characters of each were read");
    }

    @Test
    void everyEngineGivesTheSameScoresAndSaysWhoItIs() throws Exception {
        List<Row> kernel = scores("kernel");
        List<Row> sql = scores("sql");
        List<Row> onnx = scores("onnx");

        assertThat(kernel).hasSize(600);
        for (int i = 0; i < kernel.size(); i++) {
            for (List<Row> others : List.of(sql, onnx)) {
                Row other = others.get(i);
                assertThat(other.<String>getAs("id")).isEqualTo(kernel.get(i).getAs("id"));
                assertThat(other.<String>getAs("label")).isEqualTo(kernel.get(i).getAs("label"));
                assertThat(other.<Float>getAs("probability"))
                        .isCloseTo(kernel.get(i).<Float>getAs("probability"), within(1e-5f));
            }
        }
    }

    @Test
    void keptColumnsAreInTheScoresAndLongTextsInTheReport() throws Exception {
        Row row = scores("kernel").get(0);

        assertThat(row.schema().fieldNames())
                .containsExactly(
                        "id", "source", "gold", "size", "text", "label", "probability", "margin", "route", "model");
        assertThat(row.<String>getAs("gold")).isEqualTo("kitchen");
        assertThat(Integer.parseInt(row.getAs("size"))).isBetween(20, 80);
        JsonNode score = TinyCorpus.report(folder).at("/score");
        long longer = scores("kernel").stream()
                .filter(one -> Integer.parseInt(one.getAs("size")) > 40)
                .count();
        assertThat(score.at("/truncated").asLong()).isEqualTo(longer).isPositive();
        assertThat(folder.resolve("work/report.html")).content().contains("long documents only the beginning was read");
    }

    @Test
    void theNgramsThatDecidedAreExplainedWithWhatTheyAdd() {
        CommandLineRun run = CommandLineRun.of("score", task.toString(), "--set", "score.explain=3");
        assertThat(run.exit()).as(run.err()).isZero();

        for (Row row : published()) {
            List<Row> explained = row.getList(row.fieldIndex("explained"));
            assertThat(explained).hasSizeBetween(1, 3);
            assertThat(explained)
                    .isSortedAccordingTo((a, b) -> Double.compare(Math.abs(b.getDouble(2)), Math.abs(a.getDouble(2))));
            assertThat(row.<String>getAs("text").toLowerCase(Locale.ROOT))
                    .contains(explained.get(0).getString(0).split(" ")[0]);
        }
        CommandLineRun tried = CommandLineRun.of(
                "try",
                task.toString(),
                "--json",
                published()
                        .get(0)
                        .<String>getAs("text")
                        .substring(
                                0,
                                Math.min(
                                        40,
                                        published().get(0).<String>getAs("text").length())));
        assertThat(tried.out())
                .contains(((Row) published()
                                .get(0)
                                .getList(published().get(0).fieldIndex("explained"))
                                .get(0))
                        .getString(0));

        CommandLineRun sql = CommandLineRun.of("score", task.toString(), "--engine", "sql", "--set", "score.explain=3");
        assertThat(sql.exit()).isEqualTo(2);
        assertThat(sql.err()).contains("Invalid score.explain: 3 (must be 0 with score.engine sql)");
    }

    @Test
    void thePlanIsExplainedAndRapidsIsAskedForWhereItIsNot() {
        CommandLineRun plain = CommandLineRun.of("explain", task.toString());
        assertThat(plain.exit()).as(plain.err()).isZero();
        assertThat(plain.out()).contains("engine   kernel", "Project", "invoke");

        CommandLineRun gpu = CommandLineRun.of("explain", task.toString(), "--gpu");
        assertThat(gpu.exit()).isEqualTo(2);
        assertThat(gpu.err()).contains("RAPIDS is not there. Fetch it by ./stillhouse build -Pgpu-plan");
    }

    @Test
    void columnsThatAreNotThereAndNamesThatAreTakenAreRefused() {
        for (String how : List.of("--force", "--plan")) {
            CommandLineRun unknown = CommandLineRun.of("score", task.toString(), how, "--set", "score.keep=[nothing]");
            assertThat(unknown.exit()).isEqualTo(2);
            assertThat(unknown.err()).contains("score[0].keep", "nothing");
        }

        CommandLineRun taken = CommandLineRun.of("score", task.toString(), "--set", "score.keep=[text as Label]");
        assertThat(taken.exit()).isEqualTo(2);
        assertThat(taken.err()).contains("Invalid score.keep[0]: text as Label").contains("none of id, source, label");

        assertThat(CommandLineRun.of("score", task.toString(), "--engine", "abacus")
                        .exit())
                .isEqualTo(2);

        CommandLineRun curate = CommandLineRun.of("curate", task.toString(), "--engine", "sql");
        assertThat(curate.exit()).isEqualTo(2);
        assertThat(curate.err()).contains("Invalid --engine: nothing is scored by this command");
    }

    private static List<Row> scores(String engine) throws Exception {
        CommandLineRun run = CommandLineRun.of("score", task.toString(), "--engine", engine, "--force");
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(CommandLineRun.of("report", task.toString()).exit()).isZero();
        assertThat(TinyCorpus.report(folder).at("/score/engine").asText()).isEqualTo(engine);
        return published();
    }

    private static List<Row> published() {
        String path = CommandLineRun.of("path", task.toString(), "scores").out().strip();
        return new ArrayList<>(
                SharedSpark.session().read().parquet(path).orderBy("id").collectAsList());
    }
}
