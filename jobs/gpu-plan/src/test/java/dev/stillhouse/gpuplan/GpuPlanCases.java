package dev.stillhouse.gpuplan;

import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.col;

import dev.stillhouse.cli.config.TaskFileReader;
import dev.stillhouse.cli.pipeline.GpuPlan;
import dev.stillhouse.curation.CurateConfig;
import dev.stillhouse.curation.CurationPlans;
import dev.stillhouse.curation.near.SignaturePlans;
import dev.stillhouse.datasets.schema.Documents;
import dev.stillhouse.datasets.schema.StudentWeights;
import dev.stillhouse.datasets.source.SourceReader;
import dev.stillhouse.scoring.ScoreConfig;
import dev.stillhouse.scoring.ScoredStudent;
import dev.stillhouse.scoring.Scorer;
import dev.stillhouse.scoring.drift.DriftConfig;
import dev.stillhouse.student.export.OnnxStudentWriter;
import dev.stillhouse.student.export.WeightTable;
import dev.stillhouse.udfs.Decision;
import dev.stillhouse.udfs.Link;
import dev.stillhouse.udfs.ProbabilityMap;
import dev.stillhouse.udfs.sql.StillhouseCatalog;
import dev.stillhouse.udfs.student.FeatureSpec;
import dev.stillhouse.udfs.student.StudentFiles;
import dev.stillhouse.udfs.student.StudentModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/** Plans every case, computes none, and prints a line for each and one for what of it would stay on the processor. */
public final class GpuPlanCases {
    static final String PLANNED = "planned";
    static final String LEFT = "left";
    /** Known to stay on the processor: were it not told, the test could not fail. */
    static final String CONTROL = "control";

    private static final int[] LABELS = {2, 26, 77, 150};
    private static final String[] WORDS = {"card", "lost", "my", "my card", "card lost", "\u65e5\u672c"};
    private static final Random RANDOM = new Random(3);

    private GpuPlanCases() {}

    /**
     * Prints the plans.
     *
     * @param arguments a folder to write tables to
     */
    public static void main(String[] arguments) {
        SparkSession spark = SparkSession.builder().getOrCreate();
        Dataset<Row> documentsDF = documents(spark, arguments[0] + "/documents");
        Map<String, Dataset<Row>> plans = new LinkedHashMap<>();
        students().forEach((name, model) -> plans.put(name, scores(documentsDF, model, arguments[0] + "/" + name)));
        CurateConfig curate = curate(arguments[0]);
        plans.putAll(CurationPlans.of(documentsDF, curate, arguments[0] + "/measured"));
        plans.put(
                SignaturePlans.NAME,
                SignaturePlans.of(documentsDF, curate.nearDuplicates().orElseThrow()));
        spark.conf().set("spark.sql.catalog.stillhouse", StillhouseCatalog.class.getName());
        plans.put(CONTROL, documentsDF.select(call_function("stillhouse.quality", col(Documents.TEXT))));
        plans.forEach((name, planDF) -> {
            GpuPlan plan = GpuPlan.of(planDF);
            System.out.println(PLANNED + "\t" + name + "\t"
                    + (plan.operators() + plan.left().size()));
            plan.left().forEach(line -> System.out.println(LEFT + "\t" + name + "\t" + line.strip()));
        });
        spark.stop();
    }

    static List<String> names() {
        List<String> names = new ArrayList<>(students().keySet());
        names.addAll(CurationPlans.NAMES);
        names.addAll(List.of(SignaturePlans.NAME, CONTROL));
        return names;
    }

    private static CurateConfig curate(String folder) {
        try {
            Path file = Files.writeString(Path.of(folder, "task.yaml"), """
                    task: plans
                    workspace: out
                    curate:
                      rules: ["dup_lines > 0.3", "length(text) < 20 or words between 3 and 9", "text like '%lorem ipsum%'"]
                      always_keep: ["source = 'manual'"]
                      duplicate_key: "lower(label)"
                      near_duplicates: {family: xxhash64}
                    """);
            return new TaskFileReader(SourceReader::problems)
                    .read(file, List.of())
                    .task()
                    .curate();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, StudentModel> students() {
        Map<String, StudentModel> students = new LinkedHashMap<>();
        for (int labels : LABELS) {
            students.put("words-" + labels, model(labels, FeatureSpec.words(3), true, false));
            students.put("characters-" + labels, model(labels, new FeatureSpec(2, 2, 5), true, false));
            students.put("static-" + labels, model(labels, FeatureSpec.words(1), false, true));
            students.put("hybrid-" + labels, model(labels, new FeatureSpec(2, 2, 5), true, true));
        }
        StudentModel hybrid = model(26, new FeatureSpec(2, 2, 5), true, true);
        ProbabilityMap map = new ProbabilityMap(new float[] {0.1f, 0.5f, 0.9f}, new float[] {0.05f, 0.6f, 0.95f});
        students.put("isotonic", hybrid.withDecision(new Decision(Link.SOFTMAX, Map.of(), map)));
        students.put("multilabel", hybrid.withDecision(new Decision(Link.LOGISTIC, Map.of("label 3", 0.3f), map)));
        StudentModel one = model(1, FeatureSpec.words(2), true, true);
        students.put("score", one);
        return students;
    }

    private static StudentModel model(int labels, FeatureSpec features, boolean ngrams, boolean vectors) {
        int dimensions = 64;
        List<String> names = labels == 1
                ? List.of(StudentModel.SCORE)
                : IntStream.range(0, labels).mapToObj(label -> "label " + label).toList();
        StudentModel.Block none = StudentModel.Block.none(labels);
        return new StudentModel(
                names,
                features,
                ngrams ? block(WORDS, labels) : none,
                ngrams && features.hasCharacters() ? block(new String[] {"ca", "ard"}, labels) : none,
                vectors
                        ? new StudentModel.Vectors(
                                block(new String[] {"card", "lost"}, dimensions), floats(dimensions * labels))
                        : StudentModel.Vectors.none(),
                floats(labels),
                1,
                Decision.by(labels == 1 ? Link.IDENTITY : Link.SOFTMAX),
                Map.of());
    }

    private static StudentModel.Block block(String[] keys, int columns) {
        String[] sorted = keys.clone();
        Arrays.sort(sorted);
        return new StudentModel.Block(sorted, new StudentModel.Float32(floats(keys.length * columns), columns));
    }

    private static float[] floats(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) RANDOM.nextGaussian();
        }
        return values;
    }

    private static Dataset<Row> scores(Dataset<Row> documentsDF, StudentModel model, String folder) {
        byte[] onnx = OnnxStudentWriter.write(model);
        SparkSession spark = documentsDF.sparkSession();
        WeightTable.of(spark, onnx).write().parquet(folder);
        ScoredStudent student = ScoredStudent.of(
                StudentFiles.ofText(onnx),
                "run",
                Optional.of(spark.read().schema(StudentWeights.SCHEMA).parquet(folder)));
        ScoreConfig config =
                new ScoreConfig(List.of(), ScoreConfig.Engine.SQL, List.of("url"), 100_000, DriftConfig.warning());
        return new Scorer(spark, student, config).score(documentsDF);
    }

    private static Dataset<Row> documents(SparkSession spark, String folder) {
        List<Row> rows =
                List.of(RowFactory.create("lake", "1", "my card is lost", null, Map.of("url", "u"), "file", 0L));
        spark.createDataFrame(rows, Documents.SCHEMA).write().parquet(folder);
        return spark.read().schema(Documents.SCHEMA).parquet(folder);
    }
}
