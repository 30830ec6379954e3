package dev.stillhouse.udfs.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.stillhouse.udfs.errors.ConfigurationException;
import dev.stillhouse.udfs.errors.DataException;
import dev.stillhouse.udfs.testing.TinyClassifier;
import dev.stillhouse.udfs.testing.TinyEncoder;
import dev.stillhouse.udfs.testing.TinyInference;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextEncoderTest {
    @TempDir
    Path folder;

    private EncoderSpec spec;

    @BeforeEach
    void writeModel() throws IOException {
        spec = EncoderSpec.of(TinyEncoder.writeTo(folder), 8);
    }

    @AfterEach
    void closeSessions() {
        SessionCache.evictUnused();
    }

    @Test
    void poolsTheMeanOfRealTokensToAUnitVector() {
        try (TextEncoder encoder = TextEncoder.open(spec)) {
            float[][] vectors = encoder.encode(List.of("a a b", "c", "", "a d"));
            assertThat(encoder.dimensions()).isEqualTo(2);
            assertThat(vectors[0])
                    .containsExactly(
                            new float[] {(float) (2 / Math.sqrt(5)), (float) (1 / Math.sqrt(5))}, within(1e-6f));
            assertThat(vectors[1]).containsExactly(new float[] {0.6f, 0.8f}, within(1e-6f));
            assertThat(vectors[2]).containsExactly(0f, 0f);
            assertThat(vectors[3]).containsExactly(0f, 0f);
        }
    }

    @Test
    void maxTokensRulesOverTheTruncationAndPaddingOfTheFile() {
        try (TextEncoder encoder = TextEncoder.open(spec)) {
            float[][] vectors = encoder.encode(List.of("a a a a b b b b", "a a a a a a a a b b b b"));
            assertThat(vectors[0])
                    .containsExactly(new float[] {(float) Math.sqrt(0.5), (float) Math.sqrt(0.5)}, within(1e-6f));
            assertThat(vectors[1]).containsExactly(1f, 0f);
        }
    }

    @Test
    void onlyTheStartOfAHugeTextIsRead() {
        String spaces = " ".repeat(8 * 64);
        try (TextEncoder encoder = TextEncoder.open(spec)) {
            assertThat(encoder.encode(List.of("a" + spaces + "b"))[0]).containsExactly(1f, 0f);
        }
    }

    @Test
    void unpairedSurrogatesAreUnknownWords() {
        try (TextEncoder encoder = TextEncoder.open(spec)) {
            assertThat(encoder.encode(List.of("a \ud800", "\ud83d\ude00 b")))
                    .isDeepEqualTo(new float[][] {{1, 0}, {0, 1}});
        }
    }

    @Test
    void vectorsKeepTheOrderOfTheTextsWhateverTheBatches() {
        List<String> texts = List.of("a a a a a a", "b", "c c c", "a b", "", "b b b b b b b", "c a");
        try (TextEncoder one = TextEncoder.open(spec, 1);
                TextEncoder all = TextEncoder.open(spec, 1000)) {
            List<TextEncoder.Batch> batches = new ArrayList<>();
            assertThat(one.encode(one.tokenise(texts), batches::add)).isDeepEqualTo(all.encode(texts));
            assertThat(batches).hasSizeGreaterThan(4);
            assertThat(batches.stream().mapToInt(TextEncoder.Batch::texts).sum())
                    .isEqualTo(texts.size());
        }
    }

    @Test
    void whatTheConsumerThrowsEndsTheWork() {
        try (TextEncoder encoder = TextEncoder.open(spec, 1)) {
            List<TextEncoder.Batch> batches = new ArrayList<>();
            assertThatThrownBy(() -> encoder.encode(encoder.tokenise(Collections.nCopies(5, "a")), batch -> {
                        batches.add(batch);
                        throw new IllegalStateException("killed");
                    }))
                    .hasMessage("killed");
            assertThat(batches).hasSize(1);
        }
    }

    @Test
    void aBatchSaysWhatItsTextsHaveAndWhatWasAdded() {
        try (TextEncoder encoder = TextEncoder.open(spec, 1000)) {
            List<TextEncoder.Batch> batches = new ArrayList<>();
            TextEncoder.Tokens tokens = encoder.tokenise(List.of("a b", "a a a a a", "c c"));
            encoder.encode(tokens, batches::add);
            int[] lengths = tokens.lengths();
            int real = lengths[0] + lengths[1] + lengths[2];
            assertThat(lengths[1]).isGreaterThan(lengths[0]);
            assertThat(batches).containsExactly(new TextEncoder.Batch(3, real, 3 * lengths[1] - real));
        }
    }

    @Test
    void encodersOfOneModelShareASessionThatOutlivesThem() {
        TextEncoder first = TextEncoder.open(spec);
        TextEncoder second = TextEncoder.open(copy(spec));
        TextEncoder shorter = TextEncoder.open(EncoderSpec.of(folder.toString(), 9));
        assertThat(second.sharesSessionWith(first)).isTrue();
        assertThat(shorter.sharesSessionWith(first)).isFalse();
        first.close();
        first.close();
        assertThat(SessionCache.evictUnused()).isZero();
        assertThat(second.encode(List.of("a"))[0]).containsExactly(1f, 0f);
        assertThatThrownBy(() -> first.encode(List.of("a")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        second.close();
        shorter.close();
        assertThat(SessionCache.evictUnused()).isEqualTo(2);
    }

    @Test
    void countsTheWeightsOfTheModel() {
        assertThat(TextEncoder.parameters(spec)).isEqualTo(12);
    }

    @Test
    void aFileThatIsNoModelIsADataErrorWithARemedy() throws IOException {
        Files.writeString(folder.resolve("model.onnx"), "this is no model");
        EncoderSpec garbage = EncoderSpec.of(folder.toString(), 8);
        assertThatThrownBy(() -> TextEncoder.open(garbage))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("Cannot load encoder")
                .hasMessageContaining("Export the model");
        assertThatThrownBy(() -> TextEncoder.parameters(garbage))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no ONNX file");
    }

    @Test
    void operatorsOfAVersionThatTheRuntimeDoesNotKnowAreADataError() throws IOException {
        EncoderSpec future = EncoderSpec.of(TinyEncoder.writeOpsetTo(folder, 999), 8);
        assertThatThrownBy(() -> TextEncoder.open(future))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("ONNX Runtime does not read its model file")
                .hasMessageContaining("999");
    }

    @Test
    void aModelInHalfPrecisionIsReadAsFloats() throws IOException {
        String forms = TinyEncoder.writeFormsTo(folder);
        assertThat(ModelForm.all(forms)).containsExactly(ModelForm.FP32, ModelForm.FP16);
        EncoderSpec half = EncoderSpec.of(forms, ModelForm.FP16, 8);
        assertThat(half.identity()).isNotEqualTo(EncoderSpec.of(forms, 8).identity());
        try (TextEncoder encoder = TextEncoder.open(half)) {
            assertThat(encoder.encode(List.of("c"))[0]).containsExactly(0.6f, 0.8f);
        }
    }

    @Test
    void aFormThatAFolderHasNotIsAConfigurationErrorThatNamesItsFile() {
        assertThat(ModelForm.all("minilm")).containsExactly(ModelForm.FP32, ModelForm.INT8);
        assertThatThrownBy(() -> EncoderSpec.of(folder.toString(), ModelForm.INT8, 8))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("model_quantized.onnx");
    }

    @Test
    void aFileThatIsNoTokenizerIsADataError() throws IOException {
        Files.writeString(folder.resolve("tokenizer.json"), "{}");
        EncoderSpec garbage = EncoderSpec.of(folder.toString(), 8);
        assertThatThrownBy(() -> TextEncoder.open(garbage))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no tokenizer.json");
    }

    @Test
    void otherInputsOrOutputsAreNamedBesideTheExpectedOnes() throws IOException {
        EncoderSpec inputs = EncoderSpec.of(TinyEncoder.writeTo(folder, "pixel_values", "last_hidden_state"), 8);
        assertThatThrownBy(() -> TextEncoder.open(inputs))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("pixel_values=INT64[2d]")
                .hasMessageContaining("expected INT64 input_ids and attention_mask");
        EncoderSpec outputs = EncoderSpec.of(TinyEncoder.writeTo(folder, "attention_mask", "boxes"), 8);
        assertThatThrownBy(() -> TextEncoder.open(outputs))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("boxes=FLOAT[3d]")
                .hasMessageContaining("expected FLOAT last_hidden_state");
    }

    @Test
    void logitsAreGivenAsTheyAreAndAnEncoderHasNone() throws IOException {
        Map<String, float[]> words = Map.of("up", new float[] {3, -1}, "nan", new float[] {Float.NaN, 0});
        EncoderSpec classifier = EncoderSpec.of(TinyClassifier.writeTo(folder.resolve("logits"), words), 8)
                .withReading(Reading.LOGITS);
        try (TextEncoder model = TextEncoder.open(classifier)) {
            float[][] logits = model.encode(List.of("up, up!", "down", "up nan"));
            assertThat(logits[0]).containsExactly(6f, -2f);
            assertThat(logits[1]).containsExactly(0f, 0f);
            assertThat(logits[2]).isNull();
        }
        assertThat(classifier.identity())
                .isEqualTo(classifier.withReading(Reading.MEAN).identity() + "-logits");
        assertThatThrownBy(() -> TextEncoder.open(spec.withReading(Reading.LOGITS)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("last_hidden_state=FLOAT[3d]")
                .hasMessageContaining("expected FLOAT logits")
                .hasMessageContaining("Export the model for text classification");
        assertThatThrownBy(() -> TextEncoder.open(classifier.withReading(Reading.MEAN)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("logits=FLOAT[2d]");
    }

    @Test
    void theFirstTokenOrAPrefixIsReadWhereTheModelWasTrainedSo() {
        try (TextEncoder first = TextEncoder.open(spec.withReading(Reading.CLS));
                TextEncoder behind = TextEncoder.open(spec.withPrefix("b "))) {
            assertThat(first.encode(List.of("c b b"))[0]).containsExactly(new float[] {0.6f, 0.8f}, within(1e-6f));
            float half = (float) Math.sqrt(0.5);
            assertThat(behind.encode(List.of("a"))[0]).containsExactly(new float[] {half, half}, within(1e-6f));
        }
        assertThat(List.of(
                        spec.identity(),
                        spec.withReading(Reading.CLS).identity(),
                        spec.withPrefix("b ").identity()))
                .doesNotHaveDuplicates();
    }

    @Test
    void aMissingFolderOrFileAndALengthOutOfBoundsAreConfigurationErrors() throws IOException {
        assertThatThrownBy(() -> EncoderSpec.of("no/such/folder", 8))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("Invalid teacher.model: no/such/folder");
        Files.delete(folder.resolve("tokenizer.json"));
        assertThatThrownBy(() -> EncoderSpec.of(folder.toString(), 8))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("tokenizer.json");
        assertThatThrownBy(() -> new EncoderSpec(
                        "x", spec.files(), "", "", 0, 513, Reading.MEAN, "", 1, Device.CPU, Entailment.NONE))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("Invalid teacher.max_tokens: 513 (must be 8 to 512)");
    }

    private static EncoderSpec copy(EncoderSpec spec) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(spec);
            }
            try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
                return (EncoderSpec) in.readObject();
            }
        } catch (IOException | ClassNotFoundException e) {
            throw new AssertionError("does not survive serialisation", e);
        }
    }

    @Test
    void aTextAndEachHypothesisAreReadTogether() throws IOException {
        String model = TinyInference.writeTo(
                folder.resolve("nli"), List.of(List.of("food", "soup", "bread"), List.of("sea", "ship")));
        EncoderSpec spec =
                EncoderSpec.of(model, 16).withEntailment(new Entailment(List.of("about food", "about the sea"), 1));
        List<TextEncoder.Batch> batches = new ArrayList<>();
        try (TextEncoder encoder = TextEncoder.open(spec)) {
            assertThat(encoder.dimensions()).isEqualTo(2);
            float[][] odds = encoder.encode(
                    encoder.tokenise(List.of("soup and bread", "a ship", "", "soup aboard ship")), batches::add);
            // Twice the pairs of one topic, less one; contradiction is 0.
            assertThat(odds[0]).containsExactly(3, -1);
            assertThat(odds[1]).containsExactly(-1, 1);
            assertThat(odds[2]).containsExactly(-1, -1);
            assertThat(odds[3]).containsExactly(1, 1);
            assertThat(batches.stream().mapToInt(TextEncoder.Batch::texts).sum())
                    .isEqualTo(4);
            // The text is cut, the hypothesis is not.
            assertThat(encoder.encode(List.of("soup " + "and ".repeat(30) + "ship"))[0])
                    .containsExactly(1, -1);
        }
        EncoderSpec wrong = EncoderSpec.of(model, 16).withEntailment(new Entailment(List.of("about food"), 2));
        assertThatThrownBy(() -> TextEncoder.open(wrong))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("2 logits")
                .hasMessageContaining("teacher.entailment");
        assertThat(wrong.identity()).isNotEqualTo(spec.identity());
    }

    @Test
    void aLongTextIsReadInWindowsWhoseMeanCounts() throws IOException {
        EncoderSpec one = EncoderSpec.of(TinyEncoder.writeTo(folder), 8);
        String text = "a ".repeat(8) + "b ".repeat(6);
        try (TextEncoder cut = TextEncoder.open(one);
                TextEncoder whole = TextEncoder.open(one.withWindows(4));
                TextEncoder two = TextEncoder.open(one.withWindows(2))) {
            assertThat(cut.encode(List.of(text))[0]).containsExactly(1, 0);
            // Windows overlap by two words: eight a, two a and six b.
            float[] windows = whole.encode(List.of(text))[0];
            double[] sum = {8 * 1 + 8 * 2 / Math.sqrt(40), 8 * 6 / Math.sqrt(40)};
            double length = Math.hypot(sum[0], sum[1]);
            assertThat(windows[0]).isCloseTo((float) (sum[0] / length), within(1e-6f));
            assertThat(windows[1]).isCloseTo((float) (sum[1] / length), within(1e-6f));
            assertThat(two.tokenise(List.of("a ".repeat(100))).lengths()).containsExactly(16);
            assertThat(whole.encode(List.of("a b"))).isDeepEqualTo(cut.encode(List.of("a b")));
            assertThat(whole.encode(List.of("a ".repeat(9) + "nan"))[0]).isNull();
        }
        assertThat(one.withWindows(4).identity()).isNotEqualTo(one.identity());
    }
}
