package dev.stillhouse.student;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stillhouse.datasets.schema.CrossFitted;
import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.SoftLabels;
import dev.stillhouse.student.StudentConfig.Kind;
import dev.stillhouse.udfs.student.StudentKernel;
import dev.stillhouse.udfs.student.StudentModel;
import dev.stillhouse.udfs.testing.Records;
import dev.stillhouse.udfs.testing.SharedSpark;
import dev.stillhouse.udfs.text.TextNormalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** A teacher that is sure of 0.9 where gold agrees with it for 0.7 of the documents only: it has learned its gold rows by heart. */
class CrossFittingTest {
    private static final List<String> LABELS = List.of("no", "yes");
    private static final String[][] WORDS = {{"dull", "stale", "weak", "grey"}, {"bright", "fresh", "strong", "new"}};
    private static final String[] FILLERS = {"a", "kind", "of", "that", "is", "very", "old", "small", "near", "with"};
    private static final double RIGHT = 0.7;
    private static final StructType SCHEMA = TopicDocuments.SCHEMA
            .add(CrossFitted.FOLD, DataTypes.IntegerType)
            .add(
                    CrossFitted.FOLD_PROBABILITIES,
                    DataTypes.createArrayType(DataTypes.createArrayType(DataTypes.FloatType, false), false));

    @Test
    void aStudentIsAsSureAsUnseenGoldAllows() {
        Training training = training(learning());
        Candidate believing = training.train(Kind.LEXICAL, EpochListener.NONE);

        Candidate student = training.crossFitted(believing);

        assertThat(confidence(student.int8())).isCloseTo(RIGHT, within(0.05));
        assertThat(confidence(student.fp32())).isCloseTo(RIGHT, within(0.05));
        assertThat(confidence(believing.int8())).isGreaterThan(RIGHT + 0.08);
    }

    @Test
    void partitioningDoesNotChangeHowSureItIs() {
        assertThat(temperature(learning().repartition(7)))
                .isEqualTo(temperature(learning().coalesce(1)));
    }

    @Test
    void whatAFoldsGoldSaysDoesNotReachItsStudent() {
        Column isFirst = col(SoftLabels.GOLD).and(col(CrossFitted.FOLD).equalTo(0));
        Column other = when(col(Curated.LABEL).equalTo("no"), "yes").otherwise("no");
        Dataset<Row> flipped =
                learning().withColumn(Curated.LABEL, when(isFirst, other).otherwise(col(Curated.LABEL)));

        List<UnseenGold.Row> one = unseen(learning(), StudentConfig.Labels.SOFT_AND_GOLD);
        List<UnseenGold.Row> two = unseen(flipped, StudentConfig.Labels.SOFT_AND_GOLD);

        int first = (int) learning().where(isFirst).count();
        for (int row = 0; row < first; row++) {
            assertThat(two.get(row).student().logits())
                    .containsExactly(one.get(row).student().logits());
            assertThat(two.get(row).student().target())
                    .isNotEqualTo(one.get(row).student().target());
        }
        // The students of other folds have learned those labels.
        assertThat(two.get(first).student().logits())
                .isNotEqualTo(one.get(first).student().logits());
    }

    @Test
    void aLabelThatOtherFoldsDoNotHaveIsNotAskedAbout() {
        Column isRare = col(CrossFitted.FOLD).equalTo(0).and(col(Curated.LABEL).equalTo("yes"));
        Dataset<Row> rare = learning()
                .withColumn(
                        Curated.LABEL,
                        when(isRare.or(col(Curated.LABEL).isNull()), col(Curated.LABEL))
                                .otherwise("no"));
        assertThat(unseen(rare, StudentConfig.Labels.SOFT))
                .hasSize(500 - (int) rare.where(isRare).count());
    }

    @Test
    void withoutRowsThatAreNotGoldNothingIsAsked() {
        assertThat(unseen(learning().where(col(SoftLabels.GOLD)), StudentConfig.Labels.GOLD))
                .isEmpty();
    }

    @Test
    void withoutSuchTeachersTheSelectPartDecides() {
        Training training = training(learning().drop(CrossFitted.FOLD, CrossFitted.FOLD_PROBABILITIES));
        Candidate believing = training.train(Kind.LEXICAL, EpochListener.NONE);
        assertThat(training.crossFitted(believing).int8().temperature())
                .isEqualTo(believing.int8().temperature());
    }

    private static float temperature(Dataset<Row> learning) {
        Training training = training(learning);
        return training.crossFitted(training.train(Kind.LEXICAL, EpochListener.NONE))
                .int8()
                .temperature();
    }

    private static List<UnseenGold.Row> unseen(Dataset<Row> learning, StudentConfig.Labels labels) {
        Training training = training(learning, labels);
        training.train(Kind.LEXICAL, EpochListener.NONE);
        return training.unseen(Kind.LEXICAL).rows();
    }

    private static Training training(Dataset<Row> learning) {
        return training(learning, StudentConfig.Labels.SOFT);
    }

    private static Training training(Dataset<Row> learning, StudentConfig.Labels labels) {
        StudentConfig config = Records.with(TopicDocuments.config(StudentConfig.Characters.OFF), "labels", labels);
        return new StudentTrainer(config, Goal.oneOf(LABELS), 4, Optional.empty()).open(learning);
    }

    /** A third gold; the teacher has learned their labels by heart, each fold's those of the other folds. */
    private static Dataset<Row> learning() {
        SplittableRandom random = new SplittableRandom(7);
        List<Row> rows = new ArrayList<>();
        for (int document = 0; document < 1_500; document++) {
            int topic = random.nextInt(2);
            String text = text(topic, random);
            int number = document;
            boolean isGold = document % 3 == 0;
            int label = random.nextDouble() < RIGHT ? topic : 1 - topic;
            rows.add(RowFactory.create(
                    "made",
                    Integer.toString(document),
                    text,
                    TextNormalizer.md5(text + document),
                    isGold ? LABELS.get(label) : null,
                    isGold,
                    true,
                    sure(isGold ? label : topic),
                    document / 3 % 3,
                    IntStream.range(0, 3)
                            .mapToObj(fold -> sure(isGold && fold != number / 3 % 3 ? label : topic))
                            .toList()));
        }
        return SharedSpark.session().createDataFrame(rows, SCHEMA);
    }

    private static List<Float> sure(int label) {
        return label == 0 ? List.of(0.9f, 0.1f) : List.of(0.1f, 0.9f);
    }

    private static String text(int topic, SplittableRandom random) {
        return IntStream.range(0, 9)
                .mapToObj(place -> place % 3 == 0 ? WORDS[topic] : FILLERS)
                .map(words -> words[random.nextInt(words.length)])
                .collect(Collectors.joining(" "));
    }

    /** Mean of the greater probability over texts that are not learned from. */
    private static double confidence(StudentModel model) {
        StudentKernel kernel = new StudentKernel(model);
        SplittableRandom random = new SplittableRandom(8);
        return IntStream.range(0, 200)
                .mapToObj(document -> kernel.probabilities(text(document % 2, random)))
                .mapToDouble(said -> Math.max(said[0], said[1]))
                .average()
                .orElseThrow();
    }
}
