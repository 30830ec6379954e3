package dev.stillhouse.student;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stillhouse.datasets.quality.Classification;
import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.SoftLabels;
import dev.stillhouse.student.StudentConfig.Kind;
import dev.stillhouse.udfs.student.StudentKernel;
import dev.stillhouse.udfs.student.StudentModel;
import dev.stillhouse.udfs.testing.SharedSpark;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StudentTrainerTest {
    @ParameterizedTest
    @ValueSource(ints = {2, 8})
    void partitioningDoesNotChangeTheStudent(int partitions) {
        Candidate one = TopicDocuments.trainer(StudentConfig.Characters.AUTO)
                .train(TopicDocuments.learning(900).repartition(1));
        Candidate several = TopicDocuments.trainer(StudentConfig.Characters.AUTO)
                .train(TopicDocuments.learning(900).repartition(partitions));
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
        Candidate result = TopicDocuments.trainer(StudentConfig.Characters.OFF).train(TopicDocuments.learning(900));
        List<Row> unseen = TopicDocuments.rows(300, 77);
        assertThat(accuracy(result.int8(), unseen)).isGreaterThan(0.95);
        assertThat(accuracy(result.fp32(), unseen)).isCloseTo(accuracy(result.int8(), unseen), within(0.01));
    }

    /** Scales that n-grams have while they are learned are in the weights afterwards, and nowhere else. */
    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"LEXICAL", "HYBRID"})
    void aStudentIsJudgedByWhatItsKernelSays(Kind kind) {
        Dataset<Row> learningDF = TopicDocuments.learning(900);
        Candidate student = TopicDocuments.trainer(StudentConfig.Characters.ON)
                .open(learningDF)
                .train(kind, EpochListener.NONE);
        List<Row> soft = learningDF
                .where(StudentTrainer.selectPart(learningDF))
                .where(functions.not(functions.col(SoftLabels.GOLD)))
                .select(Curated.TEXT, SoftLabels.PROBABILITIES)
                .collectAsList();
        StudentKernel kernel = new StudentKernel(student.int8());

        double loss = soft.stream()
                .mapToDouble(row -> crossEntropy(kernel.probabilities(row.getString(0)), row.getList(1)))
                .average()
                .orElseThrow();

        assertThat(soft).hasSizeGreaterThan(Held.LEAST_SOFT);
        assertThat(student.select().loss()).isCloseTo(loss, within(1e-4));
    }

    private static double crossEntropy(float[] found, List<Float> wanted) {
        double sum = 0;
        for (int label = 0; label < found.length; label++) {
            sum -= wanted.get(label) * Math.log(found[label]);
        }
        return sum;
    }

    @Test
    void partsAreCountedAndCoverAllRows() {
        Training.Counts rows = TopicDocuments.trainer(StudentConfig.Characters.OFF)
                .open(TopicDocuments.learning(900))
                .rows();
        assertThat(rows.fit() + rows.select()).isEqualTo(900);
        assertThat(rows.select()).isBetween(150L, 250L);
    }

    @Test
    void autoTriesBothVariantsAndChoosesTheOneWithTheLeastLoss() {
        Candidate result = TopicDocuments.trainer(StudentConfig.Characters.AUTO).train(TopicDocuments.learning(900));
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
        StudentModel baseline = TopicDocuments.trainer(StudentConfig.Characters.OFF)
                .baseline(TopicDocuments.learning(900), Kind.LEXICAL);
        assertThat(baseline.words().keys()).doesNotContain("poolonly");
        assertThat(TopicDocuments.trainer(StudentConfig.Characters.OFF)
                        .train(TopicDocuments.learning(900))
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
        Candidate student = TopicDocuments.trainer(StudentConfig.Characters.OFF)
                .open(TopicDocuments.learning(900))
                .train(kind, EpochListener.NONE);
        assertThat(accuracy(student.int8(), TopicDocuments.rows(300, 77))).isGreaterThan(0.95);
        assertThat(student.int8().vectors().dimensions()).isEqualTo(16);
        assertThat(student.int8().words().isEmpty()).isEqualTo(kind == Kind.STATIC);
        assertThat(student.kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5})
    void partitioningDoesNotChangeVectors(int partitions) {
        Training one = TopicDocuments.trainer(StudentConfig.Characters.OFF)
                .open(TopicDocuments.learning(600).repartition(3));
        Training other = TopicDocuments.trainer(StudentConfig.Characters.OFF)
                .open(TopicDocuments.learning(600).repartition(partitions));
        Candidate expected = one.train(Kind.HYBRID, EpochListener.NONE);
        Candidate student = other.train(Kind.HYBRID, EpochListener.NONE);
        assertThat(values(student.fp32().vectors().entries()))
                .containsExactly(values(expected.fp32().vectors().entries()));
        assertThat(student.fp32().vectors().projection())
                .containsExactly(expected.fp32().vectors().projection());
    }

    @Test
    void figuresOfTheSelectPartSayWhatTheStudentKeeps() {
        Candidate student = TopicDocuments.trainer(StudentConfig.Characters.OFF)
                .open(TopicDocuments.learning(900))
                .train(Kind.HYBRID, EpochListener.NONE);
        assertThat(student.select().agreement()).isGreaterThan(0.95);
        assertThat(student.select().retained()).isBetween(0.95, 1.0);
        assertThat(student.select().figures().get("accuracy")).isBetween(0.75, 0.9);
        assertThat(student.select().retainedError()).isBetween(0.0, 0.05);
    }

    @Test
    void copiesOfADocumentCountOnce() {
        Dataset<Row> annotated = TopicDocuments.learning(900)
                .withColumn(
                        Curated.DUPLICATE_REASON, functions.expr("if(text like 'poolonly%', 'near_duplicate', null)"));
        Candidate student = TopicDocuments.trainer(StudentConfig.Characters.OFF).train(annotated);
        assertThat(student.fp32().words().keys()).contains("cat").doesNotContain("poolonly");
    }

    @ParameterizedTest
    @EnumSource(
            value = Distillation.By.class,
            names = {"PROGRESSIVE", "SELF"})
    void aCoachedStudentIsTriedBesideTheOneWithoutAndTheBetterIsKept(Distillation.By by) {
        Candidate student = TopicDocuments.coached(new Distillation(by, 0.5, 1, 0), 0)
                .open(TopicDocuments.learning(600))
                .train(Kind.LEXICAL, EpochListener.NONE);
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
        Training training = TopicDocuments.coached(new Distillation(Distillation.By.PROGRESSIVE, 0.5, 1, 0), 0)
                .open(TopicDocuments.learning(600));
        training.train(Kind.LEXICAL, EpochListener.NONE);
        training.train(Kind.STATIC, epoch -> passes.incrementAndGet());
        assertThat(passes).hasValue(0);
    }

    @Test
    void aLearningCurveBeginsWithTheFewestDocuments() {
        Training training = TopicDocuments.coached(Distillation.DIRECT, 2).open(TopicDocuments.learning(900));
        List<Training.CurvePoint> curve = training.curve(Kind.LEXICAL, EpochListener.NONE);
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
        StudentModel coach = TopicDocuments.trainer(StudentConfig.Characters.OFF)
                .train(TopicDocuments.learning(600))
                .fp32();
        Row given = TopicDocuments.rows(1, 3).get(0);
        float[] said = new StudentKernel(coach).probabilities(given.getString(2));
        List<?> teacher = (List<?>) given.get(7);
        Row taught = Relabelling.relabelled(
                        SharedSpark.session().createDataFrame(List.of(given), TopicDocuments.SCHEMA), coach, 0.25)
                .head();
        for (int label = 0; label < said.length; label++) {
            assertThat(taught.<Float>getList(7).get(label))
                    .isCloseTo(0.25f * said[label] + 0.75f * (Float) teacher.get(label), within(1e-6f));
        }
        assertThat(taught.getString(2)).isEqualTo(given.getString(2));
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
}
