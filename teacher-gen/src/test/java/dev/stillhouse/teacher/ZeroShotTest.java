package dev.stillhouse.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.stillhouse.datasets.schema.ModelOutputs;
import dev.stillhouse.teacher.GoldSelection.GoldRow;
import dev.stillhouse.udfs.errors.ConfigurationException;
import dev.stillhouse.udfs.errors.DataException;
import dev.stillhouse.udfs.onnx.EncoderSpec;
import dev.stillhouse.udfs.testing.SharedSpark;
import dev.stillhouse.udfs.testing.TinyEncoder;
import dev.stillhouse.udfs.text.TextNormalizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.collection.immutable.ArraySeq;

class ZeroShotTest {
    private static final List<LabelConfig> LABELS =
            List.of(new LabelConfig("right", List.of("a")), new LabelConfig("left", List.of("d")));

    @TempDir
    Path folder;

    private final List<Row> rows = new ArrayList<>();
    private final List<GoldRow> gold = new ArrayList<>();
    private EncoderSpec encoder;

    @BeforeEach
    void goldRows() throws IOException {
        encoder = EncoderSpec.of(TinyEncoder.writeTo(folder), 8);
        for (int i = 0; i < 20; i++) {
            float tilt = i / 40f;
            add("r" + i, "right", 1 - tilt, tilt);
            add("l" + i, "left", tilt - 1, tilt);
        }
    }

    @Test
    void aLabelsWeightsAreTheDirectionOfItsDescriptions() {
        FittedHead fitted = fit(LABELS, List.of("{}"));
        assertThat(fitted.head().labels()).containsExactly("left", "right");
        assertThat(fitted.head().weights()[0]).containsExactly(new float[] {-1, 0}, within(1e-6f));
        assertThat(fitted.head().weights()[1]).containsExactly(new float[] {1, 0}, within(1e-6f));
        assertThat(accuracy(fitted)).isEqualTo(1.0);
        assertThat(fitted.head().temperature()).isLessThan(1);
    }

    @Test
    void severalDescriptionsAreAveraged() {
        List<LabelConfig> labels =
                List.of(new LabelConfig("right", List.of("a", "b")), new LabelConfig("left", List.of("d")));
        float half = (float) Math.sqrt(0.5);
        assertThat(fit(labels, List.of("{}")).head().weights()[1])
                .containsExactly(new float[] {half, half}, within(1e-6f));
    }

    @Test
    void thePhrasingThatFindsTheGoldLabelsBestIsChosen() {
        // In the first, b outweighs what tells the labels apart.
        FittedHead fitted = fit(LABELS, List.of("b b b b {}", "{}", "b b {}"));
        assertThat(fitted.choice()).isEqualTo("phrasing {}");
    }

    @Test
    void aLabelWithoutDescriptionsIsDescribedByItsName() {
        assertThat(new LabelConfig("noun.plant_life", List.of()).words()).containsExactly("noun plant life");
    }

    @Test
    void goldLabelsThatAreNotDescribedAreAConfigurationError() {
        add("other", "up", 0, 1);
        assertThatThrownBy(() -> new ZeroShot(encoder, LABELS, List.of("{}")).check(gold))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("missing: up");
    }

    @Test
    void wordsWithoutADirectionAreADataError() {
        List<LabelConfig> labels =
                List.of(new LabelConfig("right", List.of("unknown")), new LabelConfig("left", List.of("d")));
        assertThatThrownBy(() -> fit(labels, List.of("{}")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("label right");
    }

    private FittedHead fit(List<LabelConfig> labels, List<String> phrasings) {
        Dataset<Row> outputs = SharedSpark.session().createDataFrame(rows, ModelOutputs.SCHEMA);
        return new ZeroShot(encoder, labels, phrasings).fit(outputs, gold);
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
