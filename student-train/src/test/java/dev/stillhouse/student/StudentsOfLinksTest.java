package dev.stillhouse.student;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.SoftLabels;
import dev.stillhouse.student.StudentConfig.Kind;
import dev.stillhouse.udfs.Decision;
import dev.stillhouse.udfs.Link;
import dev.stillhouse.udfs.student.StudentKernel;
import dev.stillhouse.udfs.student.StudentModel;
import dev.stillhouse.udfs.testing.SharedSpark;
import dev.stillhouse.udfs.text.TextNormalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Students with vectors that give any number of labels, or a score. */
class StudentsOfLinksTest {
    private static final String[] WET = {"ship", "sail", "anchor", "harbour"};
    private static final String[] DRY = {"desk", "paper", "window", "garden"};
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
    @CsvSource({"LOGISTIC, STATIC", "LOGISTIC, HYBRID", "IDENTITY, STATIC", "IDENTITY, HYBRID"})
    void studentsWithVectorsTellWetFromDryWhateverThePartitions(Link link, Kind kind) {
        StudentModel one = student(link, kind, 1);
        StudentModel four = student(link, kind, 4);
        assertThat(four.vectors().projection()).containsExactly(one.vectors().projection());
        assertThat(values(four.vectors().entries()))
                .containsExactly(values(one.vectors().entries()));
        assertThat(values(four.words())).containsExactly(values(one.words()));
        assertThat(four.decision()).isEqualTo(one.decision());

        StudentKernel kernel = new StudentKernel(one);
        float wet = kernel.probabilities("a ship with a sail")[0];
        float dry = kernel.probabilities("a desk with a window")[0];
        float middle = link == Link.IDENTITY ? 1 : one.decision().limits(one.labels())[0];
        assertThat(wet).isGreaterThan(middle);
        assertThat(dry).isLessThan(middle);
        assertThat(one.words().isEmpty()).isEqualTo(kind == Kind.STATIC);
    }

    private static StudentModel student(Link link, Kind kind, int partitions) {
        Goal goal = new Goal(link == Link.IDENTITY ? List.of("score") : List.of("wet", "long"), Decision.by(link));
        return new StudentTrainer(config(), goal, 4, Optional.of(new LetterVectors()))
                .open(rows(link).repartition(partitions))
                .train(kind, (epoch, most, loss, agreement) -> {})
                .fp32();
    }

    /** Words of one kind or the other, or two of each; what is gold says so too. */
    private static Dataset<Row> rows(Link link) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            int wet = i % 3;
            String text = "a " + (wet > 0 ? WET : DRY)[i / 3 % 4] + " with a " + (wet > 1 ? WET : DRY)[i / 12 % 4]
                    + (i % 2 == 0 ? " and more" : "");
            List<Float> outputs = link == Link.IDENTITY
                    ? List.of((float) wet)
                    : List.of(wet > 1 ? 0.9f : 0.1f, i % 2 == 0 ? 0.8f : 0.2f);
            String label = link == Link.IDENTITY ? Integer.toString(wet) : wet > 1 ? "[\"wet\"]" : "[]";
            rows.add(RowFactory.create(
                    "made",
                    Integer.toString(i),
                    text,
                    TextNormalizer.md5(text + i),
                    i % 3 == 0 ? null : label,
                    i % 3 != 0,
                    true,
                    outputs));
        }
        return SharedSpark.session().createDataFrame(rows, SCHEMA);
    }

    private static StudentConfig config() {
        return new StudentConfig(
                Kind.AUTO,
                Optional.empty(),
                StudentConfig.Labels.SOFT_AND_GOLD,
                StudentConfig.Targets.none(),
                1,
                StudentConfig.Characters.OFF,
                2,
                1_000,
                16,
                1_000,
                12,
                0.3,
                Distillation.DIRECT,
                StudentConfig.Calibration.TEMPERATURE,
                0,
                Map.of());
    }

    private static float[] values(StudentModel.Block block) {
        return ((StudentModel.Float32) block.weights()).values();
    }

    /** Vectors that say which letters a word has. */
    private static final class LetterVectors implements VectorSource {
        @Override
        public List<String> words() {
            return List.of();
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
