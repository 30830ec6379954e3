package dev.stillhouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stillhouse.udfs.student.OnnxStudent;
import dev.stillhouse.udfs.student.StudentKernel;
import dev.stillhouse.udfs.student.StudentReader;
import dev.stillhouse.udfs.testing.SharedSpark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Any number of labels, and scores, through the whole loop. */
class TaskKindsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String[] SEA = {"ship", "sail", "captain", "anchor", "storm", "deck", "island", "harbour"};
    private static final String[] LAW = {"judge", "lawyer", "trial", "verdict", "witness", "appeal", "contract", "court"
    };
    private static final String[] REST = {"paper", "window", "street", "garden", "evening", "corner", "letter", "stone"
    };
    private static final String[] MULTILABEL = {"--set", "kind=multilabel"};
    private static final String[] REGRESS = {
        "--set", "kind=regress", "--set", "student={pool: 300, thresholds: {wet: 1.5}}"
    };

    @TempDir
    Path folder;

    @Test
    void documentsOfAnyNumberOfLabelsGoThroughTheLoop() throws Exception {
        Path task = TinyCorpus.write(folder, lines(i -> "[" + String.join(", ", names(i)) + "]"), 2);

        run(0, task, "run", MULTILABEL, "--set", "student.targets={retained: 0.6, f1_micro: 0.6, f1_macro: 0.5}");

        JsonNode report = report();
        assertThat(report.at("/kind").asText()).isEqualTo("multilabel");
        for (String figure : List.of("f1_micro", "f1_macro", "f1_weighted", "accuracy", "agreement", "retained")) {
            assertThat(report.at("/student/" + figure).asDouble()).as(figure).isBetween(0.5, 1.2);
        }
        assertThat(report.at("/student/ece").asDouble()).isBetween(0.0, 0.2);
        assertThat(report.at("/student/by_label")).hasSize(2);
        assertThat(report.at("/targets")).hasSize(3);
        Dataset<Row> scoresDF = read(task, "scores");
        assertThat(scoresDF.schema().simpleString())
                .isEqualTo(
                        "struct<id:string,source:string,labels:array<string>,probabilities:array<float>,margin:float,route:string,model:string>");
        assertThat(scoresDF.count() + read(task, "score/rejects").count()).isEqualTo(600);
        assertThat(scoresDF.where("size(labels) = 0").count())
                .isEqualTo(report.at("/score/by_label/(none)").asLong())
                .isPositive();
        assertThat(scoresDF.where("array_contains(labels, 'sea')").count())
                .isEqualTo(report.at("/score/by_label/sea").asLong());
        assertThat(read(task, "curated").where("label = '[\"law\",\"sea\"]'").count())
                .isPositive();
        assertThat(report.at("/score/drift/by_statistic").fieldNames())
                .toIterable()
                .containsExactly("score", "label", "length", "unseen_words");
        assertThat(report.at("/score/drift/drifted")).isEmpty();
        assertThat(report.at("/score/by_label_and_source/lake")).isEqualTo(report.at("/score/by_label"));
        assertThat(run(0, task, "try", MULTILABEL, "the ship and the judge"))
                .containsPattern("0\\.\\d{4} {2}\\w+ {2}given, from 0\\.\\d{4}\n");
        assertThat(run(0, task, "try", MULTILABEL, "--json", "the ship and the judge"))
                .contains("\"labels\":[");
        enginesAgree(task);
    }

    @Test
    void scoresGoThroughTheLoop() throws Exception {
        Path task = TinyCorpus.write(folder, lines(i -> Integer.toString(wet(i))), 2);

        run(0, task, "run", REGRESS, "--set", "student.targets={spearman: 0.5, mae: 1.0, f1_at: {wet: 0.5}}");

        JsonNode report = report();
        assertThat(report.at("/kind").asText()).isEqualTo("regress");
        assertThat(report.at("/student/spearman").asDouble()).isBetween(0.5, 1.0);
        assertThat(report.at("/student/mae").asDouble()).isBetween(0.0, 1.0);
        assertThat(report.at("/student/rmse").asDouble())
                .isGreaterThanOrEqualTo(report.at("/student/mae").asDouble());
        assertThat(report.at("/student/f1_at/wet").asDouble()).isBetween(0.5, 1.0);
        assertThat(report.at("/student/retained").asDouble())
                .isEqualTo(report.at("/student/spearman").asDouble()
                        / report.at("/teacher/spearman").asDouble());
        assertThat(report.at("/student/f1_weighted").isMissingNode()).isTrue();
        assertThat(report.at("/student/slices/0/mae").asDouble()).isPositive();
        Dataset<Row> scoresDF = read(task, "scores");
        assertThat(scoresDF.schema().simpleString())
                .isEqualTo("struct<id:string,source:string,score:float,route:string,model:string>");
        assertThat(scoresDF.count() + read(task, "score/rejects").count()).isEqualTo(600);
        assertThat(scoresDF.where("score >= 1.5").count())
                .isEqualTo(report.at("/score/at_or_above/wet").asLong());
        assertThat(report.at("/score/quantiles/p050").asDouble()).isBetween(0.0, 3.0);
        assertThat(report.at("/score/drift/by_statistic").fieldNames())
                .toIterable()
                .containsExactly("score", "length", "unseen_words");
        assertThat(report.at("/score/drift/drifted")).isEmpty();
        assertThat(folder.resolve("work/report.html")).content().contains("Documents by score", "Lowest score");
        assertThat(run(0, task, "try", REGRESS, "--json", "the ship on the sail"))
                .contains("\"score\":");
        enginesAgree(task);
    }

    @Test
    void oneLabelThatADocumentHasOrHasNotIsEnough() throws Exception {
        Path task = TinyCorpus.write(folder, lines(i -> sea(i) ? "[\"sea\"]" : "[]"), 1);

        run(0, task, "run", MULTILABEL, "--set", "student.kind=lexical");

        assertThat(report().at("/student/f1_weighted").asDouble()).isGreaterThan(0.6);
    }

    @Test
    void documentsThatAllHaveNoLabelTeachNothing() {
        Path task = TinyCorpus.write(folder, lines(i -> "[]"), 1);
        run(0, task, "curate", MULTILABEL);
        assertThat(run(3, task, "label", MULTILABEL)).contains("none of the 90 gold documents has a label");
    }

    @Test
    void aScoreThatIsAlwaysTheSameTeachesNothing() {
        Path task = TinyCorpus.write(folder, lines(i -> "2.50"), 1);
        run(0, task, "curate", REGRESS);
        assertThat(run(3, task, "label", REGRESS)).contains("have 1 distinct score(s), expected at least 2");
    }

    @Test
    void whatIsNoFiniteNumberIsRefusedByTheDocumentThatHasIt() {
        Path task = TinyCorpus.write(folder, lines(i -> i % 2 == 0 ? "\"NaN\"" : "\"1\""), 1);
        run(0, task, "curate", REGRESS);
        assertThat(run(3, task, "label", REGRESS))
                .containsPattern("document d\\d{4} of source tiny: it has a label that is no finite number");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "kind=multilabel; student.targets={spearman: 0.5, mae: 1}; student.targets.spearman; student.targets.mae",
                "kind=classify; student.targets={f1_micro: 0.5}; student.targets.f1_micro; absent for kind: classify",
                "kind=regress; student.targets={f1_weighted: 0.5, ece: 0.1}; student.targets.f1_weighted; student.targets.ece",
                "kind=regress; student.targets={f1_at: {good: 0.5}}; student.targets.f1_at.good; student.thresholds",
                "kind=multilabel; student.thresholds={good: 1}; student.thresholds; absent but for kind: regress",
                "kind=regress; teacher={kind: zero-shot, labels: [{name: a}, {name: b}]}; teacher.kind: zero-shot; embedding-head, onnx-regressor, column",
                "kind=multilabel; teacher={kind: zero-shot, labels: [{name: a}, {name: b}]}; teacher.kind: zero-shot; embedding-head, onnx-classifier, column",
                "kind=regress; teacher={kind: column, column: c, labels: [{name: a}, {name: b}]}; teacher.labels; absent for a column of scores",
                "kind=summarize; student.pool=3; teacher.kind: embedding-head; reference, salience, http, ensemble for kind: summarize",
                "kind=classify; teacher={kind: reference}; teacher.kind: reference; for kind: classify"
            })
    void whatDoesNotFitTheKindIsToldBeforeAnythingRuns(String kind, String key, String first, String second) {
        Path task = TinyCorpus.write(folder, List.of(), 1);
        CommandLineRun run =
                CommandLineRun.of("curate", task.toString(), "--set", kind, "--set", "student.targets=", "--set", key);
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains(first).contains(second);
    }

    private void enginesAgree(Path task) throws Exception {
        byte[] file = Files.readAllBytes(Path.of(path(task, "train/model/student.onnx")));
        List<String> texts = IntStream.range(0, 60).mapToObj(TaskKindsIT::text).toList();
        float[][] kernel = new StudentKernel(StudentReader.read(file, "student.onnx")).probabilities(texts);
        try (OnnxStudent onnx = new OnnxStudent(file, "student.onnx")) {
            float[][] other = onnx.probabilities(texts);
            for (int i = 0; i < kernel.length; i++) {
                for (int label = 0; label < kernel[i].length; label++) {
                    assertThat(Math.abs(other[i][label] - kernel[i][label])).isLessThan(1e-5f);
                }
            }
        }
    }

    private String run(int exit, Path task, String command, String[] kind, String... more) {
        List<String> arguments = new ArrayList<>(List.of(command, task.toString()));
        arguments.addAll(List.of(kind));
        arguments.addAll(List.of(more));
        CommandLineRun run = CommandLineRun.of(arguments.toArray(String[]::new));
        assertThat(run.exit()).as(run.err() + run.out()).isEqualTo(exit);
        return exit == 0 ? run.out() : run.err();
    }

    private JsonNode report() throws Exception {
        return JSON.readTree(folder.resolve("work/report.json").toFile());
    }

    private static Dataset<Row> read(Path task, String dataset) {
        return SharedSpark.session().read().parquet(path(task, dataset));
    }

    private static String path(Path task, String dataset) {
        CommandLineRun run = CommandLineRun.of("path", task.toString(), dataset);
        assertThat(run.exit()).as(run.err()).isZero();
        return run.out().trim().replaceFirst("^file:/*", "/");
    }

    private static List<String> lines(IntFunction<String> label) {
        return IntStream.range(0, 600)
                .mapToObj(i -> String.format(
                        Locale.ROOT,
                        "{\"id\": \"d%04d\", \"text\": \"%s\", \"label\": %s}",
                        i,
                        text(i),
                        label.apply(i)))
                .toList();
    }

    /** Three of the words for each of: sea, law, both, neither. */
    private static String text(int i) {
        int step = i / 4;
        String first = (sea(i) ? SEA : law(i) ? LAW : REST)[step % 8];
        String second = (law(i) ? LAW : sea(i) ? SEA : REST)[step / 8 % 8];
        String third = REST[(step / 64 + step) % 8];
        return "the " + first + " was near the " + second + " and a " + third;
    }

    private static boolean sea(int i) {
        return i % 4 == 0 || i % 4 == 2;
    }

    private static boolean law(int i) {
        return i % 4 == 1 || i % 4 == 2;
    }

    /** How many words of a text are of the sea. */
    private static int wet(int i) {
        return (int)
                Arrays.stream(text(i).split(" ")).filter(List.of(SEA)::contains).count();
    }

    private static List<String> bare(int i) {
        List<String> names = new ArrayList<>();
        if (sea(i)) {
            names.add("sea");
        }
        if (law(i)) {
            names.add("law");
        }
        return names;
    }

    private static List<String> names(int i) {
        return bare(i).stream().map(name -> "\"" + name + "\"").toList();
    }
}
