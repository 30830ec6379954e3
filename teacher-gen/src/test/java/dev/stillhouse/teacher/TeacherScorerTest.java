package dev.stillhouse.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillhouse.udfs.onnx.EncoderSpec;
import dev.stillhouse.udfs.testing.TinyEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TeacherScorerTest {
    private static final Head HEAD = new Head(List.of("x", "y"), new float[][] {{1, 0}, {0, 1}}, new float[2], 1);

    @TempDir
    Path folder;

    @Test
    void scoresAreTheHeadsProbabilitiesOfTheEncodersVectors() throws IOException {
        EncoderSpec spec = EncoderSpec.of(TinyEncoder.writeTo(folder), 8);
        try (TeacherScorer scorer = new TeacherScorer(spec, HEAD)) {
            float[][] probabilities = scorer.probabilities(List.of("c", "a", ""));
            assertThat(scorer.labels()).containsExactly("x", "y");
            assertThat(probabilities[0]).isEqualTo(HEAD.probabilities(new float[] {0.6f, 0.8f}));
            assertThat(probabilities[1]).isEqualTo(HEAD.probabilities(new float[] {1, 0}));
            assertThat(probabilities[2]).containsExactly(0.5f, 0.5f);
            assertThat(scorer.parameters()).isEqualTo(18);
            long files = Files.size(folder.resolve("model.onnx")) + Files.size(folder.resolve("tokenizer.json"));
            assertThat(scorer.bytes()).isEqualTo(files + HEAD.toJson().length);
        }
    }

    @Test
    void theIdentityChangesWithWhatChangesProbabilities() throws IOException {
        EncoderSpec spec = EncoderSpec.of(TinyEncoder.writeTo(folder), 8);
        String identity = TeacherScorer.identity(spec, TeacherConfig.Precision.FP32, HEAD);
        assertThat(identity).matches("[0-9a-f]{12}-fp32-8-[0-9a-f]{12}");
        assertThat(TeacherScorer.identity(spec, TeacherConfig.Precision.FP32, HEAD.withTemperature(2)))
                .isNotEqualTo(identity);
        assertThat(TeacherScorer.identity(EncoderSpec.of(folder.toString(), 9), TeacherConfig.Precision.FP32, HEAD))
                .isNotEqualTo(identity);
    }

    @Test
    void aHeadOfOtherDimensionsIsRefused() throws IOException {
        EncoderSpec spec = EncoderSpec.of(TinyEncoder.writeTo(folder), 8);
        Head wide = new Head(List.of("x", "y"), new float[2][3], new float[2], 1);
        assertThatThrownBy(() -> new TeacherScorer(spec, wide))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be the encoder's 2");
    }
}
