package dev.stillhouse.student;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.SoftLabels;
import dev.stillhouse.udfs.errors.DataException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no student can be trained on. */
class StudentTrainerRefusalsTest {
    @Test
    void equalProbabilitiesAreRefused() {
        Dataset<Row> same = TopicDocuments.learning(300)
                .withColumn(SoftLabels.PROBABILITIES, functions.expr("array(float(0.5), float(0.3), float(0.2))"))
                .withColumn(Curated.LABEL, functions.lit(null).cast("string"))
                .withColumn(SoftLabels.GOLD, functions.lit(false));
        assertThatThrownBy(() ->
                        TopicDocuments.trainer(StudentConfig.Characters.OFF).train(same))
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
        Dataset<Row> broken = TopicDocuments.learning(300)
                .withColumn(
                        SoftLabels.PROBABILITIES,
                        functions.expr("if(id = '7', " + probabilities + ", " + SoftLabels.PROBABILITIES + ")"));
        assertThatThrownBy(() ->
                        TopicDocuments.trainer(StudentConfig.Characters.OFF).train(broken))
                .hasStackTraceContaining("Cannot train on probabilities");
    }

    @Test
    void emptyVocabularyIsRefused() {
        Dataset<Row> wordless = TopicDocuments.learning(300).withColumn(Curated.TEXT, functions.lit("... !!!"));
        assertThatThrownBy(() ->
                        TopicDocuments.trainer(StudentConfig.Characters.OFF).train(wordless))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("vocabulary is empty")
                .hasMessageContaining("student.min_documents");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1_001, 100_000})
    void numbersOfLabelsThatNoStudentHasAreRefused(int labels) {
        List<String> names =
                IntStream.range(0, labels).mapToObj(Integer::toString).toList();
        StudentConfig config = TopicDocuments.config(StudentConfig.Characters.OFF);
        assertThatThrownBy(() -> new StudentTrainer(config, Goal.oneOf(names), 1, Optional.empty()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("student of " + labels + " labels (must be 2 to 1000)");
    }

    @Test
    void tooFewRowsAreRefusedWithARemedy() {
        assertThatThrownBy(() ->
                        TopicDocuments.trainer(StudentConfig.Characters.OFF).train(TopicDocuments.learning(1)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("Cannot train a student: 1 documents")
                .hasMessageContaining("student.pool");
    }
}
