package dev.stillhouse.teacher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillhouse.datasets.schema.CrossFitted;
import dev.stillhouse.datasets.schema.ModelOutputs;
import dev.stillhouse.teacher.GoldSelection.GoldRow;
import dev.stillhouse.teacher.outputs.Vectors;
import dev.stillhouse.udfs.Link;
import dev.stillhouse.udfs.onnx.Entailment;
import dev.stillhouse.udfs.testing.SharedSpark;
import dev.stillhouse.udfs.text.TextNormalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class CrossFitterTest {
    private static final StructType KEYS =
            new StructType().add("id", "string").add("source", "string").add("text_hash", "string");

    private final List<GoldRow> gold = new ArrayList<>();
    private final List<Row> outputs = new ArrayList<>();

    @Test
    void theHeadOfAFoldHasNotSeenItsRows() {
        clusters(60);
        FittedHead fitted = fitted();
        assertThat(fitted.folds()).hasSize(CrossFitter.FOLDS);
        assertThat(fitted.unseen()).hasSize(60).allSatisfy(row -> {
            Head head = fitted.folds().get(CrossFitter.fold(row.row().textHash()));
            assertThat(head.logits(vector(row.row().id()))).containsExactly(row.logits());
            assertThat(head.temperature()).isEqualTo(fitted.head().temperature());
        });
        assertThat(teacher(fitted).folds())
                .extracting(mixture -> mixture.heads().get(0))
                .isEqualTo(fitted.folds());
    }

    @Test
    void goldRowsAndSomeOthersGetWhatEachFoldsTeacherSays() {
        clusters(60);
        FittedTeacher teacher = teacher(fitted());
        List<GoldRow> half = gold.subList(0, 20);

        List<Row> rows =
                new CrossFitter(teacher.folds(), 3).label(documents(), half).collectAsList();

        assertThat(rows).hasSize(60).extracting(row -> row.getString(0)).doesNotHaveDuplicates();
        assertThat(rows.get(0).schema().fieldNames()).isEqualTo(CrossFitted.SCHEMA.fieldNames());
        assertThat(rows).allSatisfy(row -> {
            float[] vector = vector(row.getString(0));
            assertThat(row.getInt(2)).isEqualTo(CrossFitter.fold(TextNormalizer.md5(row.getString(0))));
            assertThat(Vectors.rows(row, 3))
                    .isDeepEqualTo(teacher.folds().stream()
                            .map(fold -> fold.probabilities(new float[][] {vector}))
                            .toArray(float[][]::new));
        });
    }

    @Test
    void headsThatOweNothingToGoldHaveNoFolds() {
        clusters(12);
        assertThat(teacher(new FittedHead(fitted().head(), "", List.of(), List.of()))
                        .folds())
                .isEmpty();
    }

    @Test
    void aMemberThatLearnedFromTooLittleGoldHasTheTeacherGoWithout() {
        clusters(60);
        FittedHead learned = fitted();
        FittedHead tooLittle = new FittedHead(learned.head(), "", learned.unseen(), List.of(), List.of());
        FittedHead notLearned = new FittedHead(learned.head(), "", learned.unseen(), List.of());
        Teacher.Member member = new Teacher.Member("embedding-head", "m", "fp32", 8, 1, Entailment.NONE, "m", "");
        List<Teacher.Member> two = List.of(member, member);
        assertThat(FittedTeacher.of("ensemble", two, List.of(learned, tooLittle), List.of(1.0, 1.0))
                        .folds())
                .isEmpty();
        assertThat(FittedTeacher.of("ensemble", two, List.of(learned, notLearned), List.of(1.0, 1.0))
                        .folds())
                .hasSize(CrossFitter.FOLDS)
                .allSatisfy(fold -> assertThat(fold.heads().get(1)).isEqualTo(learned.head()));
    }

    private FittedHead fitted() {
        return new HeadTrainer(Link.SOFTMAX).fit(outputsDF(), gold);
    }

    private static FittedTeacher teacher(FittedHead fitted) {
        Teacher.Member member = new Teacher.Member("embedding-head", "m", "fp32", 8, 1, Entailment.NONE, "m", "");
        return FittedTeacher.of("embedding-head", List.of(member), List.of(fitted), List.of(1.0));
    }

    private void clusters(int rows) {
        IntStream.range(0, rows).mapToObj(Integer::toString).forEach(id -> {
            outputs.add(RowFactory.create(TextNormalizer.md5(id), vector(id), null, 3));
            gold.add(new GoldRow("made", id, TextNormalizer.md5(id), "l" + Integer.parseInt(id) % 3));
        });
    }

    private static float[] vector(String id) {
        int number = Integer.parseInt(id);
        float[] vector = new float[4];
        vector[number % 3] = 1;
        vector[3] = number % 7 / 7f;
        return vector;
    }

    private Dataset<Row> documents() {
        List<Row> keys = gold.stream()
                .map(row -> RowFactory.create(row.id(), row.source(), row.textHash()))
                .toList();
        return SharedSpark.session()
                .createDataFrame(keys, KEYS)
                .join(outputsDF(), "text_hash")
                .withColumn(Labelling.OUTPUTS, functions.array(functions.col(ModelOutputs.OUTPUT)));
    }

    private Dataset<Row> outputsDF() {
        return SharedSpark.session().createDataFrame(outputs, ModelOutputs.SCHEMA);
    }
}
