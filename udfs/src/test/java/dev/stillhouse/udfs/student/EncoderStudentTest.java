package dev.stillhouse.udfs.student;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.stillhouse.udfs.errors.DataException;
import dev.stillhouse.udfs.testing.TinyStudent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncoderStudentTest {
    private static final StudentFiles FILES =
            TinyStudent.files(List.of("a", "b"), Map.of("one", new float[] {2, 0}, "two", new float[] {0, 1}));

    @Test
    void aStudentWithoutExitsHasNone() {
        try (Student student = FILES.open("test")) {
            assertThat(((EncoderStudent) student).exits()).isEmpty();
            assertThat(student.probabilities(List.of("one"))[0][0]).isGreaterThan(0.8f);
        }
    }

    @Test
    void exitsAreReadFromTheMetadata() {
        StudentFiles exiting = with(EncoderFile.META_EXITS, "[{\"layer\":1,\"threshold\":0.9,\"share\":0.25}]");

        try (Student student = exiting.open("test")) {
            assertThat(((EncoderStudent) student).exits()).containsExactly(new EarlyExit(1, 0.9f, 0.25));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[null]",
                "null",
                "[",
                "[{\"layer\":0,\"threshold\":0.5,\"share\":0.5}]",
                "[{\"layer\":1,\"threshold\":\"NaN\",\"share\":0.5}]",
                "[{\"layer\":1,\"threshold\":2,\"share\":0.5}]",
                "[{\"layer\":1,\"threshold\":0.5,\"share\":-1}]"
            })
    void exitsThatAreNoneAreRefused(String exits) {
        assertRefused(with(EncoderFile.META_EXITS, exits), "its student.exits are not what is expected there");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "NaN", "Infinity", "many"})
    void layersAndTemperaturesThatAreNoNumbersAreRefused(String number) {
        assertRefused(with(EncoderFile.META_LAYER, number), "student.layer is '" + number + "'");
        assertRefused(with(StudentFile.META_TEMPERATURE, number), "student.temperature is '" + number + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[\"a\"]", "[\"a\",\"b\",\"c\"]", "[]"})
    void anotherNumberOfLabelsThanProbabilitiesIsRefused(String labels) {
        assertRefused(with(StudentFile.META_LABELS, labels), " labels and 2 probabilities");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "", "[1", "{\"model\":{}}"})
    void aTokenizerThatIsNoneIsRefused(String tokenizer) {
        assertRefused(StudentFiles.ofTokens(FILES.onnx(), tokenizer.getBytes(StandardCharsets.UTF_8)), "tokenizer");
    }

    @Test
    void aGraphThatIsNoneIsRefused() {
        byte[] tokenizer = FILES.tokenizer().orElseThrow();

        assertRefused(StudentFiles.ofTokens(new byte[] {1, 2, 3}, tokenizer), "it is no ONNX file");
        assertRefused(StudentFiles.ofTokens(new byte[0], tokenizer), "format version is ''");
    }

    private static void assertRefused(StudentFiles files, String message) {
        assertThatThrownBy(() -> files.open("test"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(message);
    }

    private static StudentFiles with(String key, String value) {
        try {
            ModelProto.Builder model = ModelProto.parseFrom(FILES.onnx()).toBuilder();
            List<StringStringEntryProto> others = model.getMetadataPropsList().stream()
                    .filter(entry -> !entry.getKey().equals(key))
                    .toList();
            model.clearMetadataProps()
                    .addAllMetadataProps(others)
                    .addMetadataProps(
                            StringStringEntryProto.newBuilder().setKey(key).setValue(value));
            return StudentFiles.ofTokens(
                    model.build().toByteArray(), FILES.tokenizer().orElseThrow());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }
}
