package dev.stillhouse.student;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillhouse.student.StudentConfig.Kind;
import dev.stillhouse.udfs.Decision;
import dev.stillhouse.udfs.Link;
import dev.stillhouse.udfs.student.StudentKernel;
import dev.stillhouse.udfs.student.StudentModel;
import dev.stillhouse.udfs.testing.Records;
import dev.stillhouse.udfs.testing.SharedSpark;
import dev.stillhouse.udfs.text.TextNormalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Students with vectors that give any number of labels, or a score. */
class StudentsOfLinksTest {
    private static final String[] WET = {"ship", "sail", "anchor", "harbour"};
    private static final String[] DRY = {"desk", "paper", "window", "garden"};

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
                .train(kind, EpochListener.NONE)
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
        return SharedSpark.session().createDataFrame(rows, TopicDocuments.SCHEMA);
    }

    private static StudentConfig config() {
        StudentConfig config = TopicDocuments.config(StudentConfig.Characters.OFF);
        config = Records.with(config, "wordNgrams", 1);
        config = Records.with(config, "maxFeatures", 1_000);
        config = Records.with(config, "epochs", 12);
        return Records.with(config, "goldWeight", Optional.of(0.3));
    }

    private static float[] values(StudentModel.Block block) {
        return ((StudentModel.Float32) block.weights()).values();
    }
}
