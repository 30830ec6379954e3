package dev.stillhouse.cli.pipeline;

import dev.stillhouse.student.VectorSource;
import dev.stillhouse.teacher.Teacher;
import dev.stillhouse.teacher.TeacherConfig;
import dev.stillhouse.teacher.TeacherModels;
import dev.stillhouse.udfs.onnx.CatalogueModel;
import dev.stillhouse.udfs.onnx.EncoderSpec;
import dev.stillhouse.udfs.onnx.TextEncoder;
import dev.stillhouse.udfs.onnx.TokenizerWords;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Vectors of words from the teacher's own encoder, or from MiniLM where the teacher has none (one that is asked over HTTP, or read from a column). Unit length; words that the encoder has no finite vector for get zeros.
 *
 * @param spec the encoder
 */
record EncoderVectors(EncoderSpec spec) implements VectorSource {
    private static final int MAX_TOKENS = 32;
    /** Fixed, so that the batches and with them the last digits do not depend on the number of threads. */
    private static final int WORDS_AT_ONCE = 1_024;

    /** The vectors that students of this teacher begin with. */
    static EncoderVectors of(Teacher teacher) {
        Optional<EncoderSpec> own = teacher.members().stream()
                .filter(member -> TeacherConfig.Kind.of(member.kind()).embeds())
                .findFirst()
                .map(TeacherModels::model);
        return new EncoderVectors(own.orElseGet(() -> EncoderSpec.of(CatalogueModel.MINILM.key(), MAX_TOKENS)));
    }

    @Override
    public List<String> words() {
        return TokenizerWords.of(spec).stream()
                .map(word -> word.toLowerCase(Locale.ROOT))
                .toList();
    }

    @Override
    public float[][] vectors(List<String> words) {
        int parts = (words.size() + WORDS_AT_ONCE - 1) / WORDS_AT_ONCE;
        try (TextEncoder encoder = TextEncoder.open(spec)) {
            return IntStream.range(0, parts)
                    .parallel()
                    .mapToObj(part ->
                            words.subList(part * WORDS_AT_ONCE, Math.min(words.size(), (part + 1) * WORDS_AT_ONCE)))
                    .flatMap(part -> Arrays.stream(vectors(encoder, part)))
                    .toArray(float[][]::new);
        }
    }

    private static float[][] vectors(TextEncoder encoder, List<String> words) {
        float[] @Nullable [] encoded = encoder.encode(words);
        float[][] vectors = new float[encoded.length][];
        for (int i = 0; i < vectors.length; i++) {
            float @Nullable [] vector = encoded[i];
            vectors[i] = vector == null ? new float[encoder.dimensions()] : normalized(vector);
        }
        return vectors;
    }

    private static float[] normalized(float[] vector) {
        double square = 0;
        for (float value : vector) {
            square += value * value;
        }
        float scale = square == 0 ? 0 : (float) (1 / Math.sqrt(square));
        float[] unit = new float[vector.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = scale * vector[i];
        }
        return unit;
    }
}
