package dev.stillhouse.student;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stillhouse.datasets.schema.CrossFitted;
import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.SoftLabels;
import dev.stillhouse.student.StudentConfig.Kind;
import dev.stillhouse.udfs.testing.Records;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Every document has its gold label; a word tells it, and a teacher that calls every other document food. */
class AllGoldTest {
    private static final Column IS_MISTAKEN =
            pmod(col(Curated.ID).cast("int"), lit(2)).equalTo(0);
    private static final Column FOOD = array(lit(0.05f), lit(0.9f), lit(0.05f));

    @Test
    void goldLabelsAloneAreChosenWhereTheTeacherKnowsLess() {
        Candidate student = train(mistaken(), config(Optional.empty()));

        assertThat(student.variants())
                .extracting(Candidate.Variant::name)
                .containsExactly("words", "words, gold labels alone");
        assertThat(student.variants().get(1).chosen()).isTrue();
    }

    @Test
    void aWeightThatTheTaskGivesIsTheOnlyOne() {
        assertThat(train(mistaken(), config(Optional.of(0.7))).variants())
                .extracting(Candidate.Variant::name)
                .containsExactly("words");
    }

    @Test
    void theNextKindIsTrainedWithTheWeightThatIsBest() {
        Training training = training(mistaken(), config(Optional.empty()));
        training.train(Kind.LEXICAL, EpochListener.NONE);

        assertThat(training.train(Kind.STATIC, EpochListener.NONE).variants())
                .extracting(Candidate.Variant::name)
                .containsExactly("tuned vectors, gold labels alone");
    }

    @Test
    void goldSaysWhatIsRetained() {
        SelectFigures select = train(mistaken(), config(Optional.empty())).select();

        // The student is right; half the documents are called food, of which a third are.
        assertThat(select.figures().get(SelectFigures.ACCURACY)).isCloseTo(1, within(0.02));
        assertThat(select.agreement()).isCloseTo(2 / 3.0, within(0.12));
        assertThat(select.retained()).isCloseTo(1 / select.agreement(), within(0.05));
    }

    @Test
    void aTeacherThatIsAlwaysWrongLeavesNothingToRetain() {
        Column none = lit(0.1f);
        Column animal = col(Curated.LABEL).equalTo("animal");
        Column wrong = when(animal, array(none, lit(0.8f), none)).otherwise(array(lit(0.8f), none, none));
        SelectFigures select = train(all().withColumn(SoftLabels.PROBABILITIES, wrong), config(Optional.empty()))
                .select();

        assertThat(select.retained()).isZero();
        assertThat(select.retainedError()).isZero();
    }

    @Test
    void whatTheTeacherSaysOfGoldIsThatOfTheFoldThatHadNotSeenIt() {
        Dataset<Row> known = all().withColumn(
                        CrossFitted.FOLD,
                        when(IS_MISTAKEN, lit(1)).otherwise(lit(null).cast("int")))
                .withColumn(CrossFitted.FOLD_PROBABILITIES, array(col(SoftLabels.PROBABILITIES), FOOD, array(lit(1f))));

        LearningParts parts = LearningParts.cut(known);

        assertThat(parts.allGold()).isTrue();
        assertThat(parts.fitDF()
                        .where(IS_MISTAKEN.and(col(SoftLabels.PROBABILITIES).notEqual(FOOD)))
                        .count())
                .isZero();
        assertThat(parts.fitDF().where(IS_MISTAKEN).count()).isPositive();
        assertThat(parts.fitDF()
                        .where(col(CrossFitted.FOLD).isNull())
                        .where(col(SoftLabels.PROBABILITIES).equalTo(FOOD))
                        .count())
                .isZero();
    }

    @Test
    void aRowWithoutGoldLeavesTheTeacherAsItIs() {
        Dataset<Row> some = TopicDocuments.learning(600)
                .withColumn(CrossFitted.FOLD, lit(0))
                .withColumn(CrossFitted.FOLD_PROBABILITIES, array(FOOD));

        LearningParts parts = LearningParts.cut(some);

        assertThat(parts.allGold()).isFalse();
        assertThat(parts.fitDF()
                        .where(col(SoftLabels.PROBABILITIES).equalTo(FOOD))
                        .count())
                .isZero();
    }

    private static Dataset<Row> all() {
        return TopicDocuments.learning(1_800).where(col(SoftLabels.GOLD));
    }

    private static Dataset<Row> mistaken() {
        return all().withColumn(
                        SoftLabels.PROBABILITIES, when(IS_MISTAKEN, FOOD).otherwise(col(SoftLabels.PROBABILITIES)));
    }

    private static StudentConfig config(Optional<Double> goldWeight) {
        return Records.with(TopicDocuments.config(StudentConfig.Characters.OFF), "goldWeight", goldWeight);
    }

    private static Candidate train(Dataset<Row> rowsDF, StudentConfig config) {
        return training(rowsDF, config).train(Kind.LEXICAL, EpochListener.NONE);
    }

    private static Training training(Dataset<Row> rowsDF, StudentConfig config) {
        return new StudentTrainer(
                        config,
                        Goal.oneOf(TopicDocuments.LABELS),
                        4,
                        Optional.of(new LetterVectors("unseen", "not folded", "Upper")))
                .open(rowsDF);
    }
}
