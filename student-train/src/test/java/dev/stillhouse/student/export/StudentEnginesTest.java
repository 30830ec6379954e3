package dev.stillhouse.student.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stillhouse.udfs.student.FeatureSpec;
import dev.stillhouse.udfs.student.OnnxStudent;
import dev.stillhouse.udfs.student.StudentKernel;
import dev.stillhouse.udfs.student.StudentModel;
import dev.stillhouse.udfs.student.StudentReader;
import dev.stillhouse.udfs.testing.RandomStudents;
import java.util.ArrayList;
import java.util.List;
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
    void aModelWithoutWordsCharactersOrBothWorks() {
        RandomStudents random = new RandomStudents(5);
        List<String> texts = RandomStudents.hardTexts();
        StudentModel full = random.model(new FeatureSpec(2, 1, 3), false, texts);
        StudentModel none = random.model(new FeatureSpec(2, 1, 3), false, List.of());
        StudentModel.Block empty = new StudentModel.Block(
                new String[0],
                new StudentModel.Float32(new float[0], full.labels().size()));
        assertAgreement(
                new StudentModel(
                        full.labels(), full.features(), empty, full.characters(), full.bias(), 1, full.metadata()),
                texts);
        assertAgreement(
                new StudentModel(full.labels(), full.features(), full.words(), empty, full.bias(), 1, full.metadata()),
                texts);
        assertAgreement(none, texts);
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
            float[][] found = onnx.probabilities(texts);
            for (int i = 0; i < expected.length; i++) {
                assertThat(found[i]).as("text " + i).containsExactly(expected[i], within(TOLERANCE));
            }
        }
    }
}
