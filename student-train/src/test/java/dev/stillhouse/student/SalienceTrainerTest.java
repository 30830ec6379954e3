package dev.stillhouse.student;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtSession;
import com.google.protobuf.ByteString;
import dev.stillhouse.datasets.schema.SentenceLabels;
import dev.stillhouse.student.export.OnnxStudentWriter;
import dev.stillhouse.student.export.SalienceWriter;
import dev.stillhouse.udfs.errors.DataException;
import dev.stillhouse.udfs.onnx.Device;
import dev.stillhouse.udfs.onnx.OnnxEnvironment;
import dev.stillhouse.udfs.student.StudentFile;
import dev.stillhouse.udfs.student.StudentModel;
import dev.stillhouse.udfs.student.StudentReader;
import dev.stillhouse.udfs.summary.Budget;
import dev.stillhouse.udfs.summary.SalienceFeature;
import dev.stillhouse.udfs.summary.SalienceFeatures;
import dev.stillhouse.udfs.summary.SalienceFile;
import dev.stillhouse.udfs.summary.SalienceModel;
import dev.stillhouse.udfs.summary.SalienceReader;
import dev.stillhouse.udfs.summary.SentenceSplitter;
import dev.stillhouse.udfs.summary.Sentences;
import dev.stillhouse.udfs.summary.SummaryKernel;
import dev.stillhouse.udfs.summary.SummaryRequest;
import dev.stillhouse.udfs.testing.SharedSpark;
import dev.stillhouse.udfs.text.SpacedText;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import scala.collection.immutable.ArraySeq;

class SalienceTrainerTest {
    private static final Budget TWO = new Budget(Budget.Unit.SENTENCES, 2);

    /** Ten scripts, signs beyond the Basic Multilingual Plane, and a list. */
    private static final List<String> TEXTS = List.of(
            "The ship sailed at noon. We conclude that it was late. Nobody came.",
            "Η θάλασσα ήταν ήρεμη. Κανείς δεν ήρθε. Τελειώσαμε νωρίς.",
            "Море было спокойным. Никто не пришёл. Мы закончили рано.",
            "今天天气很好。我们走了很远的路。这是重要的消息。",
            "今日は天気がいい。誰も来なかった。早く終わった。",
            "البحر هادئ اليوم. لم يأت أحد. انتهينا مبكرا؟",
            "הים היה שקט. איש לא בא. סיימנו מוקדם.",
            "समुद्र शांत था। कोई नहीं आया। हम जल्दी समाप्त हुए।",
            "바다는 잔잔했다. 아무도 오지 않았다. 우리는 일찍 끝났다.",
            "ทะเลสงบ ไม่มีใครมา เราเสร็จเร็ว",
            "Emoji 😀 stand 🚢 here. We conclude that 😀 they do. End.",
            "- first item of the list\n- second item of the list\n\n# Heading\n\nWe conclude with a sentence.",
            "See https://example.org/a-b/c?d=1, (中国) now. Read more -- \"中国\" (see http://x.y/z/): done.",
            "x");

    @Test
    void aStudentLearnsWhichWordsAndPlacesMatter() {
        SalienceTrainer.Result result = trainer().train(documents(4));
        SummaryKernel kernel = new SummaryKernel(result.model());
        String text = document(new Random(99), 12);
        Sentences sentences = new SentenceSplitter().split(text);
        float[] salience = kernel.salience(text, sentences);
        for (int i = 0; i < salience.length; i++) {
            boolean tells = sentences.text(i).contains("conclude");
            assertThat(salience[i] > 0.5).as(sentences.text(i)).isEqualTo(tells);
        }
        assertThat(result.fit() + result.select()).isEqualTo(120);
        assertThat(result.loss()).isLessThan(0.2);
        assertThat(kernel.summarize(text, new SummaryRequest(TWO, false, 0)).text())
                .contains("conclude");
    }

    @Test
    void anyPartitioningGivesTheSameStudent() {
        byte[] one = SalienceWriter.write(trainer().train(documents(1)).model());
        byte[] sixteen = SalienceWriter.write(trainer().train(documents(16)).model());
        assertThat(sixteen).isEqualTo(one);
    }

    @Test
    void plainOnnxRuntimeGivesWhatTheKernelGives() throws Exception {
        agrees(trainer().train(documents(2)).model());
    }

    @Test
    void plainOnnxRuntimeGivesWhatTheKernelGivesWithVectors() throws Exception {
        VectorSource source = new GroupVectors(List.of("sea", "море", "天", "בא", "here"));
        agrees(trainer(Optional.of(source)).train(documents(2)).model());
    }

    private static void agrees(SalienceModel model) throws Exception {
        byte[] file = SalienceWriter.write(model);
        try (OrtSession session = OnnxEnvironment.shared().createSession(file, OnnxEnvironment.options(Device.CPU))) {
            for (String text : TEXTS) {
                Sentences sentences = new SentenceSplitter().split(text);
                float[] expected = new SummaryKernel(model).salience(text, sentences);
                assertThat(onnx(session, model.cues().vectors(), text, sentences))
                        .as(text)
                        .hasSize(expected.length);
                for (int i = 0; i < expected.length; i++) {
                    assertThat(onnx(session, model.cues().vectors(), text, sentences)[i])
                            .isCloseTo(expected[i], within());
                }
            }
        }
    }

    @Test
    void aWrittenStudentIsReadBackTheSame() {
        SalienceModel model =
                trainer().train(documents(2)).model().withTemperature(1.5f).withRedundancy(0.75f);
        SalienceModel read = SalienceReader.read(SalienceWriter.write(model), "student.onnx");
        assertThat(read.temperature()).isEqualTo(1.5f);
        assertThat(read.redundancy()).isEqualTo(0.75f);
        assertThat(read.rarities()).containsExactly(model.rarities());
        for (int f = 0; f < SalienceFeature.size(); f++) {
            assertThat(read.bins().edges()[f]).containsExactly(model.bins().edges()[f]);
            assertThat(read.bins().weights()[f]).containsExactly(model.bins().weights()[f]);
        }
        assertThat(read.cues().words().keys())
                .containsExactly(model.cues().words().keys());
        assertThat(read.cues().bias()).containsExactly(model.cues().bias());
        assertThat(SalienceReader.summarizes(SalienceWriter.write(model))).isTrue();
    }

    @Test
    void otherStudentsAndChangedFilesAreRefused() throws Exception {
        SalienceModel model = trainer().train(documents(2)).model();
        byte[] cues = OnnxStudentWriter.write(model.cues());
        assertThat(SalienceReader.summarizes(cues)).isFalse();
        assertThatThrownBy(() -> SalienceReader.read(cues, "s.onnx"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("kind: summarize");
        assertThatThrownBy(() -> SalienceReader.read(new byte[] {1, 2, 3}, "s.onnx"))
                .isInstanceOf(DataException.class);
        byte[] file = SalienceWriter.write(model);
        assertThat(StudentReader.read(file, "s.onnx").labels()).containsExactly("score");
        ModelProto.Builder changed = ModelProto.parseFrom(file).toBuilder();
        changed.getMetadataPropsBuilderList().stream()
                .filter(entry -> entry.getKey().equals(SalienceFile.META_RARITIES))
                .forEach(entry -> entry.setValue("AAAA"));
        assertThatThrownBy(() -> SalienceReader.read(changed.build().toByteArray(), "s.onnx"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("rarities");
        byte[] unbudgeted = SalienceWriter.write(model.withCues(
                model.cues().withMetadata(Map.of("summary.budget", "9", "summary.budget_unit", "miles"))));
        assertThatThrownBy(() -> SalienceReader.read(unbudgeted, "s.onnx"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("what its task wants of documents");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                SalienceFile.EDGES,
                SalienceFile.FIRST,
                StudentFile.WORDS + StudentFile.WEIGHTS,
                StudentFile.BIAS,
                StudentFile.VECTORS + StudentFile.PROJECTION,
                StudentFile.VECTORS + StudentFile.SCALES
            })
    void aStudentWithWeightsThatAreNoNumbersIsRefused(String tensor) throws Exception {
        SalienceModel model = trainer(Optional.of(new GroupVectors(List.of())))
                .train(documents(2))
                .model();
        ModelProto.Builder changed = ModelProto.parseFrom(SalienceWriter.write(model)).toBuilder();
        changed.getGraphBuilder().getInitializerBuilderList().stream()
                .filter(initializer -> initializer.getName().equals(tensor))
                .forEach(initializer -> initializer.setRawData(
                        ByteString.copyFrom(nan(initializer.getRawData().toByteArray()))));
        assertThatThrownBy(() -> SalienceReader.read(changed.build().toByteArray(), "s.onnx"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("NaN");
    }

    /** The last number of a tensor of floats is none. */
    private static byte[] nan(byte[] floats) {
        ByteBuffer.wrap(floats).order(ByteOrder.LITTLE_ENDIAN).putFloat(floats.length - Float.BYTES, Float.NaN);
        return floats;
    }

    @Test
    void tooFewDocumentsAndEqualLabelsAreRefused() {
        assertThatThrownBy(() -> trainer().train(documents(1).limit(1)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("too few");
        Dataset<Row> equalDF = documents(1)
                .withColumn(SentenceLabels.SALIENCES, expr("transform(saliences, s -> cast(0.5 as float))"));
        assertThatThrownBy(() -> trainer().train(equalDF))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("same salience");
    }

    private static float[] onnx(OrtSession session, StudentModel.Vectors vectors, String text, Sentences sentences)
            throws Exception {
        String[] texts = new String[sentences.size()];
        for (int i = 0; i < texts.length; i++) {
            // What lies beyond U+FFFF separates words, and the binding cannot pass it on.
            texts[i] = SpacedText.of(sentences.text(i)).replaceAll("[\\x{10000}-\\x{10FFFF}]", " ");
        }
        float[] flat = new SalienceFeatures(vectors).of(text, sentences);
        float[][] features = new float[texts.length][SalienceFeature.size()];
        for (int i = 0; i < texts.length; i++) {
            System.arraycopy(flat, i * SalienceFeature.size(), features[i], 0, SalienceFeature.size());
        }
        try (OnnxTensor sentence = OnnxTensor.createTensor(OnnxEnvironment.shared(), texts);
                OnnxTensor values = OnnxTensor.createTensor(OnnxEnvironment.shared(), features);
                OrtSession.Result result = session.run(
                        Map.of("text", sentence, SalienceFile.FEATURES, values), Set.of(SalienceFile.SALIENCE))) {
            return (float[]) result.get(0).getValue();
        }
    }

    private static Offset<Float> within() {
        return Offset.offset(1e-5f);
    }

    private static SalienceTrainer trainer() {
        return trainer(Optional.empty());
    }

    private static SalienceTrainer trainer(Optional<VectorSource> source) {
        return new SalienceTrainer(
                TopicDocuments.config(StudentConfig.Characters.OFF), new SalienceChoice(TWO), source);
    }

    private static Dataset<Row> documents(int partitions) {
        Random random = new Random(42);
        List<Row> rows = new ArrayList<>();
        for (int d = 0; d < 120; d++) {
            String text = document(random, 5 + random.nextInt(10));
            Sentences sentences = new SentenceSplitter().split(text);
            Float[] saliences = new Float[sentences.size()];
            StringBuilder aim = new StringBuilder();
            for (int i = 0; i < saliences.length; i++) {
                boolean tells = sentences.text(i).contains("conclude");
                saliences[i] = tells ? 0.95f : 0.02f;
                aim.append(tells ? sentences.text(i) + "\n" : "");
            }
            rows.add(RowFactory.create(
                    "s",
                    "d" + d,
                    text,
                    Integer.toHexString(text.hashCode()),
                    ArraySeq.unsafeWrapArray(saliences),
                    aim.toString()));
        }
        return SharedSpark.session()
                .createDataFrame(rows, SentenceLabels.LEARNING)
                .repartition(partitions);
    }

    private static String document(Random random, int sentences) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < sentences; i++) {
            text.append(random.nextInt(4) == 0 ? "We conclude that the" : "There was a");
            for (int w = 3 + random.nextInt(6); w >= 0; w--) {
                text.append(" word").append(random.nextInt(60));
            }
            text.append(". ");
        }
        return text.toString();
    }
}
