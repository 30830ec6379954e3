package dev.stillhouse.teacher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillhouse.datasets.schema.ModelOutputs;
import dev.stillhouse.teacher.Teacher.Member;
import dev.stillhouse.teacher.outputs.InferenceMeter;
import dev.stillhouse.teacher.outputs.Outputs;
import dev.stillhouse.udfs.onnx.Entailment;
import dev.stillhouse.udfs.testing.SharedSpark;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.Test;

class PublishedTeacherTest {
    private static final Head HEAD = new Head(List.of("x", "y"), new float[][] {{1, 0}, {0, 1}}, new float[2], 1);
    private static final Member MEMBER =
            new Member("embedding-head", "models/a", "fp32", 8, 1, Entailment.NONE, "abc", "C = 3");

    /**
     * Counts so many texts at each filling.
     *
     * @param metered what the meter has by then
     */
    private record Counting(int texts, long left, List<Long> metered) implements Outputs {
        @Override
        public Result fill(List<Dataset<Row>> documents, String segment, InferenceMeter meter) {
            for (int i = 0; i < texts; i++) {
                meter.addAnswer(1, 0);
            }
            metered.add(meter.texts());
            return new Result(0, texts, left);
        }

        @Override
        public Need need(List<Dataset<Row>> documents) {
            return new Need(0, 0, 0, List.of());
        }

        @Override
        public Dataset<Row> read() {
            return SharedSpark.session().createDataFrame(List.of(), ModelOutputs.SCHEMA);
        }
    }

    @Test
    void membersAreMeteredEachByItselfAndTheMostThatOneLeftIsTold() {
        Counting one = new Counting(3, 7, new ArrayList<>());
        Counting other = new Counting(40, 5, new ArrayList<>());
        PublishedTeacher teacher = new PublishedTeacher(
                new Teacher(
                        "ensemble", List.of(MEMBER, MEMBER), new Mixture(List.of(HEAD, HEAD), List.of(1.0, 1.0), 1)),
                List.of(),
                List.of(one, other));
        SparkContext spark = SharedSpark.session().sparkContext();
        LongAccumulator rows = spark.longAccumulator();
        List<InferenceMeter> meters = Stream.generate(() -> new InferenceMeter(spark, rows))
                .limit(teacher.members())
                .toList();

        assertThat(teacher.fill(one.read(), "first", meters)).isEqualTo(7);
        teacher.fill(one.read(), "second", meters);

        assertThat(one.metered()).containsExactly(3L, 6L);
        assertThat(other.metered()).containsExactly(40L, 80L);
        assertThat(rows.sum()).isEqualTo(86);
    }
}
