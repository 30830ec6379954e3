package dev.stillhouse.student.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stillhouse.udfs.Decision;
import dev.stillhouse.udfs.Link;
import dev.stillhouse.udfs.ProbabilityMap;
import dev.stillhouse.udfs.student.FeatureSpec;
import dev.stillhouse.udfs.student.OnnxStudent;
import dev.stillhouse.udfs.student.StudentKernel;
import dev.stillhouse.udfs.student.StudentModel;
import dev.stillhouse.udfs.student.StudentModel.Block;
import dev.stillhouse.udfs.student.StudentModel.Float32;
import dev.stillhouse.udfs.student.StudentModel.Vectors;
import dev.stillhouse.udfs.student.StudentReader;
import dev.stillhouse.udfs.testing.RandomStudents;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The kernel and the published file give the same probabilities for any model and any text. */
class StudentEnginesTest {
    private static final float TOLERANCE = 1e-5f;

    @Property(tries = 40)
    void kernelAndOnnxAgree(
            @ForAll long seed,
            @ForAll boolean int8,
            @ForAll @IntRange(min = 1, max = 3) int words,
            @ForAll @IntRange(max = 6) int characters) {
        RandomStudents random = new RandomStudents(seed);
        List<String> texts = new ArrayList<>(random.texts(60));
        texts.addAll(RandomStudents.hardTexts());
        StudentModel model =
                random.model(new FeatureSpec(words, characters == 0 ? 0 : 1 + characters / 3, characters), int8, texts);
        assertAgreement(model, texts);
    }

    @Property(tries = 20)
    void enginesAgreeAboutIndependentProbabilitiesAndScores(@ForAll long seed, @ForAll boolean int8) {
        RandomStudents random = new RandomStudents(seed);
        List<String> texts = new ArrayList<>(random.texts(60));
        texts.addAll(RandomStudents.hardTexts());
        StudentModel model = random.model(new FeatureSpec(2, 2, 4), int8, texts);
        Map<String, Float> thresholds = Map.of(model.labels().get(0), 0.3f);
        assertAgreement(model.withDecision(new Decision(Link.LOGISTIC, thresholds)), texts);
        assertAgreement(score(model, new Decision(Link.IDENTITY, Map.of("good", 0.5f))), texts);
    }

    /** The first label's logit as a score. */
    private static StudentModel score(StudentModel model, Decision decision) {
        float[] projection =
                new float[model.vectors().isEmpty() ? 0 : model.vectors().dimensions()];
        for (int i = 0; i < projection.length; i++) {
            projection[i] = model.vectors().projection()[i * model.labels().size()];
        }
        return new StudentModel(
                List.of(StudentModel.SCORE),
                model.features(),
                first(model.words()),
                first(model.characters()),
                new Vectors(model.vectors().entries(), projection),
                new float[] {model.bias()[0]},
                1,
                decision,
                Map.of());
    }

    private static Block first(Block block) {
        float[] weights = new float[block.keys().length];
        for (int row = 0; row < weights.length; row++) {
            weights[row] = block.weights().at(row, 0);
        }
        return new Block(block.keys(), new Float32(weights, 1));
    }

    @Test
    void aTextAloneGetsWhatItGetsInABatch() {
        RandomStudents random = new RandomStudents(3);
        List<String> texts = RandomStudents.hardTexts();
        StudentModel model = random.model(new FeatureSpec(3, 2, 5), true, texts);
        for (String text : texts) {
            assertAgreement(model, List.of(text));
        }
    }

    @Test
    void aModelOfSomePartsOrNoneWorks() {
        RandomStudents random = new RandomStudents(5);
        List<String> texts = RandomStudents.hardTexts();
        StudentModel full = random.model(new FeatureSpec(2, 1, 3), false, texts);
        StudentModel none = random.model(new FeatureSpec(2, 1, 3), false, List.of());
        Block empty = Block.none(full.labels().size());
        Vectors vectors = new Vectors(
                new Block(new String[] {"a", "card"}, new Float32(new float[] {1, 0, 0.5f, -1}, 2)),
                new float[2 * full.labels().size()]);
        vectors.projection()[0] = 3;
        assertAgreement(with(full, empty, full.characters(), Vectors.none()), texts);
        assertAgreement(with(full, full.words(), empty, Vectors.none()), texts);
        assertAgreement(with(full, empty, empty, vectors), texts);
        assertAgreement(with(full, full.words(), empty, vectors), texts);
        assertAgreement(none, texts);
    }

    private static StudentModel with(StudentModel model, Block words, Block characters, Vectors vectors) {
        return new StudentModel(
                model.labels(), model.features(), words, characters, vectors, model.bias(), 1, model.metadata());
    }

    @Property(tries = 4)
    void enginesAgreeOnTextsInTenScriptsEmojiAndEmptyTexts(@ForAll long seed, @ForAll boolean int8) {
        RandomStudents random = new RandomStudents(seed);
        List<String> texts = random.textsInTenScripts(1_000);
        assertAgreement(random.model(new FeatureSpec(2, 2, 4), int8, texts), texts);
    }

    @Property(tries = 6)
    void enginesAgreeOnMappedProbabilities(@ForAll long seed, @ForAll boolean logistic) {
        RandomStudents random = new RandomStudents(seed);
        List<String> texts = random.texts(100);
        ProbabilityMap map =
                new ProbabilityMap(new float[] {0.1f, 0.4f, 0.45f, 0.9f}, new float[] {0.02f, 0.3f, 0.3f, 0.8f});
        Decision decision = new Decision(logistic ? Link.LOGISTIC : Link.SOFTMAX, Map.of(), map);
        StudentModel model = random.model(new FeatureSpec(2, 0, 0), true, texts).withDecision(decision);
        assertAgreement(model, texts);
        assertThat(StudentReader.read(OnnxStudentWriter.write(model), "student.onnx")
                        .decision())
                .isEqualTo(decision);
    }

    @Test
    void noTextsGiveNoRows() {
        StudentModel model = new RandomStudents(1).model(FeatureSpec.words(1), false, List.of("a b c d"));
        try (OnnxStudent onnx = new OnnxStudent(OnnxStudentWriter.write(model), "student.onnx")) {
            assertThat(onnx.probabilities(List.of())).isEmpty();
        }
    }

    private static void assertAgreement(StudentModel model, List<String> texts) {
        byte[] file = OnnxStudentWriter.write(model);
        StudentKernel kernel = new StudentKernel(StudentReader.read(file, "student.onnx"));
        float[][] expected = kernel.probabilities(texts);
        try (OnnxStudent onnx = new OnnxStudent(file, "student.onnx")) {
            assertThat(onnx.labels()).isEqualTo(kernel.labels());
            assertThat(onnx.decision()).isEqualTo(model.decision());
            float[][] found = onnx.probabilities(texts);
            for (int i = 0; i < expected.length; i++) {
                assertThat(found[i]).as("text " + i).containsExactly(expected[i], within(TOLERANCE));
            }
        }
    }
}
