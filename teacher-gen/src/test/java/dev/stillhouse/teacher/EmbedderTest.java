package dev.stillhouse.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stillhouse.datasets.schema.Embeddings;
import dev.stillhouse.udfs.onnx.EncoderSpec;
import dev.stillhouse.udfs.testing.SharedSpark;
import dev.stillhouse.udfs.testing.TinyEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbedderTest {
    private static final StructType SCHEMA = new StructType()
            .add("id", "string", false)
            .add("text", "string", false)
            .add("source", "string", false)
            .add("text_hash", "string", false);

    /**
     * The first six dimensions of single sentences by Python: onnxruntime 1.23.2 and tokenizers on the jar's two files, {@code no_padding()}, {@code enable_truncation(256)}, last_hidden_state averaged over the mask and divided by its L2
     * norm. The last text has 402 word pieces.
     */
    private static final Map<String, float[]> PYTHON = Map.of(
            "Hello world, this is a test.",
            new float[] {0.00997016f, 0.02734348f, -0.00188391f, 0.05894211f, -0.04956838f, -0.10797831f},
            "",
            new float[] {-0.11883837f, 0.04829867f, -0.00254812f, -0.01101112f, 0.05195076f, 0.01029181f},
            "Ein Satz mit Umlauten: schön, größer, ÄÖÜ!",
            new float[] {-0.00085220f, 0.01950591f, -0.00346346f, -0.04362837f, -0.01324784f, 0.07513118f},
            "word ".repeat(400),
            new float[] {-0.00812365f, -0.09558596f, -0.03867316f, 0.04966199f, -0.04379372f, 0.02371978f});

    @TempDir
    Path folder;

    @Test
    void minilmGivesTheVectorsThatPythonGives() {
        List<String> texts = List.copyOf(PYTHON.keySet());
        Dataset<Row> embeddings =
                new Embedder(EncoderSpec.of("minilm", 256), Optional.empty()).embed(documents(texts), texts.size());
        assertThat(embeddings.schema().fieldNames()).isEqualTo(Embeddings.SCHEMA.fieldNames());
        Map<String, float[]> vectors = vectors(embeddings);
        for (int i = 0; i < texts.size(); i++) {
            float[] vector = vectors.get("d" + i);
            assertThat(vector).hasSize(384);
            assertThat(Arrays.copyOf(vector, 6)).containsExactly(PYTHON.get(texts.get(i)), within(1e-4f));
            double squares = 0;
            for (float value : vector) {
                squares += (double) value * value;
            }
            assertThat(squares).isCloseTo(1, within(1e-5));
        }
    }

    @Test
    void vectorsAreTheSameToTheBitForAnyPartitioning() {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            texts.add("document " + i + " says " + "again and again ".repeat(i % 7));
        }
        Embedder embedder = new Embedder(EncoderSpec.of("minilm", 32), Optional.empty());
        long rowsOfFourShards = 2000;
        Map<String, float[]> one = vectors(embedder.embed(documents(texts).repartition(1), rowsOfFourShards, 1));
        Map<String, float[]> two = vectors(embedder.embed(documents(texts).repartition(2), rowsOfFourShards, 2));
        Map<String, float[]> eight = vectors(embedder.embed(documents(texts).repartition(8), rowsOfFourShards, 8));
        assertThat(one).hasSize(120);
        one.forEach((id, vector) -> assertThat(two.get(id)).isEqualTo(vector));
        one.forEach((id, vector) -> assertThat(eight.get(id)).isEqualTo(vector));
    }

    @Test
    void filesOfAFolderTravelToTheTasksAndProgressIsCounted() throws IOException {
        EncoderSpec spec = EncoderSpec.of(TinyEncoder.writeTo(folder), 8);
        LongAccumulator progress = SharedSpark.session().sparkContext().longAccumulator("embedded");
        Dataset<Row> embeddings =
                new Embedder(spec, Optional.of(progress)).embed(documents(List.of("c", "a", "b b")), 3);
        Files.delete(folder.resolve("model.onnx"));
        Files.delete(folder.resolve("tokenizer.json"));
        Map<String, float[]> vectors = vectors(embeddings);
        assertThat(vectors.get("d0")).containsExactly(new float[] {0.6f, 0.8f}, within(1e-6f));
        assertThat(vectors.get("d1")).containsExactly(1f, 0f);
        assertThat(vectors.get("d2")).containsExactly(0f, 1f);
        assertThat(progress.value()).isEqualTo(3);
    }

    @Test
    void anEmptyDatasetHasNoEmbeddings() throws IOException {
        EncoderSpec spec = EncoderSpec.of(TinyEncoder.writeTo(folder), 8);
        assertThat(new Embedder(spec, Optional.empty())
                        .embed(documents(List.of()), 0)
                        .collectAsList())
                .isEmpty();
    }

    @Test
    void shardsFollowFromRowsAndPartitionsNeverExceedThem() {
        assertThat(Embedder.shards(0)).isEqualTo(1);
        assertThat(Embedder.shards(512)).isEqualTo(1);
        assertThat(Embedder.shards(513)).isEqualTo(2);
        assertThat(Embedder.partitions(3, 16)).isEqualTo(3);
        assertThat(Embedder.partitions(1000, 2)).isEqualTo(32);
        assertThat(Embedder.partitions(100, 8)).isEqualTo(32);
    }

    private static Dataset<Row> documents(List<String> texts) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            rows.add(RowFactory.create("d" + i, texts.get(i), "test", "hash" + i));
        }
        return SharedSpark.session().createDataFrame(rows, SCHEMA);
    }

    private static Map<String, float[]> vectors(Dataset<Row> embeddings) {
        Map<String, float[]> vectors = new TreeMap<>();
        embeddings.collectAsList().forEach(row -> vectors.put(row.getString(1), Vectors.floats(row, 3)));
        return vectors;
    }
}
