package dev.stillhouse.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.stillhouse.datasets.schema.ModelOutputs;
import dev.stillhouse.teacher.GoldSelection.GoldRow;
import dev.stillhouse.udfs.Link;
import dev.stillhouse.udfs.errors.ConfigurationException;
import dev.stillhouse.udfs.errors.DataException;
import dev.stillhouse.udfs.onnx.EncoderSpec;
import dev.stillhouse.udfs.onnx.Reading;
import dev.stillhouse.udfs.testing.SharedSpark;
import dev.stillhouse.udfs.testing.TinyClassifier;
import dev.stillhouse.udfs.text.TextNormalizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.collection.immutable.ArraySeq;

class LogitHeadTest {
    @TempDir
    Path folder;

    private final List<Row> rows = new ArrayList<>();
    private final List<GoldRow> gold = new ArrayList<>();

    @Test
    void outputsAreTheLogitsOfTheLabelsInTheirOrderAndGoldTempersThem() {
        // Surer than it is right: three of four where the logits say 0.982.
        for (int i = 0; i < 80; i++) {
            add("u" + i, i % 4 == 0 ? "down" : "up", 4, 0);
            add("d" + i, i % 4 == 0 ? "up" : "down", 0, 4);
        }

        FittedHead fitted = new LogitHead(Link.SOFTMAX, List.of("up", "down"), () -> {}).fit(outputs(), gold);

        assertThat(fitted.head().labels()).containsExactly("down", "up");
        assertThat(fitted.head().probabilities(new float[] {4, 0}))
                .containsExactly(new float[] {0.25f, 0.75f}, within(1e-3f));
        assertThat(fitted.head().temperature()).isCloseTo((float) (4 / Math.log(3)), within(0.01f));
        assertThat(accuracy(fitted)).isEqualTo(0.75);
        assertThat(fitted.unseen()).hasSize(160);
    }

    @Test
    void labelsOfAnotherNumberThanLogitsAndGoldLabelsThatAreNotNamedAreRefusedBeforehand() throws IOException {
        add("a", "up", 1, 0);
        assertThatThrownBy(() -> classifier(2, "up", "down", "left").check(gold))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("3 labels (must be 2, in the order of the logits of " + folder);
        assertThatThrownBy(() -> classifier(2, "left", "down").check(gold))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("missing: up");
        classifier(2, "down", "up").check(gold);
    }

    @Test
    void oneValueIsFittedToTheLabelsAsPlattsSigmoid() throws IOException {
        for (int i = 0; i < 300; i++) {
            // P(good) = sigmoid(score - 1), to the nearest count.
            float score = i % 10 - 3;
            double good = 1 / (1 + Math.exp(1 - score));
            add("s" + i, i / 10 < Math.round(30 * good) ? "good" : "bad", score);
        }

        FittedHead fitted = new RegressorHead(Link.SOFTMAX, model(1)).fit(outputs(), gold);

        assertThat(fitted.head().labels()).containsExactly("bad", "good");
        assertThat(fitted.head().probabilities(new float[] {1})[1]).isCloseTo(0.5f, within(0.05f));
        assertThat(fitted.head().probabilities(new float[] {4})[1]).isCloseTo(0.95f, within(0.03f));
        assertThat(fitted.head().probabilities(new float[] {-2})[1]).isCloseTo(0.05f, within(0.03f));
    }

    @Test
    void aClassifierIsNoRegressor() throws IOException {
        add("a", "up", 1);
        add("b", "down", 0);
        new RegressorHead(Link.SOFTMAX, model(1)).check(gold);
        assertThatThrownBy(() -> new RegressorHead(Link.SOFTMAX, model(2)).check(gold))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("its logits are 2 values a text, expected 1")
                .hasMessageContaining("kind: onnx-classifier");
    }

    @Test
    void logitsOfAnyNumberOfLabelsBecomeAProbabilityEach() {
        // Surer than they are right: of four texts with a logit of 4 three have the label.
        for (int i = 0; i < 160; i++) {
            boolean up = i % 2 == 0;
            boolean said = i % 8 != (up ? 0 : 1);
            add("t" + i, up == said ? "[\"up\"]" : "[\"down\"]", up ? 4 : -4, up ? -4 : 4);
        }

        FittedHead fitted = new LogitHead(Link.LOGISTIC, List.of("up", "down"), () -> {}).fit(outputs(), gold);

        assertThat(fitted.head().labels()).containsExactly("down", "up");
        assertThat(fitted.head().probabilities(new float[] {4, 4}))
                .containsExactly(new float[] {0.75f, 0.75f}, within(0.01f));
        assertThat(fitted.head().probabilities(new float[] {-4, 4}))
                .containsExactly(new float[] {0.75f, 0.25f}, within(0.01f));
    }

    @Test
    void oneValueIsFittedToScoresAsALine() throws IOException {
        for (int i = 0; i < 200; i++) {
            float value = i % 20 / 10f;
            add("s" + i, Float.toString(1 + 3 * value), value);
        }

        FittedHead fitted = new RegressorHead(Link.IDENTITY, model(1)).fit(outputs(), gold);

        assertThat(fitted.head().labels()).containsExactly("score");
        assertThat(fitted.head().probabilities(new float[] {0})[0]).isCloseTo(1f, within(0.05f));
        assertThat(fitted.head().probabilities(new float[] {1.5f})[0]).isCloseTo(5.5f, within(0.05f));
    }

    private LogitHead classifier(int values, String... labels) throws IOException {
        EncoderSpec model = model(values);
        return new LogitHead(Link.SOFTMAX, List.of(labels), () -> LogitHead.checkModel(model, labels.length));
    }

    private EncoderSpec model(int values) throws IOException {
        Path own = folder.resolve(Integer.toString(values));
        return EncoderSpec.of(TinyClassifier.writeTo(own, Map.of("up", new float[values])), 8)
                .withReading(Reading.LOGITS);
    }

    private Dataset<Row> outputs() {
        return SharedSpark.session().createDataFrame(rows, ModelOutputs.SCHEMA);
    }

    private void add(String id, String label, float... vector) {
        String hash = TextNormalizer.md5(id);
        rows.add(RowFactory.create(hash, ArraySeq.unsafeWrapArray(vector), null, 3));
        gold.add(new GoldRow("test", id, hash, label));
    }

    private static double accuracy(FittedHead fitted) {
        return fitted.unseen().stream()
                .mapToDouble(row -> row.predicted() == row.label() ? 1 : 0)
                .average()
                .orElseThrow();
    }
}
