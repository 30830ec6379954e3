package dev.stillhouse.udfs.student;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stillhouse.udfs.testing.RandomStudents;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StudentExplainerTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void biasAndEvidenceAreTheLogits(long seed) {
        RandomStudents random = new RandomStudents(seed);
        List<String> texts = new ArrayList<>(random.textsInTenScripts(100));
        texts.addAll(RandomStudents.hardTexts());
        StudentModel model = random.model(new FeatureSpec(2, 1, 3), seed % 2 == 0, texts);
        StudentKernel kernel = new StudentKernel(model);
        StudentExplainer explainer = new StudentExplainer(model);
        for (String text : texts) {
            double[] logits = new double[model.labels().size()];
            for (int label = 0; label < logits.length; label++) {
                logits[label] = model.bias()[label];
            }
            for (StudentExplainer.Evidence evidence : explainer.explain(text)) {
                for (int label = 0; label < logits.length; label++) {
                    logits[label] += evidence.added()[label];
                }
            }
            float[] expected = kernel.probabilities(text);
            double top = Arrays.stream(logits).max().orElseThrow();
            double[] shares = Arrays.stream(logits)
                    .map(logit -> Math.exp((logit - top) / model.temperature()))
                    .toArray();
            double sum = Arrays.stream(shares).sum();
            for (int label = 0; label < logits.length; label++) {
                assertThat(shares[label] / sum).isCloseTo(expected[label], within(1e-5));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "\uD83D\uDE00"})
    void textWithoutWordsHasNoEvidence(String text) {
        StudentModel model = new RandomStudents(1).model(FeatureSpec.words(2), false, List.of("a cat", "a dog"));
        assertThat(new StudentExplainer(model).explain(text)).isEqualTo(List.of());
    }
}
