package dev.stillhouse.student;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.stillhouse.datasets.quality.Classification;
import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.SoftLabels;
import dev.stillhouse.student.StudentConfig.Kind;
import dev.stillhouse.udfs.errors.DataException;
import dev.stillhouse.udfs.student.StudentKernel;
import dev.stillhouse.udfs.student.StudentModel;
import dev.stillhouse.udfs.testing.SharedSpark;
import dev.stillhouse.udfs.text.TextNormalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StudentTrainerTest {
    private static final EpochListener NO_LISTENER = (epoch, most, loss, agreement) -> {};
    private static final List<String> LABELS = List.of("animal", "food", "place");
    private static final String[][] TOPIC_WORDS = {
        {"cat", "dog", "horse", "wolf", "otter"},
        {"bread", "soup", "cheese", "apple", "pasta"},
        {"city", "river", "village", "harbour", "valley"}
    };
    private static final String[] FILLERS = {"a", "kind", "of", "that", "is", "very", "old", "small", "near", "with"};
    private static final StructType SCHEMA = new StructType()
            .add(Curated.SOURCE, DataTypes.StringType)
            .add(Curated.ID, DataTypes.StringType)
            .add(Curated.TEXT, DataTypes.StringType)
            .add(Curated.TEXT_HASH, DataTypes.StringType)
            .add(Curated.LABEL, DataTypes.StringType)
            .add(SoftLabels.GOLD, DataTypes.BooleanType)
            .add(SoftLabels.REPRESENTATIVE, DataTypes.BooleanType)
            .add(SoftLabels.PROBABILITIES, DataTypes.createArrayType(DataTypes.FloatType));

    @ParameterizedTest
    @ValueSource(ints = {2, 8})
    void partitioningDoesNotChangeTheStudent(int partitions) {
        Candidate one =
                trainer(StudentConfig.Characters.AUTO).train(learning(900).repartition(1));
        Candidate several =
                trainer(StudentConfig.Characters.AUTO).train(learning(900).repartition(partitions));
        assertThat(several.variants()).isEqualTo(one.variants());
        assertThat(several.select()).isEqualTo(one.select());
        assertThat(several.int8().temperature()).isEqualTo(one.int8().temperature());
        assertThat(several.fp32().words().keys())
                .containsExactly(one.fp32().words().keys());
        assertThat(values(several.fp32().words()))
                .containsExactly(values(one.fp32().words()));
        assertThat(values(several.fp32().characters()))
                .containsExactly(values(one.fp32().characters()));
    }

    @Test
    void studentFindsTheTopicsOfTextsItHasNotSeen() {
        Candidate result = trainer(StudentConfig.Characters.OFF).train(learning(900));
        List<Row> unseen = rows(300, 77);
        assertThat(accuracy(result.int8(), unseen)).isGreaterThan(0.95);
        assertThat(accuracy(result.fp32(), unseen)).isCloseTo(accuracy(result.int8(), unseen), within(0.01));
    }

    @Test
    void partsAreCountedAndCoverAllRows() {
        Training.Counts rows =
                trainer(StudentConfig.Characters.OFF).open(learning(900)).rows();
        assertThat(rows.fit() + rows.select()).isEqualTo(900);
        assertThat(rows.select()).isBetween(150L, 250L);
    }

    @Test
    void autoTriesBothVariantsAndChoosesTheOneWithTheLeastLoss() {
        Candidate result = trainer(StudentConfig.Characters.AUTO).train(learning(900));
        assertThat(result.variants())
                .hasSize(2)
                .filteredOn(Candidate.Variant::chosen)
                .singleElement()
                .satisfies(chosen -> {
                    assertThat(chosen.name()).isEqualTo(result.variant().name());
                    assertThat(result.variants()).allSatisfy(variant -> assertThat(chosen.selectLoss())
                            .isLessThanOrEqualTo(variant.selectLoss()));
                });
    }

    @Test
    void baselineKnowsOnlyWordsOfGoldRows() {
        StudentModel baseline = trainer(StudentConfig.Characters.OFF).baseline(learning(900), Kind.LEXICAL);
        assertThat(baseline.words().keys()).doesNotContain("poolonly");
        assertThat(trainer(StudentConfig.Characters.OFF)
                        .train(learning(900))
                        .fp32()
                        .words()
                        .keys())
                .contains("poolonly");
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"STATIC", "HYBRID"})
    void studentsWithVectorsFindTheTopicsToo(StudentConfig.Kind kind) {
        Candidate student =
                trainer(StudentConfig.Characters.OFF).open(learning(900)).train(kind, NO_LISTENER);
        assertThat(accuracy(student.int8(), rows(300, 77))).isGreaterThan(0.95);
        assertThat(student.int8().vectors().dimensions()).isEqualTo(16);
        assertThat(student.int8().words().isEmpty()).isEqualTo(kind == Kind.STATIC);
        assertThat(student.kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5})
    void partitioningDoesNotChangeVectors(int partitions) {
        Training one = trainer(StudentConfig.Characters.OFF).open(learning(600).repartition(3));
        Training other =
                trainer(StudentConfig.Characters.OFF).open(learning(600).repartition(partitions));
        Candidate expected = one.train(Kind.HYBRID, NO_LISTENER);
        Candidate student = other.train(Kind.HYBRID, NO_LISTENER);
        assertThat(values(student.fp32().vectors().entries()))
                .containsExactly(values(expected.fp32().vectors().entries()));
        assertThat(student.fp32().vectors().projection())
                .containsExactly(expected.fp32().vectors().projection());
    }

    @Test
    void figuresOfTheSelectPartSayWhatTheStudentKeeps() {
        Candidate student =
                trainer(StudentConfig.Characters.OFF).open(learning(900)).train(Kind.HYBRID, NO_LISTENER);
        assertThat(student.select().agreement()).isGreaterThan(0.95);
        assertThat(student.select().retained()).isBetween(0.95, 1.0);
        assertThat(student.select().figures().get("accuracy")).isBetween(0.75, 0.9);
        assertThat(student.select().retainedError()).isBetween(0.0, 0.05);
    }

    @Test
    void equalProbabilitiesAreRefused() {
        Dataset<Row> same = learning(300)
                .withColumn(SoftLabels.PROBABILITIES, functions.expr("array(float(0.5), float(0.3), float(0.2))"))
                .withColumn(Curated.LABEL, functions.lit(null).cast("string"))
                .withColumn(SoftLabels.GOLD, functions.lit(false));
        assertThatThrownBy(() -> trainer(StudentConfig.Characters.OFF).train(same))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("same probabilities");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "array(float('NaN'), float(0.3), float(0.2))",
                "array(float(1.5), float(-0.3), float(-0.2))",
                "array(float(0.5), float(0.5))",
                "array(float(0.5), float(0.3), float(0.1))"
            })
    void probabilitiesThatAreNoneAreRefused(String probabilities) {
        Dataset<Row> broken = learning(300)
                .withColumn(
                        SoftLabels.PROBABILITIES,
                        functions.expr("if(id = '7', " + probabilities + ", " + SoftLabels.PROBABILITIES + ")"));
        assertThatThrownBy(() -> trainer(StudentConfig.Characters.OFF).train(broken))
                .hasStackTraceContaining("Cannot train on probabilities");
    }

    @Test
    void copiesOfADocumentCountOnce() {
        Dataset<Row> annotated = learning(900)
                .withColumn(
                        Curated.DUPLICATE_REASON, functions.expr("if(text like 'poolonly%', 'near_duplicate', null)"));
        Candidate student = trainer(StudentConfig.Characters.OFF).train(annotated);
        assertThat(student.fp32().words().keys()).contains("cat").doesNotContain("poolonly");
    }

    @Test
    void emptyVocabularyIsRefused() {
        Dataset<Row> wordless = learning(300).withColumn(Curated.TEXT, functions.lit("... !!!"));
        assertThatThrownBy(() -> trainer(StudentConfig.Characters.OFF).train(wordless))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("vocabulary is empty")
                .hasMessageContaining("student.min_documents");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1_001, 100_000})
    void numbersOfLabelsThatNoStudentHasAreRefused(int labels) {
        List<String> names =
                IntStream.range(0, labels).mapToObj(Integer::toString).toList();
        StudentConfig config = config(StudentConfig.Characters.OFF);
        assertThatThrownBy(() -> new StudentTrainer(config, Goal.oneOf(names), 1, Optional.empty()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("student of " + labels + " labels (must be 2 to 1000)");
    }

    @Test
    void tooFewRowsAreRefusedWithARemedy() {
        assertThatThrownBy(() -> trainer(StudentConfig.Characters.OFF).train(learning(1)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("Cannot train a student: 1 documents")
                .hasMessageContaining("student.pool");
    }

    @ParameterizedTest
    @EnumSource(
            value = Distillation.By.class,
            names = {"PROGRESSIVE", "SELF"})
    void aCoachedStudentIsTriedBesideTheOneWithoutAndTheBetterIsKept(Distillation.By by) {
        Candidate student =
                coached(new Distillation(by, 0.5, 1, 0), 0).open(learning(600)).train(Kind.LEXICAL, NO_LISTENER);
        assertThat(student.variants())
                .extracting(Candidate.Variant::name)
                .containsExactly(
                        "words", "words, taught by " + (by == Distillation.By.SELF ? "itself" : "static") + " too");
        assertThat(student.variants())
                .allSatisfy(variant ->
                        assertThat(student.variant().selectLoss()).isLessThanOrEqualTo(variant.selectLoss()));
    }

    @Test
    void aKindThatHasTaughtIsNotTrainedAgain() {
        AtomicInteger passes = new AtomicInteger();
        Training training = coached(new Distillation(Distillation.By.PROGRESSIVE, 0.5, 1, 0), 0)
                .open(learning(600));
        training.train(Kind.LEXICAL, NO_LISTENER);
        training.train(Kind.STATIC, (epoch, most, loss, agreement) -> passes.incrementAndGet());
        assertThat(passes).hasValue(0);
    }

    @Test
    void aLearningCurveBeginsWithTheFewestDocuments() {
        Training training = coached(Distillation.DIRECT, 2).open(learning(900));
        List<Training.CurvePoint> curve = training.curve(Kind.LEXICAL, NO_LISTENER);
        assertThat(curve).hasSize(2);
        assertThat(curve.get(0).documents())
                .isLessThan(curve.get(1).documents())
                .isGreaterThan(training.rows().fit() / 3);
        assertThat(curve.get(1).documents()).isLessThan(training.rows().fit());
        assertThat(curve.get(0).select().documents())
                .isEqualTo(curve.get(1).select().documents());
    }

    @Test
    void whatIsCoachedIsTheMeanOfCoachAndTeacher() {
        StudentModel coach =
                trainer(StudentConfig.Characters.OFF).train(learning(600)).fp32();
        Row given = rows(1, 3).get(0);
        float[] said = new StudentKernel(coach).probabilities(given.getString(2));
        List<?> teacher = (List<?>) given.get(7);
        Row taught = Relabelling.relabelled(SharedSpark.session().createDataFrame(List.of(given), SCHEMA), coach, 0.25)
                .head();
        for (int label = 0; label < said.length; label++) {
            assertThat(taught.<Float>getList(7).get(label))
                    .isCloseTo(0.25f * said[label] + 0.75f * (Float) teacher.get(label), within(1e-6f));
        }
        assertThat(taught.getString(2)).isEqualTo(given.getString(2));
    }

    private static StudentTrainer trainer(StudentConfig.Characters characters) {
        return new StudentTrainer(config(characters), Goal.oneOf(LABELS), 4, Optional.of(new LetterVectors()));
    }

    private static StudentTrainer coached(Distillation distillation, int learningCurve) {
        StudentConfig config = config(StudentConfig.Characters.OFF, distillation, learningCurve);
        return new StudentTrainer(config, Goal.oneOf(LABELS), 4, Optional.of(new LetterVectors()));
    }

    private static StudentConfig config(StudentConfig.Characters characters) {
        return config(characters, Distillation.DIRECT, 0);
    }

    private static StudentConfig config(
            StudentConfig.Characters characters, Distillation distillation, int learningCurve) {
        return new StudentConfig(
                Kind.AUTO,
                Optional.empty(),
                StudentConfig.Labels.SOFT_AND_GOLD,
                StudentConfig.Targets.none(),
                2,
                characters,
                2,
                10_000,
                16,
                1_000,
                8,
                0.7,
                distillation,
                StudentConfig.Calibration.TEMPERATURE,
                learningCurve,
                Map.of());
    }

    private static Dataset<Row> learning(int documents) {
        return SharedSpark.session().createDataFrame(rows(documents, 7), SCHEMA);
    }

    /** Every third row gold; the others have a word that no gold row has. */
    private static List<Row> rows(int documents, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Row> rows = new ArrayList<>();
        for (int document = 0; document < documents; document++) {
            int topic = random.nextInt(LABELS.size());
            boolean gold = document % 3 == 0;
            StringBuilder text = new StringBuilder(gold ? "" : "poolonly ");
            for (int word = 0; word < 8; word++) {
                boolean filler = word % 3 != 0;
                String[] words = filler ? FILLERS : TOPIC_WORDS[topic];
                text.append(words[random.nextInt(words.length)]).append(' ');
            }
            List<Float> probabilities = new ArrayList<>();
            for (int label = 0; label < LABELS.size(); label++) {
                probabilities.add(label == topic ? 0.8f : 0.1f);
            }
            String content = text.toString().trim();
            rows.add(RowFactory.create(
                    "made",
                    Integer.toString(document),
                    content,
                    TextNormalizer.md5(content + document),
                    gold ? LABELS.get(topic) : null,
                    gold,
                    true,
                    probabilities));
        }
        return rows;
    }

    private static double accuracy(StudentModel model, List<Row> rows) {
        float[][] probabilities = new StudentKernel(model)
                .probabilities(rows.stream().map(row -> row.getString(2)).toList());
        int[] predicted = Classification.argmax(probabilities);
        int[] topics = rows.stream()
                .mapToInt(row -> ((List<?>) row.get(7)).indexOf(0.8f))
                .toArray();
        return Classification.agreement(predicted, topics);
    }

    private static float[] values(StudentModel.Block block) {
        return ((StudentModel.Float32) block.weights()).values();
    }

    /** Vectors that say which letters a word has. */
    private static final class LetterVectors implements VectorSource {
        @Override
        public List<String> words() {
            return List.of("unseen", "not folded", "Upper");
        }

        @Override
        public float[][] vectors(List<String> words) {
            float[][] vectors = new float[words.size()][26];
            for (int i = 0; i < vectors.length; i++) {
                for (char letter : words.get(i).toCharArray()) {
                    vectors[i][letter - 'a'] += 1f / words.get(i).length();
                }
            }
            return vectors;
        }
    }
}
