package dev.stillhouse.student;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillhouse.datasets.quality.Classification;
import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.SoftLabels;
import dev.stillhouse.udfs.errors.DataException;
import dev.stillhouse.udfs.student.StudentKernel;
import dev.stillhouse.udfs.student.StudentModel;
import dev.stillhouse.udfs.testing.SharedSpark;
import dev.stillhouse.udfs.text.TextNormalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StudentTrainerTest {
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
        StudentTrainer.Result one =
                trainer(StudentConfig.Characters.AUTO).train(learning(900).repartition(1));
        StudentTrainer.Result several =
                trainer(StudentConfig.Characters.AUTO).train(learning(900).repartition(partitions));
        assertThat(several.variants()).isEqualTo(one.variants());
        assertThat(several.rows()).isEqualTo(one.rows());
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
        StudentTrainer.Result result = trainer(StudentConfig.Characters.OFF).train(learning(900));
        List<Row> unseen = rows(300, 77);
        assertThat(accuracy(result.int8(), unseen)).isGreaterThan(0.95);
        assertThat(accuracy(result.fp32(), unseen))
                .isCloseTo(accuracy(result.int8(), unseen), org.assertj.core.api.Assertions.within(0.01));
    }

    @Test
    void partsAreCountedAndCoverAllRows() {
        StudentTrainer.Result result = trainer(StudentConfig.Characters.OFF).train(learning(900));
        assertThat(result.rows().fit() + result.rows().select()).isEqualTo(900);
        assertThat(result.rows().select()).isBetween(150L, 250L);
    }

    @Test
    void autoTriesBothVariantsAndChoosesTheOneWithTheLeastLoss() {
        StudentTrainer.Result result = trainer(StudentConfig.Characters.AUTO).train(learning(900));
        assertThat(result.variants())
                .hasSize(2)
                .filteredOn(StudentTrainer.Variant::chosen)
                .singleElement()
                .satisfies(chosen -> {
                    assertThat(chosen.name()).isEqualTo(result.variant());
                    assertThat(result.variants()).allSatisfy(variant -> assertThat(chosen.selectLoss())
                            .isLessThanOrEqualTo(variant.selectLoss()));
                });
    }

    @Test
    void baselineKnowsOnlyWordsOfGoldRows() {
        StudentModel baseline = trainer(StudentConfig.Characters.OFF).baseline(learning(900));
        assertThat(baseline.words().keys()).doesNotContain("poolonly");
        assertThat(trainer(StudentConfig.Characters.OFF)
                        .train(learning(900))
                        .fp32()
                        .words()
                        .keys())
                .contains("poolonly");
    }

    @Test
    void tooFewRowsAreRefusedWithARemedy() {
        assertThatThrownBy(() -> trainer(StudentConfig.Characters.OFF).train(learning(1)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("Cannot train a student: 1 documents")
                .hasMessageContaining("student.pool");
    }

    private static StudentTrainer trainer(StudentConfig.Characters characters) {
        StudentConfig.Targets none = new StudentConfig.Targets(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return new StudentTrainer(
                new StudentConfig(StudentConfig.Kind.AUTO, Optional.empty(), none, 2, characters, 2, 10_000, 8, 0.7),
                LABELS,
                4);
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
}
