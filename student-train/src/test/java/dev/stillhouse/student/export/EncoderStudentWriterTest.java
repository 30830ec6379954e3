package dev.stillhouse.student.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.stillhouse.udfs.errors.DataException;
import dev.stillhouse.udfs.onnx.CatalogueModel;
import dev.stillhouse.udfs.onnx.Device;
import dev.stillhouse.udfs.onnx.EncoderLayers;
import dev.stillhouse.udfs.onnx.EncoderSpec;
import dev.stillhouse.udfs.onnx.ModelFiles;
import dev.stillhouse.udfs.onnx.ModelForm;
import dev.stillhouse.udfs.onnx.OnnxEnvironment;
import dev.stillhouse.udfs.onnx.Reading;
import dev.stillhouse.udfs.onnx.SessionCache;
import dev.stillhouse.udfs.onnx.TextEncoder;
import dev.stillhouse.udfs.student.EarlyExit;
import dev.stillhouse.udfs.student.EncoderStudent;
import dev.stillhouse.udfs.student.Student;
import dev.stillhouse.udfs.student.StudentFiles;
import dev.stillhouse.udfs.testing.TinyTransformer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncoderStudentWriterTest {
    private static final List<String> LABELS = List.of("a", "b", "caf\u00e9");
    private static final List<String> TEXTS = List.of(
            "I ordered a card a week ago and it has not arrived",
            "",
            "\u65e5\u672c\u8a9e\u306e\u30c6\u30ad\u30b9\u30c8",
            "\u041f\u0440\u0438\u0432\u0435\u0442, \u043c\u0438\u0440",
            "\u0645\u0631\u062d\u0628\u0627 \u0628\u0627\u0644\u0639\u0627\u0644\u0645",
            "\ud83d\ude00\ud83d\udc69\u200d\ud83d\udcbb",
            "lone \ud83d surrogate",
            "word ".repeat(200));
    /** Distance of unit vectors, of the last layer; half of it in the middle. What docs/student.md says. */
    private static final double INT8_TOLERANCE = 0.4;

    private static final EncoderSpec MINILM = EncoderSpec.of(CatalogueModel.MINILM.key(), 64);

    @TempDir
    Path folder;

    @AfterEach
    void evict() {
        SessionCache.evictUnused();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 6})
    void theEngineSaysWhatAPlainRunOfTheFileSays(int layer) throws Exception {
        StudentFiles files = student(MINILM, layer, head(384, layer));

        try (Student student = files.open("test")) {
            float[][] found = student.probabilities(TEXTS);

            for (int text = 0; text < found.length; text++) {
                assertThat(found[text])
                        .as(TEXTS.get(text))
                        .containsExactly(plain(files, TEXTS.get(text)), Offset.offset(1e-5f));
            }
        }
    }

    @Test
    void theLastLayersStudentIsTheHeadOnTheEncodersVectors() {
        EncoderHead head = head(384, 6);
        try (Student student = student(MINILM, 6, head).open("test");
                TextEncoder encoder = TextEncoder.open(MINILM)) {
            float[][] found = student.probabilities(TEXTS);
            float[][] vectors = encoder.encode(TEXTS);

            for (int text = 0; text < found.length; text++) {
                assertThat(found[text]).containsExactly(softmax(head, vectors[text]), Offset.offset(1e-5f));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {0, 0.7f, 0.9f, 1})
    void aTextLeavesAtTheFirstLayerThatIsSureOfIt(float threshold) throws Exception {
        EncoderHeads heads =
                new EncoderHeads(List.of(early(1, threshold), early(3, threshold / 2 + 0.4f)), 6, head(384, 6));
        StudentFiles files = student(MINILM, heads);
        List<String> repeated = TEXTS.stream()
                .flatMap(text -> Stream.of(text, text + " and more", text + " " + text))
                .toList();

        try (Student exiting = files.open("test");
                Student first = student(MINILM, 1, head(384, 1)).open("1");
                Student third = student(MINILM, 3, head(384, 3)).open("3");
                Student last = student(MINILM, 6, head(384, 6)).open("6")) {
            float[][] found = exiting.probabilities(repeated);
            float[][] one = first.probabilities(repeated);
            float[][] three = third.probabilities(repeated);
            float[][] six = last.probabilities(repeated);

            for (int text = 0; text < found.length; text++) {
                float[] expected = max(one[text]) > threshold
                        ? one[text]
                        : max(three[text]) > threshold / 2 + 0.4f ? three[text] : six[text];
                assertThat(found[text]).as(repeated.get(text)).containsExactly(expected, Offset.offset(1e-5f));
            }
            assertThat(plain(files, TEXTS.get(0))).containsExactly(found[0], Offset.offset(1e-5f));
            assertThat(((EncoderStudent) exiting).exits())
                    .isEqualTo(
                            heads.early().stream().map(EncoderHeads.Early::exit).toList());
        }
    }

    @Test
    void someTextsLeaveAndOthersStay() {
        try (Student first = student(MINILM, 1, head(384, 1)).open("1")) {
            List<float[]> one = List.of(first.probabilities(TEXTS));

            assertThat(one).anyMatch(row -> max(row) > 0.7f).anyMatch(row -> max(row) <= 0.7f);
        }
    }

    @Test
    void aTextWithoutFiniteValuesKeepsNoOtherFromLeaving() throws IOException {
        EncoderSpec tiny = EncoderSpec.of(TinyTransformer.writeTo(folder, List.of("one", "two", "three"), 16, 16), 16);
        EncoderHeads heads = new EncoderHeads(List.of(early(16, 1, 0.4f)), 2, head(16, 2));

        try (Student exiting = student(tiny, heads).open("test");
                Student first = student(tiny, 1, head(16, 1)).open("1")) {
            float[][] found = exiting.finiteProbabilities(List.of("one two", TinyTransformer.NAN, "three"));
            float[][] one = first.probabilities(List.of("one two", "three"));

            assertThat(found[1]).isNull();
            assertThat(found[0]).containsExactly(one[0], Offset.offset(1e-5f));
            assertThat(found[2]).containsExactly(one[1], Offset.offset(1e-5f));
        }
    }

    @Test
    void metadataSaysWhatItIs() {
        EncoderHead head = head(384, 1);
        StudentFiles files = student(MINILM, 2, head);

        try (Student student = files.open("test")) {
            EncoderStudent cut = (EncoderStudent) student;
            assertThat(cut.labels()).isEqualTo(LABELS);
            assertThat(cut.layer()).isEqualTo(2);
            assertThat(cut.layers()).isEqualTo(6);
            assertThat(cut.maxTokens()).isEqualTo(64);
            assertThat(cut.encoder()).isEqualTo("minilm");
            assertThat(cut.temperature()).isEqualTo(head.temperature());
            assertThat(cut.provenance()).isEqualTo(Map.of("run", "r1"));
            assertThat(files.onnx()).isEqualTo(student(MINILM, 2, head).onnx());
        }
    }

    @Test
    void integerWeightsMakeASmallerStudentThatSaysMuchTheSame() {
        EncoderSpec int8 = EncoderSpec.of(CatalogueModel.MINILM.key(), ModelForm.INT8, 64);
        StudentFiles small = student(int8, 3, head(384, 3));
        StudentFiles large = student(MINILM, 3, head(384, 3));

        assertThat(small.bytes()).isLessThan(large.bytes() / 3);
        try (Student one = small.open("small");
                Student other = large.open("large")) {
            assertThat(one.probabilities(TEXTS.subList(0, 1))[0])
                    .containsExactly(other.probabilities(TEXTS.subList(0, 1))[0], Offset.offset(0.1f));
        }
    }

    @Test
    void integerWeightsMoveAVectorWithItsBatchWithinTheTolerance() {
        EncoderSpec int8 = EncoderSpec.of(CatalogueModel.MINILM.key(), ModelForm.INT8, 64);
        byte[] graph = new EncoderStudentWriter(int8, EncoderLayers.of(int8)).vectors();
        EncoderSpec layers = EncoderSpec.of(
                        "layers", new ModelFiles.Loaded(graph, int8.files().tokenizer()), 64)
                .withReading(Reading.LOGITS);

        try (TextEncoder encoder = TextEncoder.open(layers)) {
            float[][] together = encoder.encode(TEXTS);
            for (int text = 0; text < together.length; text++) {
                float[] alone = encoder.encode(TEXTS.subList(text, text + 1))[0];
                assertThat(distance(alone, together[text], 3)).isLessThan(INT8_TOLERANCE / 2);
                assertThat(distance(alone, together[text], 6)).isLessThan(INT8_TOLERANCE);
            }
        }
    }

    /** Of a layer's unit vectors; layers from 1. */
    private static double distance(float[] one, float[] other, int layer) {
        double squares = 0;
        for (int d = 384 * (layer - 1); d < 384 * layer; d++) {
            squares += (one[d] - other[d]) * (one[d] - other[d]);
        }
        return Math.sqrt(squares);
    }

    @Test
    void anotherFormatIsNamed() {
        StudentFiles files =
                StudentFiles.ofTokens(new byte[] {1, 2, 3}, MINILM.files().tokenizer());

        assertThatThrownBy(() -> files.open("test"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("ONNX");
    }

    private static EncoderHeads.Early early(int layer, float threshold) {
        return early(384, layer, threshold);
    }

    private static EncoderHeads.Early early(int dimensions, int layer, float threshold) {
        return new EncoderHeads.Early(new EarlyExit(layer, threshold, 0.5), head(dimensions, layer));
    }

    private static StudentFiles student(EncoderSpec spec, int layer, EncoderHead head) {
        return student(spec, EncoderHeads.of(layer, head));
    }

    private static StudentFiles student(EncoderSpec spec, EncoderHeads heads) {
        byte[] onnx =
                new EncoderStudentWriter(spec, EncoderLayers.of(spec)).student(heads, LABELS, Map.of("run", "r1"));
        return StudentFiles.ofTokens(onnx, spec.files().tokenizer());
    }

    private static EncoderHead head(int dimensions, long seed) {
        Random random = new Random(seed);
        float[][] weights = new float[LABELS.size()][dimensions];
        for (float[] row : weights) {
            for (int d = 0; d < dimensions; d++) {
                row[d] = (float) (10 * random.nextGaussian());
            }
        }
        return new EncoderHead(weights, new float[] {0.1f, -0.2f, 0.3f}, 1.5f);
    }

    private static float[] softmax(EncoderHead head, float[] vector) {
        double[] logits = head.logits(vector);
        double top = Arrays.stream(logits).max().orElseThrow();
        double[] shares = Arrays.stream(logits)
                .map(logit -> Math.exp((logit - top) / head.temperature()))
                .toArray();
        double sum = Arrays.stream(shares).sum();
        float[] probabilities = new float[shares.length];
        for (int label = 0; label < shares.length; label++) {
            probabilities[label] = (float) (shares[label] / sum);
        }
        return probabilities;
    }

    /** One text alone, tokenised and run by the libraries themselves. */
    private static float[] plain(StudentFiles files, String text) throws Exception {
        OrtEnvironment environment = OnnxEnvironment.shared();
        Map<String, String> options =
                Map.of("truncation", "true", "maxLength", "64", "modelMaxLength", "64", "padding", "false");
        try (HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.newInstance(
                        new ByteArrayInputStream(files.tokenizer().orElseThrow()), options);
                OrtSession session = environment.createSession(files.onnx(), OnnxEnvironment.options(Device.CPU))) {
            Encoding encoding = tokenizer.encode(text.replace('\ud83d', text.startsWith("lone") ? '\ufffd' : '\ud83d'));
            try (OnnxTensor ids = tensor(environment, encoding.getIds());
                    OnnxTensor mask = tensor(environment, encoding.getAttentionMask());
                    OnnxTensor types = tensor(environment, encoding.getTypeIds());
                    OrtSession.Result result =
                            session.run(Map.of("input_ids", ids, "attention_mask", mask, "token_type_ids", types))) {
                float[] probabilities =
                        ((float[][]) result.get("probabilities").orElseThrow().getValue())[0];
                String label = ((String[]) result.get("label").orElseThrow().getValue())[0];
                assertThat(probabilities[LABELS.indexOf(label)]).isEqualTo(max(probabilities));
                return probabilities;
            }
        }
    }

    private static float max(float[] values) {
        float max = values[0];
        for (float value : values) {
            max = Math.max(max, value);
        }
        return max;
    }

    private static OnnxTensor tensor(OrtEnvironment environment, long[] values) throws OrtException {
        return OnnxTensor.createTensor(environment, new long[][] {values});
    }
}
