package dev.stillhouse.teacher.outputs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.stillhouse.datasets.schema.ModelOutputs;
import dev.stillhouse.datasets.schema.Rejects;
import dev.stillhouse.udfs.onnx.EncoderSpec;
import dev.stillhouse.udfs.onnx.TextEncoder;
import dev.stillhouse.udfs.testing.SharedSpark;
import dev.stillhouse.udfs.testing.TinyEncoder;
import dev.stillhouse.udfs.text.TextNormalizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputCacheTest {
    private static final StructType SCHEMA =
            new StructType().add("text_hash", "string", false).add("text", "string", false);

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

    private InferenceMeter meter;

    @BeforeEach
    void startAtZero() {
        meter = new InferenceMeter(
                SharedSpark.session().sparkContext(),
                SharedSpark.session().sparkContext().longAccumulator("texts"));
    }

    @Test
    void minilmGivesTheVectorsThatPythonGives() {
        List<String> texts = List.copyOf(PYTHON.keySet());
        OutputCache cache = cache("python", EncoderSpec.of("minilm", 256));
        cache.fill(List.of(documents(texts)), "first", meter);
        Map<String, float[]> vectors = vectors(cache);
        assertThat(vectors).hasSize(4);
        PYTHON.forEach((text, expected) -> {
            float[] vector = vectors.get(TextNormalizer.md5(text));
            assertThat(vector).hasSize(384);
            assertThat(Arrays.copyOf(vector, 6)).containsExactly(expected, within(1e-4f));
            double squares = 0;
            for (float value : vector) {
                squares += (double) value * value;
            }
            assertThat(squares).isCloseTo(1, within(1e-5));
        });
    }

    @Test
    void vectorsAreTheSameToTheBitForAnyPartitioning() {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            texts.add("document " + i + " says " + "again and again ".repeat(i % 7));
        }
        EncoderSpec spec = EncoderSpec.of("minilm", 32);
        Map<String, float[]> one = filled("one", spec, documents(texts).repartition(1));
        Map<String, float[]> eight = filled("eight", spec, documents(texts).repartition(8));
        assertThat(one).hasSize(120);
        one.forEach((hash, vector) -> assertThat(eight.get(hash)).isEqualTo(vector));
    }

    @Test
    void onlyTextsThatAreNotKnownAreRun() throws IOException {
        OutputCache cache = cache("cache", tiny(8));
        assertThat(cache.fill(List.of(documents(List.of("c", "a", "b b", "a"))), "first", meter))
                .isEqualTo(new Outputs.Result(0, 3, 0));
        assertThat(meter.texts()).isEqualTo(3);
        assertThat(meter.tokens()).isEqualTo(4);
        OutputCache again = cache("cache", tiny(8));
        assertThat(again.fill(List.of(documents(List.of("a", "c", "d"))), "second", meter))
                .isEqualTo(new Outputs.Result(2, 1, 0));
        assertThat(meter.texts()).isEqualTo(4);
        assertThat(again.fill(List.of(documents(List.of("a", "c", "d"))), "third", meter))
                .isEqualTo(new Outputs.Result(3, 0, 0));
        assertThat(vectors(again))
                .hasSize(4)
                .hasEntrySatisfying(
                        TextNormalizer.md5("c"), vector -> assertThat(vector).containsExactly(0.6f, 0.8f))
                .hasEntrySatisfying(
                        TextNormalizer.md5("d"), vector -> assertThat(vector).containsExactly(-1f, 0f));
        assertThat(cache("cache", tiny(9)).fill(List.of(documents(List.of("a"))), "fourth", meter))
                .isEqualTo(new Outputs.Result(0, 1, 0));
    }

    @Test
    void aTextWithoutFiniteValuesHasAReasonAndIsNotRunAgain() throws IOException {
        OutputCache cache = cache("cache", tiny(8));
        assertThat(cache.fill(List.of(documents(List.of("a", "b nan"))), "first", meter)
                        .inferred())
                .isEqualTo(2);
        assertThat(cache.fill(List.of(documents(List.of("b nan"))), "second", meter)
                        .inferred())
                .isZero();
        Row row = cache.read()
                .where("text_hash = '" + TextNormalizer.md5("b nan") + "'")
                .first();
        assertThat(row.isNullAt(row.fieldIndex(ModelOutputs.OUTPUT))).isTrue();
        assertThat(row.<String>getAs(ModelOutputs.REASON)).isEqualTo(Rejects.NOT_FINITE);
    }

    @Test
    void filesOfAFolderTravelToTheTasks() throws IOException {
        EncoderSpec spec = TravellingFiles.of(tiny(8), SharedSpark.session());
        Files.delete(folder.resolve("model.onnx"));
        Files.delete(folder.resolve("tokenizer.json"));
        OutputCache cache = cache("cache", spec);
        assertThat(cache.fill(List.of(documents(List.of("a"))), "first", meter).inferred())
                .isEqualTo(1);
        assertThat(vectors(cache).values()).singleElement().isEqualTo(new float[] {1, 0});
    }

    @Test
    void whatTasksFinishedBeforeAFailureIsNotRunAgain() throws IOException {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 160; i++) {
            texts.add("a ".repeat(240 + i / 16) + "w" + i);
        }
        OutputCache cache = cache("cache", tiny(16));
        FailingMeter.LEFT.set(150);
        InferenceMeter broken = new FailingMeter();
        assertThatThrownBy(() -> cache.fill(List.of(documents(texts)), "failed", broken))
                .hasMessageContaining("enough");
        Outputs.Result result = cache.fill(List.of(documents(texts)), "resumed", meter);
        assertThat(result.cached()).isGreaterThanOrEqualTo(100);
        assertThat(result.inferred()).isEqualTo(160 - result.cached());
        assertThat(meter.texts()).isEqualTo(result.inferred());
        assertThat(vectors(cache)).hasSize(160);
    }

    @Test
    void tasksThatAreKilledBetweenTwoBatchesLoseTheirOwnTextsOnly() throws IOException {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 160; i++) {
            texts.add("a ".repeat(240 + i / 16) + "w" + i);
        }
        OutputCache cache = cache("cache", tiny(16));
        SparkContext context = SharedSpark.session().sparkContext();
        context.setJobGroup("killed", "tasks that are killed", false);
        KillingMeter.LEFT.set(60);
        try {
            assertThatThrownBy(() -> cache.fill(List.of(documents(texts)), "killed", new KillingMeter()))
                    .hasMessageContaining("cancelled");
        } finally {
            context.clearJobGroup();
        }
        Outputs.Result result = cache.fill(List.of(documents(texts)), "resumed", meter);
        assertThat(result.inferred()).isBetween(1L, 159L).isEqualTo(160 - result.cached());
        assertThat(vectors(cache)).hasSize(160);
        assertThat(cache.read().count()).isEqualTo(160);
    }

    @Test
    void aHalfWrittenFileIsDroppedAndItsTextsRunAgain() throws IOException {
        OutputCache cache = cache("cache", tiny(8));
        cache.fill(List.of(documents(List.of("a", "b"))), "first", meter);
        Path segment = folder.resolve("cache").resolve(tiny(8).identity()).resolve("segment=first");
        Files.delete(segment.resolve("_segment.json"));
        try (Stream<Path> files = Files.list(segment)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".parquet")).toList()) {
                byte[] content = Files.readAllBytes(file);
                Files.write(file, Arrays.copyOf(content, content.length / 2));
            }
        }
        assertThat(cache.fill(List.of(documents(List.of("a", "b"))), "second", meter)
                        .inferred())
                .isEqualTo(2);
        assertThat(vectors(cache)).hasSize(2);
    }

    /** Fails the task that has a number of texts counted. */
    private static final class FailingMeter extends InferenceMeter {
        private static final long serialVersionUID = 1L;
        private static final AtomicInteger LEFT = new AtomicInteger();

        private FailingMeter() {
            super(
                    SharedSpark.session().sparkContext(),
                    SharedSpark.session().sparkContext().longAccumulator("failing"));
        }

        @Override
        public void add(TextEncoder.Batch batch) {
            if (LEFT.addAndGet(-batch.texts()) < 0) {
                throw new IllegalStateException("enough");
            }
            super.add(batch);
        }
    }

    /** Cancels the job whose tasks have a number of texts counted, and goes on once its own task is told. */
    private static final class KillingMeter extends InferenceMeter {
        private static final long serialVersionUID = 1L;
        private static final AtomicInteger LEFT = new AtomicInteger();

        private KillingMeter() {
            super(
                    SharedSpark.session().sparkContext(),
                    SharedSpark.session().sparkContext().longAccumulator("killing"));
        }

        @Override
        public void add(TextEncoder.Batch batch) {
            super.add(batch);
            if (LEFT.addAndGet(-batch.texts()) < 0) {
                SharedSpark.session().sparkContext().cancelJobGroup("killed");
                for (int i = 0; i < 1000 && !TaskContext.get().isInterrupted(); i++) {
                    sleep();
                }
            }
        }

        private static void sleep() {
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private EncoderSpec tiny(int maxTokens) throws IOException {
        return EncoderSpec.of(TinyEncoder.writeTo(folder), maxTokens);
    }

    private OutputCache cache(String name, EncoderSpec spec) {
        return new OutputCache(
                SharedSpark.session(),
                new org.apache.hadoop.fs.Path(folder.resolve(name).toString()),
                new EncoderSource(spec));
    }

    private Map<String, float[]> filled(String name, EncoderSpec spec, Dataset<Row> documents) {
        OutputCache cache = cache(name, spec);
        cache.fill(List.of(documents), "first", meter);
        return vectors(cache);
    }

    private static Dataset<Row> documents(List<String> texts) {
        List<Row> rows = new ArrayList<>();
        texts.forEach(text -> rows.add(RowFactory.create(TextNormalizer.md5(text), text)));
        return SharedSpark.session().createDataFrame(rows, SCHEMA);
    }

    private static Map<String, float[]> vectors(OutputCache cache) {
        Map<String, float[]> vectors = new TreeMap<>();
        cache.read()
                .where("output is not null")
                .select(ModelOutputs.TEXT_HASH, ModelOutputs.OUTPUT)
                .collectAsList()
                .forEach(row -> vectors.put(row.getString(0), Vectors.floats(row, 1)));
        return vectors;
    }
}
