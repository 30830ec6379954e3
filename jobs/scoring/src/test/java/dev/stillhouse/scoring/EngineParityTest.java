package dev.stillhouse.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stillhouse.datasets.schema.Documents;
import dev.stillhouse.datasets.schema.Scores;
import dev.stillhouse.scoring.drift.DocumentSample;
import dev.stillhouse.student.export.OnnxStudentWriter;
import dev.stillhouse.student.export.WeightTable;
import dev.stillhouse.udfs.Decision;
import dev.stillhouse.udfs.Link;
import dev.stillhouse.udfs.ProbabilityMap;
import dev.stillhouse.udfs.student.FeatureSpec;
import dev.stillhouse.udfs.student.StudentFiles;
import dev.stillhouse.udfs.student.StudentKernel;
import dev.stillhouse.udfs.student.StudentModel;
import dev.stillhouse.udfs.testing.RandomStudents;
import dev.stillhouse.udfs.testing.SharedSpark;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Three engines, one answer: within 1e-5, and the same labels unless two are as near as that. */
class EngineParityTest {
    private static final float TOLERANCE = 1e-5f;
    private static final long SEED = 20;
    private static final RandomStudents RANDOM = new RandomStudents(SEED);
    private static final List<String> TEXTS = texts();
    private static final ProbabilityMap MAP =
            new ProbabilityMap(new float[] {0.1f, 0.5f, 0.9f}, new float[] {0.05f, 0.6f, 0.95f});

    private final SparkSession spark = SharedSpark.session();
    private final List<DocumentSample> samples = new ArrayList<>();

    private static List<String> texts() {
        List<String> all = new ArrayList<>(RANDOM.textsInTenScripts(1_000));
        // Spark's strings are UTF-8, which has no lone surrogates.
        RandomStudents.hardTexts().stream()
                .map(text -> new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .forEach(all::add);
        return all;
    }

    static Stream<StudentModel> everyEngineGivesTheSame() {
        StudentModel words = RANDOM.model(FeatureSpec.words(1), false, TEXTS);
        StudentModel pairs = RANDOM.model(FeatureSpec.words(2), true, TEXTS);
        StudentModel all = RANDOM.model(new FeatureSpec(3, 2, 5), true, TEXTS);
        StudentModel vectors = withVectors();
        Map<String, Float> limits = Map.of(all.labels().get(0), 0.3f);
        return Stream.of(
                words,
                pairs.withTemperature(0.7f),
                all,
                vectors,
                withoutNgrams(vectors),
                vectors.withDecision(new Decision(Link.SOFTMAX, Map.of(), MAP)),
                all.withDecision(new Decision(Link.LOGISTIC, limits)),
                all.withDecision(new Decision(Link.LOGISTIC, limits, MAP)),
                score(vectors));
    }

    private static StudentModel withVectors() {
        StudentModel model;
        do {
            model = RANDOM.model(new FeatureSpec(2, 2, 4), true, TEXTS);
        } while (model.vectors().isEmpty());
        return model;
    }

    private static StudentModel withoutNgrams(StudentModel model) {
        StudentModel.Block none = StudentModel.Block.none(model.labels().size());
        return new StudentModel(
                model.labels(),
                FeatureSpec.words(1),
                none,
                none,
                model.vectors(),
                model.bias(),
                model.temperature(),
                Map.of());
    }

    /** The first label's logit alone. */
    private static StudentModel score(StudentModel model) {
        return new StudentModel(
                List.of(StudentModel.SCORE),
                model.features(),
                first(model.words()),
                first(model.characters()),
                new StudentModel.Vectors(
                        model.vectors().entries(),
                        everyOther(model.vectors().projection(), model.labels().size())),
                new float[] {model.bias()[0]},
                1,
                Decision.by(Link.IDENTITY),
                Map.of());
    }

    private static StudentModel.Block first(StudentModel.Block block) {
        float[] column = new float[block.keys().length];
        for (int row = 0; row < column.length; row++) {
            column[row] = block.weights().at(row, 0);
        }
        return new StudentModel.Block(block.keys(), new StudentModel.Float32(column, 1));
    }

    private static float[] everyOther(float[] values, int step) {
        float[] some = new float[values.length / step];
        for (int i = 0; i < some.length; i++) {
            some[i] = values[i * step];
        }
        return some;
    }

    @ParameterizedTest
    @MethodSource
    void everyEngineGivesTheSame(StudentModel model) {
        List<Row> kernel = scores(model, ScoreConfig.Engine.KERNEL);
        List<Row> onnx = scores(model, ScoreConfig.Engine.ONNX);
        List<Row> sql = scores(model, ScoreConfig.Engine.SQL);

        assertThat(kernel).hasSize(TEXTS.size());
        for (int i = 0; i < kernel.size(); i++) {
            assertSame(kernel.get(i), onnx.get(i), "onnx, " + kernel.get(i));
            assertSame(kernel.get(i), sql.get(i), "sql, " + kernel.get(i));
        }
        assertSamplesAreTheSame(model);
    }

    /** Whether they were taken in passing or apart. */
    private void assertSamplesAreTheSame(StudentModel model) {
        DocumentSample first = samples.get(0);
        assertThat(first.size()).isEqualTo(TEXTS.size());
        assertThat(Arrays.stream(first.lengths()).sum())
                .isEqualTo(TEXTS.stream()
                        .mapToInt(text -> text.codePointCount(0, text.length()))
                        .sum());
        assertThat(first.unseenShares()).hasSize(new StudentKernel(model).hasWords() ? TEXTS.size() : 0);
        assertThat(Arrays.stream(first.unseenShares()).boxed()).allMatch(share -> share >= 0 && share <= 1);
        assertThat(samples).hasSize(3).allSatisfy(other -> {
            assertThat(other.lengths()).containsExactly(first.lengths());
            assertThat(other.unseenShares()).containsExactly(first.unseenShares());
            assertThat(other.excerpts()).isEqualTo(first.excerpts());
        });
    }

    private static void assertSame(Row expected, Row found, String what) {
        boolean isClose = expected.schema().getFieldIndex(Scores.MARGIN).isDefined()
                && expected.<Float>getAs(Scores.MARGIN) < 2 * TOLERANCE;
        for (String column : expected.schema().fieldNames()) {
            Object value = expected.getAs(column);
            if (value instanceof Float number) {
                assertThat(found.<Float>getAs(column)).as(what).isCloseTo(number, within(TOLERANCE));
            } else if (column.equals(Scores.PROBABILITIES)) {
                List<Float> numbers = expected.getList(expected.fieldIndex(column));
                List<Float> others = found.getList(found.fieldIndex(column));
                for (int i = 0; i < numbers.size(); i++) {
                    assertThat(others.get(i)).as(what).isCloseTo(numbers.get(i), within(TOLERANCE));
                }
            } else if (!isClose) {
                assertThat(found.<Object>getAs(column)).as(what).isEqualTo(value);
            }
        }
    }

    private List<Row> scores(StudentModel model, ScoreConfig.Engine engine) {
        byte[] onnx = OnnxStudentWriter.write(model);
        ScoredStudent student =
                ScoredStudent.of(StudentFiles.ofText(onnx), "run", Optional.of(WeightTable.of(spark, onnx)));
        Scorer scorer = new Scorer(spark, student, ScoreConfig.of(engine, List.of("url", "text"), 100_000));
        Dataset<Row> scoresDF = scorer.score(documents());
        assertThat(scoresDF.columns()).isEqualTo(scorer.schema().fieldNames());
        assertThat(scorer.engine()).isEqualTo(engine);
        List<Row> scores = scoresDF.orderBy(Scores.ID).collectAsList();
        Set<Object> ids =
                new HashSet<>(scores.stream().map(row -> row.getAs(Scores.ID)).toList());
        assertThat(ids).hasSize(TEXTS.size());
        samples.add(scorer.sample());
        return scores;
    }

    private Dataset<Row> documents() {
        List<Row> rows = new ArrayList<>();
        for (String text : TEXTS) {
            rows.add(RowFactory.create(
                    "source", "d" + rows.size(), text, null, Map.of("url", "u" + rows.size()), "file", 0L));
        }
        return spark.createDataFrame(rows, Documents.SCHEMA).repartition(3);
    }
}
