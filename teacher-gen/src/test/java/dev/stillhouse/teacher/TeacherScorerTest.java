package dev.stillhouse.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.stillhouse.udfs.onnx.EncoderSpec;
import dev.stillhouse.udfs.onnx.Entailment;
import dev.stillhouse.udfs.testing.TinyEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TeacherScorerTest {
    private static final Head HEAD = new Head(List.of("x", "y"), new float[][] {{1, 0}, {0, 1}}, new float[2], 1);

    @TempDir
    Path folder;

    @Test
    void scoresAreTheHeadsProbabilitiesOfTheEncodersVectors() throws IOException {
        EncoderSpec spec = EncoderSpec.of(TinyEncoder.writeTo(folder), 8);
        Teacher teacher = teacher(Mixture.of(HEAD), spec);
        try (TeacherScorer scorer = new TeacherScorer(teacher, List.of(spec))) {
            float[][] probabilities = scorer.probabilities(List.of("c", "a", ""));
            assertThat(scorer.labels()).containsExactly("x", "y");
            assertThat(probabilities[0]).isEqualTo(HEAD.probabilities(new float[] {0.6f, 0.8f}));
            assertThat(probabilities[1]).isEqualTo(HEAD.probabilities(new float[] {1, 0}));
            assertThat(probabilities[2]).containsExactly(0.5f, 0.5f);
            assertThat(scorer.parameters()).isEqualTo(18);
            long files = Files.size(folder.resolve("model.onnx")) + Files.size(folder.resolve("tokenizer.json"));
            assertThat(scorer.bytes()).isEqualTo(files + teacher.toJson().length);
        }
    }

    @Test
    void membersOfAnEnsembleAreMixed() throws IOException {
        EncoderSpec spec = EncoderSpec.of(TinyEncoder.writeTo(folder), 8);
        Mixture mixture = new Mixture(List.of(HEAD, HEAD.withTemperature(0.5f)), List.of(1.0, 3.0), 1);
        try (TeacherScorer scorer = new TeacherScorer(teacher(mixture, spec, spec), List.of(spec, spec))) {
            float[] vector = {0.6f, 0.8f};
            float expected = 0.25f * HEAD.probabilities(vector)[0]
                    + 0.75f * HEAD.withTemperature(0.5f).probabilities(vector)[0];
            assertThat(scorer.probabilities(List.of("c"))[0][0]).isCloseTo(expected, within(1e-6f));
        }
    }

    @Test
    void aHeadOfOtherDimensionsIsRefused() throws IOException {
        EncoderSpec spec = EncoderSpec.of(TinyEncoder.writeTo(folder), 8);
        Teacher wide = teacher(Mixture.of(new Head(List.of("x", "y"), new float[2][3], new float[2], 1)), spec);
        assertThatThrownBy(() -> new TeacherScorer(wide, List.of(spec)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be the encoder's 2");
    }

    private static Teacher teacher(Mixture mixture, EncoderSpec... models) {
        return new Teacher(
                "embedding-head",
                Stream.of(models)
                        .map(model -> new Teacher.Member(
                                "embedding-head", model.name(), "fp32", 8, 1, Entailment.NONE, model.identity(), ""))
                        .toList(),
                mixture);
    }
}
