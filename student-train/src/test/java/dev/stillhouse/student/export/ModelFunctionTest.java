package dev.stillhouse.student.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillhouse.udfs.Decision;
import dev.stillhouse.udfs.Link;
import dev.stillhouse.udfs.sql.StillhouseCatalog;
import dev.stillhouse.udfs.student.FeatureSpec;
import dev.stillhouse.udfs.student.StudentFiles;
import dev.stillhouse.udfs.student.StudentKernel;
import dev.stillhouse.udfs.student.StudentModel;
import dev.stillhouse.udfs.testing.SharedSpark;
import dev.stillhouse.udfs.testing.TinyStudent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Students called from SQL by name. */
class ModelFunctionTest {
    private static final String CATALOG = "spark.sql.catalog.stillhouse";
    private static final String MODEL = CATALOG + ".models.card-topics";
    private static final List<String> TEXTS =
            List.of("my card has not arrived", "the card", "", "\u65e5\u672c\u8a9e \ud83d\ude00", "arrived arrived");

    private final SparkSession spark = SharedSpark.session();

    @TempDir
    Path folder;

    @BeforeEach
    void texts() {
        spark.conf().set(CATALOG, StillhouseCatalog.class.getName());
        spark.createDataset(TEXTS, Encoders.STRING()).toDF("text").createOrReplaceTempView("model_texts");
    }

    @AfterEach
    void noModel() {
        spark.conf().unset(MODEL);
    }

    @Test
    void whatItSaysIsWhatTheKernelSays() throws IOException {
        StudentModel model = student(Decision.by(Link.SOFTMAX), "arrival", "lost");
        spark.conf().set(MODEL, folder(model));
        StudentKernel kernel = new StudentKernel(model);

        List<Row> said = says("stillhouse.models.card_topics(text)").collectAsList();

        for (int i = 0; i < TEXTS.size(); i++) {
            Row row = said.get(i).getStruct(0);
            float[] expected = kernel.probabilities(TEXTS.get(i));
            int first = Link.first(expected);
            assertThat(row.getString(0)).isEqualTo(model.labels().get(first));
            assertThat(row.getFloat(1)).isEqualTo(expected[first]);
            assertThat(row.getFloat(2)).isEqualTo(expected[first] - expected[1 - first]);
            assertThat(row.getList(3)).isEqualTo(List.of(expected[0], expected[1]));
        }
        assertThat(spark.sql("SELECT stillhouse.models.`card-topics`('the card').label")
                        .first()
                        .getString(0))
                .isEqualTo(said.get(1).getStruct(0).getString(0));
        assertThat(spark.sql("SELECT stillhouse.models.card_topics(null)")
                        .first()
                        .isNullAt(0))
                .isTrue();
    }

    @Test
    void everyLinkHasAStructOfItsOwn() throws IOException {
        spark.conf().set(MODEL, folder(student(new Decision(Link.LOGISTIC, Map.of("lost", 0.2f)), "arrival", "lost")));
        Row several = says("stillhouse.models.card_topics(text)").first().getStruct(0);
        assertThat(several.schema().fieldNames()).containsExactly("labels", "probabilities", "margin");

        spark.conf().set(MODEL, folder(student(Decision.by(Link.IDENTITY), StudentModel.SCORE)));
        Row number = says("stillhouse.models.card_topics(text)").first().getStruct(0);
        assertThat(number.schema().fieldNames()).containsExactly("score");
    }

    @Test
    void aQueryKeepsTheRunThatWasServedWhenItWasAnalysed() throws IOException {
        publish("one", student(Decision.by(Link.SOFTMAX), "old", "older"));
        spark.conf().set(MODEL, folder.toString());
        Dataset<Row> before = says("stillhouse.models.card_topics(text).label");

        publish("two", student(Decision.by(Link.SOFTMAX), "new", "newer"));

        assertThat(before.first().getString(0)).startsWith("old");
        assertThat(says("stillhouse.models.card_topics(text).label").first().getString(0))
                .startsWith("new");
    }

    @Test
    void itIsListedWhereItIsNamed() throws IOException {
        spark.conf().set(MODEL, folder(student(Decision.by(Link.SOFTMAX), "a", "b")));

        assertThat(spark.sql("SHOW FUNCTIONS IN stillhouse.models").collectAsList())
                .anyMatch(row -> row.getString(0).contains("card-topics"));
        assertThatThrownBy(() -> spark.sql("SELECT stillhouse.models.nothing('a')"))
                .hasMessageContaining("nothing");
    }

    @Test
    void whatIsNoStudentOfTextIsRefusedWithAReason() throws IOException {
        spark.conf().set(MODEL, folder.resolve("nowhere").toString());
        assertThatThrownBy(() -> says("stillhouse.models.card_topics(text)"))
                .hasMessageContaining("there is no student.onnx");

        spark.conf().set(MODEL, folder.toString());
        write(folder, TinyStudent.files(List.of("a", "b"), Map.of("one", new float[] {1, 0})));
        assertThatThrownBy(() -> says("stillhouse.models.card_topics(text)"))
                .hasMessageContaining("is cut from an encoder")
                .hasMessageContaining("./stillhouse score");

        Files.delete(folder.resolve("tokenizer.json"));
        Files.writeString(folder.resolve("student.onnx"), "no student");
        assertThatThrownBy(() -> says("stillhouse.models.card_topics(text)"))
                .hasMessageContaining("Cannot call models.card-topics");
    }

    @Test
    void argumentsOfAnotherTypeAreRefused() throws IOException {
        spark.conf().set(MODEL, folder(student(Decision.by(Link.SOFTMAX), "a", "b")));

        assertThatThrownBy(() -> spark.sql("SELECT stillhouse.models.card_topics(1)"))
                .hasMessageContaining("must be string; cast it");
        assertThatThrownBy(() -> spark.sql("SELECT stillhouse.models.card_topics('a', 'b')"))
                .hasMessageContaining("2 arguments");
    }

    private Dataset<Row> says(String call) {
        return spark.sql("SELECT " + call + " FROM model_texts");
    }

    /** Weights for one word alone. */
    private static StudentModel student(Decision decision, String... labels) {
        float[] weights = new float[2 * labels.length];
        weights[0] = 2;
        weights[weights.length - 1] = 3;
        return new StudentModel(
                List.of(labels),
                FeatureSpec.words(1),
                new StudentModel.Block(
                        new String[] {"arrived", "card"}, new StudentModel.Float32(weights, labels.length)),
                StudentModel.Block.none(labels.length),
                StudentModel.Vectors.none(),
                new float[labels.length],
                1,
                decision,
                Map.of());
    }

    private String folder(StudentModel model) throws IOException {
        write(folder, StudentFiles.ofText(OnnxStudentWriter.write(model)));
        return folder.toString();
    }

    /** As train does: a run's model, and then the pointer. */
    private void publish(String run, StudentModel model) throws IOException {
        write(folder.resolve("train/runs/" + run + "/model"), StudentFiles.ofText(OnnxStudentWriter.write(model)));
        Files.writeString(folder.resolve("train/CURRENT"), run + "\n");
    }

    private static void write(Path folder, StudentFiles files) throws IOException {
        Files.createDirectories(folder);
        for (Map.Entry<String, byte[]> file : files.content().entrySet()) {
            Files.write(folder.resolve(file.getKey()), file.getValue());
        }
    }
}
