package dev.stillhouse.udfs.student;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.stillhouse.udfs.student.StudentModel.Block;
import dev.stillhouse.udfs.student.StudentModel.Float32;
import dev.stillhouse.udfs.student.StudentModel.Vectors;
import dev.stillhouse.udfs.testing.RandomStudents;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class StudentKernelTest {
    @Property(tries = 60)
    void agreesWithTheDefinitionWorkedOutFromTheExtractedNgrams(
            @ForAll long seed,
            @ForAll boolean int8,
            @ForAll @IntRange(min = 1, max = 3) int words,
            @ForAll @IntRange(max = 6) int characters) {
        RandomStudents random = new RandomStudents(seed);
        List<String> texts = new ArrayList<>(random.texts(40));
        texts.addAll(RandomStudents.hardTexts());
        StudentModel model =
                random.model(new FeatureSpec(words, characters == 0 ? 0 : 1 + characters / 3, characters), int8, texts);
        StudentKernel kernel = new StudentKernel(model);
        for (String text : texts) {
            assertThat(kernel.probabilities(text)).containsExactly(reference(model, text), within(2e-6f));
        }
    }

    @Property(tries = 60)
    void bytesAndStringsGiveTheSame(@ForAll long seed) {
        RandomStudents random = new RandomStudents(seed);
        List<String> texts = random.texts(30);
        StudentKernel kernel = new StudentKernel(random.model(new FeatureSpec(2, 1, 3), false, texts));
        for (String text : texts) {
            byte[] padded = ("x" + text + "x").getBytes(StandardCharsets.UTF_8);
            assertThat(kernel.probabilities(padded, 1, padded.length - 2)).containsExactly(kernel.probabilities(text));
        }
    }

    @Test
    void malformedBytesSeparateWords() {
        StudentKernel kernel = new StudentKernel(twoLabels("a b", "é"));
        float[] expected = kernel.probabilities("a b é");
        assertThat(expected).isNotEqualTo(kernel.probabilities(""));
        for (int[] gap : new int[][] {
            {0xFF},
            {0x80},
            {0xC3},
            {0xC0, 0x80},
            {0xE0, 0x80, 0x80},
            {0xED, 0xA0, 0x80},
            {0xF0, 0x9F, 0x98, 0x80},
            {0xE6, 0x97}
        }) {
            byte[] text = concat(new byte[] {'A'}, gap, new byte[] {'b', ' ', (byte) 0xC3, (byte) 0xA9}, gap);
            assertThat(kernel.probabilities(text, 0, text.length))
                    .as(Arrays.toString(gap))
                    .containsExactly(expected);
        }
    }

    @Test
    void unseenAreWordsWithoutWeightsOfTheirOwn() {
        StudentKernel kernel = new StudentKernel(twoLabels("a b", "é"));

        assertThat(kernel.hasWords()).isTrue();
        assertThat(unseenShare(kernel, "É, é")).isEqualTo(0.5f);
        assertThat(unseenShare(kernel, "A b é é")).isEqualTo(0.5f);
        assertThat(unseenShare(kernel, "é")).isZero();
        assertThat(unseenShare(kernel, "nothing that it knows, however long the words may be"))
                .isEqualTo(1);
        assertThat(unseenShare(kernel, " ...")).isEqualTo(1);
        assertThat(unseenShare(kernel, "")).isEqualTo(1);
    }

    @Property(tries = 40)
    void unseenShareIsThatOfTheExtractedWords(@ForAll long seed) {
        RandomStudents random = new RandomStudents(seed);
        List<String> texts = new ArrayList<>(random.texts(30));
        texts.addAll(RandomStudents.hardTexts());
        StudentModel model = random.model(new FeatureSpec(2, 1, 3), false, texts);
        Set<String> known = new HashSet<>(Arrays.asList(model.words().keys()));
        known.addAll(Arrays.asList(model.vectors().entries().keys()));
        StudentKernel kernel = new StudentKernel(model);
        for (String text : texts) {
            List<String> words = new ArrayList<>();
            new FeatureExtractor(FeatureSpec.words(1)).words(text, words::add);
            long unseen = words.stream().filter(word -> !known.contains(word)).count();
            assertThat(unseenShare(kernel, text)).isEqualTo(words.isEmpty() ? 1 : (float) unseen / words.size());
        }
    }

    private static float unseenShare(StudentKernel kernel, String text) {
        return kernel.unseenShare(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aTextWithoutHitsGetsTheSoftmaxOfTheBias() {
        StudentModel model = new StudentModel(
                List.of("x", "y"),
                FeatureSpec.words(1),
                block("a"),
                block(),
                Vectors.none(),
                new float[] {1, 0},
                2,
                Map.of());
        double odds = Math.exp(0.5);
        float[] expected = {(float) (odds / (1 + odds)), (float) (1 / (1 + odds))};
        for (float[] row : new StudentKernel(model).probabilities(List.of("", "unseen"))) {
            assertThat(row).containsExactly(expected, within(1e-7f));
        }
    }

    @Test
    void entriesThatNoTextCanProduceAreRefusedWithoutNamingThem() {
        for (String entry : List.of("", "A", "a ", " a", "a  b", "a-b", "a b c", "a\uD83D\uDE00")) {
            assertThatThrownBy(() -> new StudentKernel(twoLabels("fine", entry)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("Invalid entry 1 of the vocabulary of words");
        }
        assertThatThrownBy(() -> new StudentKernel(twoLabels("twice", "twice")))
                .hasMessageContaining("must be distinct")
                .hasMessageNotContaining("twice,");
    }

    @Test
    void textsOfDifferentThreadsDoNotMix() {
        RandomStudents random = new RandomStudents(7);
        List<String> texts = random.texts(500);
        StudentKernel kernel = new StudentKernel(random.model(new FeatureSpec(3, 2, 4), true, texts));
        List<float[]> alone = texts.stream().map(kernel::probabilities).toList();
        List<float[]> together = IntStream.range(0, 5_000)
                .parallel()
                .mapToObj(i -> kernel.probabilities(texts.get(i % 500)))
                .toList();
        IntStream.range(0, 5_000).forEach(i -> assertThat(together.get(i)).containsExactly(alone.get(i % 500)));
    }

    @Test
    void aHugeTextLeavesNothingBehind() {
        StudentKernel kernel = new StudentKernel(twoLabels("a", "b"));
        float[] before = kernel.probabilities("a b b");
        kernel.probabilities("a ".repeat(2_000_000));
        assertThat(kernel.probabilities("a b b")).containsExactly(before);
    }

    private static StudentModel twoLabels(String... words) {
        return new StudentModel(
                List.of("x", "y"),
                FeatureSpec.words(2),
                block(words),
                block(),
                Vectors.none(),
                new float[2],
                1,
                Map.of());
    }

    private static Block block(String... keys) {
        float[] weights = new float[2 * keys.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = i * 0.37f * (i % 3 - 1) + 0.1f;
        }
        return new Block(keys, new Float32(weights, 2));
    }

    private static byte[] concat(byte[] first, int[] gap, byte[] second, int[] end) {
        byte[] all = new byte[first.length + gap.length + second.length + end.length];
        int at = 0;
        for (byte value : first) {
            all[at++] = value;
        }
        for (int value : gap) {
            all[at++] = (byte) value;
        }
        for (byte value : second) {
            all[at++] = value;
        }
        for (int value : end) {
            all[at++] = (byte) value;
        }
        return all;
    }

    /** The formula of {@link StudentModel} in double, with strings and maps. */
    private static float[] reference(StudentModel model, String text) {
        double[] logits = new double[model.labels().size()];
        FeatureExtractor extractor = new FeatureExtractor(model.features());
        List<String> words = new ArrayList<>();
        extractor.words(text, words::add);
        List<String> characters = new ArrayList<>();
        extractor.characters(text, characters::add);
        add(model.words(), words, logits);
        add(model.characters(), characters, logits);
        addVectors(model.vectors(), words, logits);
        double sum = 0;
        for (int label = 0; label < logits.length; label++) {
            logits[label] = Math.exp((logits[label] + model.bias()[label]) / model.temperature());
            sum += logits[label];
        }
        float[] probabilities = new float[logits.length];
        for (int label = 0; label < logits.length; label++) {
            probabilities[label] = (float) (logits[label] / sum);
        }
        return probabilities;
    }

    private static void addVectors(Vectors vectors, List<String> words, double[] logits) {
        if (vectors.isEmpty()) {
            return;
        }
        double[] pooled = new double[vectors.dimensions()];
        for (int row : hits(vectors.entries(), words)) {
            for (int d = 0; d < pooled.length; d++) {
                pooled[d] += vectors.entries().weights().at(row, d);
            }
        }
        double length =
                Math.sqrt(Arrays.stream(pooled).map(value -> value * value).sum() + 0.01);
        for (int d = 0; d < pooled.length; d++) {
            for (int label = 0; label < logits.length; label++) {
                logits[label] += pooled[d] / length * vectors.projection()[d * logits.length + label];
            }
        }
    }

    private static List<Integer> hits(Block block, List<String> ngrams) {
        Map<String, Integer> rows = new HashMap<>();
        for (int row = 0; row < block.keys().length; row++) {
            rows.put(block.keys()[row], row);
        }
        return ngrams.stream().filter(rows::containsKey).map(rows::get).toList();
    }

    private static void add(Block block, List<String> ngrams, double[] logits) {
        List<Integer> hits = hits(block, ngrams);
        for (int label = 0; label < logits.length; label++) {
            double total = 0;
            for (int row : hits) {
                total += block.weights().at(row, label);
            }
            logits[label] += total / Math.sqrt(Math.max(hits.size(), 1));
        }
    }
}
