package dev.stillhouse.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.stillhouse.datasets.schema.ModelOutputs;
import dev.stillhouse.datasets.schema.SoftLabels;
import dev.stillhouse.teacher.GoldSelection.GoldRow;
import dev.stillhouse.teacher.outputs.Vectors;
import dev.stillhouse.udfs.Link;
import dev.stillhouse.udfs.errors.DataException;
import dev.stillhouse.udfs.onnx.Entailment;
import dev.stillhouse.udfs.testing.SharedSpark;
import dev.stillhouse.udfs.text.TextNormalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import scala.collection.immutable.ArraySeq;

class HeadTrainerTest {
    private static final int DIMENSIONS = 6;

    private final List<Row> rows = new ArrayList<>();
    private final List<GoldRow> gold = new ArrayList<>();
    private final Random random = new Random(11);

    @Test
    void separableLabelsAreLearnedAndUnseenRowsFound() {
        clusters(3, 40);
        FittedHead result = new HeadTrainer(Link.SOFTMAX).fit(outputs(), gold);
        assertThat(result.head().labels()).containsExactly("l0", "l1", "l2");
        assertThat(accuracy(result)).isGreaterThan(0.95);
        assertThat(result.head().probabilities(unit(1, 0))[1]).isGreaterThan(0.8f);
        assertThat(result.warnings()).isEmpty();
    }

    @Test
    void twoLabelsWork() {
        clusters(2, 30);
        Head head = new HeadTrainer(Link.SOFTMAX).fit(outputs(), gold).head();
        assertThat(head.weights()).hasDimensions(2, DIMENSIONS);
        assertThat(head.probabilities(unit(0, 0))[0]).isGreaterThan(0.8f);
        assertThat(head.probabilities(unit(1, 0))[1]).isGreaterThan(0.8f);
    }

    @Test
    void labelsOfNoiseGetProbabilitiesNearTheirShares() {
        for (int i = 0; i < 300; i++) {
            add("d" + i, unit(5, 0.5), random.nextInt(4) == 0 ? "rare" : "usual");
        }
        Head head = new HeadTrainer(Link.SOFTMAX).fit(outputs(), gold).head();
        assertThat(head.probabilities(unit(5, 0.5))[0]).isCloseTo(0.25f, within(0.12f));
    }

    @Test
    void theHeadIsTheSameForAnyPartitioning() {
        clusters(3, 20);
        byte[] one = new HeadTrainer(Link.SOFTMAX)
                .fit(outputs().repartition(1), gold)
                .head()
                .toJson();
        byte[] eight = new HeadTrainer(Link.SOFTMAX)
                .fit(outputs().repartition(8), gold)
                .head()
                .toJson();
        assertThat(eight).isEqualTo(one);
    }

    @Test
    void aLabelWithOneRowIsKept() {
        clusters(2, 20);
        add("single", unit(4, 0), "zz");
        Head head = new HeadTrainer(Link.SOFTMAX).fit(outputs(), gold).head();
        assertThat(head.labels()).containsExactly("l0", "l1", "zz");
        float[] probabilities = head.probabilities(unit(4, 0));
        assertThat(probabilities[2]).isGreaterThan(probabilities[0]);
        assertThat(probabilities[2]).isGreaterThan(probabilities[1]);
    }

    @Test
    void twoRowsAreTooFewToCalibrateOn() {
        add("a", unit(0, 0), "x");
        add("b", unit(1, 0), "y");
        FittedHead result = new HeadTrainer(Link.SOFTMAX).fit(outputs(), gold);
        assertThat(result.head().temperature()).isEqualTo(1);
        assertThat(result.unseen()).isEmpty();
        assertThat(result.warnings()).singleElement().asString().contains("Too few gold documents");
    }

    @Test
    void goldDocumentsWithoutAnOutputAreLeftOutWithAWarning() {
        clusters(2, 20);
        rows.add(RowFactory.create(TextNormalizer.md5("none"), null, "not_finite", 3));
        gold.add(new GoldRow("test", "none", TextNormalizer.md5("none"), "l0"));
        FittedHead result = new HeadTrainer(Link.SOFTMAX).fit(outputs(), gold);
        assertThat(result.warnings()).singleElement().asString().contains("1 gold document");
        assertThat(accuracy(result)).isGreaterThan(0.9);
    }

    @Test
    void oneLabelAndAMissingEmbeddingAreDataErrors() {
        add("a", unit(0, 0), "x");
        add("b", unit(1, 0), "x");
        assertThatThrownBy(() -> new HeadTrainer(Link.SOFTMAX).fit(outputs(), gold))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("all 2 gold documents have the label x, expected at least 2 distinct ones");
        List<GoldRow> unknown =
                List.of(gold.get(0), new GoldRow("test", "nowhere", TextNormalizer.md5("nowhere"), "y"));
        assertThatThrownBy(() -> new HeadTrainer(Link.SOFTMAX).fit(outputs(), unknown))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("nowhere");
    }

    @Test
    void softLabelsHaveTheHeadsProbabilitiesAndMarkGoldRows() {
        clusters(2, 20);
        Head head = new HeadTrainer(Link.SOFTMAX).fit(outputs(), gold).head();
        Teacher teacher = new Teacher(
                "embedding-head",
                List.of(new Teacher.Member("embedding-head", "m", "fp32", 8, 1, Entailment.NONE, "m", "")),
                Mixture.of(head));
        List<GoldRow> half = gold.subList(0, 10);
        Dataset<Row> labels = new SoftLabeler(teacher).label(documents(), half);
        assertThat(labels.schema().fieldNames()).isEqualTo(SoftLabels.SCHEMA.fieldNames());
        List<Row> collected = labels.collectAsList();
        assertThat(collected).hasSize(40).allSatisfy(row -> assertThat(row.getString(4))
                .isEqualTo(teacher.identity()));
        assertThat(collected.stream().filter(row -> row.getBoolean(5)).map(row -> row.getString(0)))
                .containsExactlyInAnyOrderElementsOf(
                        half.stream().map(GoldRow::id).toList());
        assertThat(collected.stream().map(row -> row.getString(6)).filter(Objects::nonNull))
                .containsExactlyInAnyOrderElementsOf(
                        half.stream().map(GoldRow::label).toList());
        for (Row row : collected) {
            Row embedded = rows.stream()
                    .filter(one -> one.getString(0).equals(row.getString(2)))
                    .findFirst()
                    .orElseThrow();
            assertThat(Vectors.floats(row, 3)).isEqualTo(head.probabilities(Vectors.floats(embedded, 1)));
        }
    }

    private void clusters(int labels, int each) {
        for (int i = 0; i < labels * each; i++) {
            add("d" + i, unit(i % labels, 0.2), "l" + i % labels);
        }
    }

    private void add(String id, float[] vector, String label) {
        rows.add(RowFactory.create(TextNormalizer.md5(id), ArraySeq.unsafeWrapArray(vector), null, 3));
        gold.add(new GoldRow("test", id, TextNormalizer.md5(id), label));
    }

    private float[] unit(int axis, double noise) {
        double[] values = new double[DIMENSIONS];
        double squares = 0;
        for (int d = 0; d < DIMENSIONS; d++) {
            values[d] = (d == axis ? 1 : 0) + noise * random.nextGaussian();
            squares += values[d] * values[d];
        }
        float[] vector = new float[DIMENSIONS];
        for (int d = 0; d < DIMENSIONS; d++) {
            vector[d] = (float) (values[d] / Math.sqrt(squares));
        }
        return vector;
    }

    private Dataset<Row> documents() {
        StructType schema =
                new StructType().add("id", "string").add("source", "string").add("text_hash", "string");
        List<Row> keys = gold.stream()
                .map(row -> RowFactory.create(row.id(), row.source(), row.textHash()))
                .toList();
        return SharedSpark.session()
                .createDataFrame(keys, schema)
                .join(outputs(), "text_hash")
                .withColumn(Labelling.OUTPUTS, functions.array(functions.col(ModelOutputs.OUTPUT)))
                .withColumn(SoftLabels.REPRESENTATIVE, functions.lit(true));
    }

    private Dataset<Row> outputs() {
        return SharedSpark.session().createDataFrame(rows, ModelOutputs.SCHEMA);
    }

    private static double accuracy(FittedHead fitted) {
        return fitted.unseen().stream()
                .mapToDouble(row -> row.predicted() == row.label() ? 1 : 0)
                .average()
                .orElseThrow();
    }
}
