package dev.stillhouse.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stillhouse.udfs.student.StudentModel;
import dev.stillhouse.udfs.student.StudentReader;
import dev.stillhouse.udfs.testing.SharedSpark;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoopIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Of the one run of the loop that several tests look at. */
    @TempDir
    static Path looped;

    private static CommandLineRun first;

    @TempDir
    Path folder;

    @BeforeAll
    static void runTheLoop() {
        first = CommandLineRun.of("run", TinyCorpus.write(looped, 2).toString());
    }

    @Test
    void oneCommandRunsTheLoopAndTheSameCommandAgainHasNothingToDo() throws Exception {
        Path task = looped.resolve("task.yaml");

        assertThat(first.exit()).as(first.err()).isZero();
        assertThat(first.out()).contains("report.html");
        JsonNode report = JSON.readTree(looped.resolve("work/report.json").toFile());
        assertThat(report.at("/curate/read").asLong()).isEqualTo(600);
        assertThat(report.at("/teacher/f1_weighted").asDouble()).isGreaterThan(0.9);
        assertThat(report.at("/student/f1_weighted").asDouble()).isGreaterThan(0.7);
        assertThat(report.at("/student/bytes").asLong())
                .isEqualTo(Files.size(Path.of(path(task, "model")).resolve("student.onnx")));
        assertThat(report.at("/student/speedup").asDouble())
                .isEqualTo(report.at("/student/docs_per_second").asDouble()
                        / report.at("/teacher/docs_per_second").asDouble());
        assertThat(report.at("/score/documents").asLong()).isEqualTo(600);
        assertThat(report.at("/score/stage_docs_per_second").asDouble())
                .isCloseTo(600 / report.at("/cost/wall_seconds_by_stage/score").asDouble(), withinPercentage(5));
        assertThat(Files.readString(looped.resolve("work/status.json")))
                .isEqualTo("{\"stage\":\"report\",\"exit\":0,\"reason\":\"\"}\n");

        assertThat(Path.of(path(task, "train/model/student.onnx"))).isRegularFile();
        CommandLineRun unknown = CommandLineRun.of("path", task.toString(), "train/student");
        assertThat(unknown.exit()).isEqualTo(3);
        assertThat(unknown.err()).contains("model/model.json");
        CommandLineRun mistyped = CommandLineRun.of("path", task.toString(), "scroes");
        assertThat(mistyped.exit()).isEqualTo(2);
        assertThat(mistyped.err()).contains("nearest: scores");

        CommandLineRun second = CommandLineRun.of("run", task.toString());

        assertThat(second.exit()).isZero();
        assertThat(second.out().lines().filter(line -> line.contains("unchanged")))
                .hasSize(4);
    }

    @Test
    void rowsAreCountedOnceAndKeptApart() {
        Path task = looped.resolve("task.yaml");
        assertThat(first.exit()).as(first.err()).isZero();

        Dataset<Row> curatedDF = read(task, "curated");
        long removed = read(task, "removed").count();
        long rejects = read(task, "rejects").count();
        assertThat(curatedDF.count() + removed + rejects).isEqualTo(600);
        assertThat(read(task, "evaluation").count()).isEqualTo(60);
        assertThat(read(task, "soft_labels").count()).isEqualTo(curatedDF.count());
        assertThat(read(task, "soft_labels").where("gold").count()).isEqualTo(90);
        assertThat(read(task, "soft_labels")
                        .join(curatedDF, "id")
                        .where("gold and part = 'evaluate'")
                        .count())
                .isZero();
        assertThat(read(task, "scores").count() + read(task, "score/rejects").count())
                .isEqualTo(600);
    }

    @Test
    void rowsAndNumbersAreTheSameForOneTwoAndEightPartitions() throws Exception {
        TreeSet<String> fingerprints = new TreeSet<>();
        for (int partitions : new int[] {1, 2, 8}) {
            Path task = TinyCorpus.write(Files.createDirectories(folder.resolve("p" + partitions)), partitions);
            String before = SharedSpark.session().conf().get("spark.sql.shuffle.partitions");
            SharedSpark.session().conf().set("spark.sql.shuffle.partitions", Integer.toString(partitions));
            SharedSpark.session().conf().set("spark.sql.adaptive.enabled", Boolean.toString(partitions != 2));
            try {
                // Gold enough for students to be cross-fitted.
                assertThat(CommandLineRun.of("run", task.toString(), "--set", "teacher.gold=150")
                                .exit())
                        .isZero();
                assertThat(report(task).at("/student/unseen_gold").asInt()).isGreaterThan(100);
                fingerprints.add(fingerprint(task));
            } finally {
                SharedSpark.session().conf().set("spark.sql.shuffle.partitions", before);
                SharedSpark.session().conf().unset("spark.sql.adaptive.enabled");
            }
        }

        assertThat(fingerprints).as("datasets and weights").hasSize(1);
    }

    @Test
    void aStageAloneWorksOnWhatTheOthersPublished() {
        Path task = TinyCorpus.write(folder, 1);

        assertThat(CommandLineRun.of("curate", task.toString()).exit()).isZero();
        CommandLineRun tooEarly = CommandLineRun.of("train", task.toString());

        assertThat(tooEarly.exit()).isEqualTo(3);
        assertThat(tooEarly.err()).contains("run ./stillhouse label first");
        assertThat(CommandLineRun.of("report", task.toString()).exit()).isZero();
        assertThat(folder.resolve("work/report.html")).exists();
    }

    @Test
    void aMissedTargetEndsWithThreeAndPublishesNothing() throws Exception {
        Path task = TinyCorpus.write(folder, 1);

        CommandLineRun run = CommandLineRun.of(
                "run",
                task.toString(),
                "--set",
                "student.kind=lexical",
                "--set",
                "student.targets.f1_weighted=1.0",
                "--set",
                "student.targets.size=10");

        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.err()).contains("size");
        assertThat(folder.resolve("work/train/CURRENT")).doesNotExist();
        assertThat(status()).contains("\"stage\":\"train\",\"exit\":3");
        assertThat(CommandLineRun.of("runs", task.toString()).out()).contains("refused");
        JsonNode report = JSON.readTree(folder.resolve("work/report.json").toFile());
        assertThat(report.at("/published").asBoolean()).isFalse();
        assertThat(report.at("/refusal").asText()).contains("size");
        assertThat(report.at("/student/f1_weighted").asDouble()).isPositive();
    }

    @Test
    void labelsOfOtherRowsAreNotLearnedFrom() {
        Path task = TinyCorpus.write(folder, 1);
        assertThat(CommandLineRun.of("curate", task.toString()).exit()).isZero();
        assertThat(CommandLineRun.of("label", task.toString()).exit()).isZero();
        assertThat(CommandLineRun.of("curate", task.toString(), "--set", "evaluate.rows=90")
                        .exit())
                .isZero();

        CommandLineRun stale = CommandLineRun.of("train", task.toString(), "--set", "evaluate.rows=90");

        assertThat(stale.exit()).isEqualTo(3);
        assertThat(stale.err()).contains("of label was made from run").contains("run ./stillhouse label first");
        assertThat(CommandLineRun.of("report", task.toString()).exit()).isZero();
        assertThat(folder.resolve("work/report.json")).content().contains("of label was made from run");
    }

    private String fingerprint(Path task) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (String dataset : List.of(
                "curated", "removed", "evaluation", "soft_labels", "evaluation_labels", "cross_fitted", "scores")) {
            Dataset<Row> data = read(task, dataset);
            data.drop("model")
                    .orderBy("source", "id")
                    .toJSON()
                    .collectAsList()
                    .forEach(row -> digest.update(row.getBytes(StandardCharsets.UTF_8)));
        }
        JsonNode model =
                JSON.readTree(Path.of(path(task, "model")).resolve("model.json").toFile());
        digest.update(model.at("/temperature").asText().getBytes(StandardCharsets.UTF_8));
        StudentModel student = StudentReader.read(
                Files.readAllBytes(Path.of(path(task, "model")).resolve("student.onnx")), "student.onnx");
        for (StudentModel.Block block :
                List.of(student.words(), student.characters(), student.vectors().entries())) {
            for (int row = 0; row < block.keys().length; row++) {
                digest.update(block.keys()[row].getBytes(StandardCharsets.UTF_8));
                for (int label = 0; label < block.weights().columns(); label++) {
                    digest.update(ByteBuffer.allocate(4)
                            .putFloat(block.weights().at(row, label))
                            .array());
                }
            }
        }
        JsonNode report = report(task);
        for (String figure : List.of(
                "/teacher/f1_weighted",
                "/student/f1_weighted",
                "/student/ece",
                "/student_fp32/f1_weighted",
                "/baseline/f1_weighted")) {
            digest.update(report.at(figure).asText().getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static JsonNode report(Path task) throws IOException {
        return JSON.readTree(task.resolveSibling("work/report.json").toFile());
    }

    private static Dataset<Row> read(Path task, String dataset) {
        return SharedSpark.session().read().parquet(path(task, dataset));
    }

    private static String path(Path task, String dataset) {
        CommandLineRun run = CommandLineRun.of("path", task.toString(), dataset);
        assertThat(run.exit()).as(run.err()).isZero();
        return run.out().trim().replaceFirst("^file:/*", "/");
    }

    private String status() throws Exception {
        return Files.readString(folder.resolve("work/status.json"));
    }
}
