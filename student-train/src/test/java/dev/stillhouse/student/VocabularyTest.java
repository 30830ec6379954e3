package dev.stillhouse.student;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stillhouse.udfs.student.FeatureSpec;
import dev.stillhouse.udfs.student.StudentModel;
import dev.stillhouse.udfs.testing.SharedSpark;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class VocabularyTest {
    private static final FeatureSpec WORDS = FeatureSpec.words(2);
    private static final List<String> TEXTS = List.of("the cat", "The cat sat", "the dog the dog", "bird");

    @Test
    void documentsAreCountedOnceForEachNgram() {
        DocumentFrequencies frequencies = counted(texts(3), WORDS, 1);
        assertThat(frequencies.words())
                .containsEntry("the", 3)
                .containsEntry("the cat", 2)
                .containsEntry("the dog", 1)
                .containsEntry("bird", 1);
        assertThat(frequencies.characters()).isEmpty();
    }

    @Test
    void countsDoNotDependOnPartitions() {
        FeatureSpec characters = new FeatureSpec(2, 2, 3);
        assertThat(counted(texts(4), characters, 1)).isEqualTo(counted(texts(1), characters, 1));
    }

    @Test
    void rareNgramsAreLeftOut() {
        assertThat(counted(texts(1), WORDS, 2).words()).containsOnlyKeys("the", "cat", "the cat");
    }

    @Test
    void theMostFrequentAreFoundWhateverElseTheyHideBehind() {
        // Eight copies of a mail are one original, so their n-grams are the most frequent and none of them does.
        List<String> texts =
                new ArrayList<>(Collections.nCopies(8, "please do not tell anybody the code of this door"));
        texts.addAll(List.of("the cat sat", "the cat ran", "one cat"));
        Dataset<Row> textsDF =
                SharedSpark.session().createDataset(texts, Encoders.STRING()).toDF("text");

        DocumentFrequencies frequencies =
                DocumentFrequencies.count(textsDF, new DocumentFrequencies.Wanted(WORDS, 2, 2, 2));

        assertThat(frequencies.words())
                .containsEntry("the", 10)
                .containsEntry("cat", 3)
                .doesNotContainKeys("code", "door", "tell anybody");
    }

    @Test
    void mostFrequentAreKeptAndEqualsByKey() {
        DocumentFrequencies frequencies = new DocumentFrequencies(Map.of("b", 5, "c", 3, "a", 3, "d", 3), Map.of());
        assertThat(Vocabulary.of(WORDS, frequencies, config(3), 9).words()).containsExactly("a", "b", "c");
    }

    @Test
    void rowsAreScaledByInverseDocumentFrequencyAndHitsByOneOnAverage() {
        DocumentFrequencies frequencies = new DocumentFrequencies(Map.of("the", 9, "cat", 3), Map.of("ca", 3));
        Vocabulary vocabulary = Vocabulary.of(new FeatureSpec(1, 2, 2), frequencies, config(10), 9);
        double rare = 1 + Math.log(10.0 / 4);
        double mean = (9 + 3 * rare + 3 * rare) / 15;

        assertThat(vocabulary.words()).containsExactly("cat", "the");
        assertThat(vocabulary.characters()).containsExactly("ca");
        assertThat(vocabulary.scales())
                .containsExactly(
                        new float[] {(float) (rare / mean), (float) (1 / mean), (float) (rare / mean)}, within(1e-6f));
        assertThat(vocabulary.encoder().encode("the cat cat").ngrams().values())
                .containsExactly(
                        new float[] {
                            (float) (2 / Math.sqrt(3) * rare / mean),
                            (float) (1 / Math.sqrt(3) / mean),
                            (float) (2 / Math.sqrt(2) * rare / mean)
                        },
                        within(1e-6f));
    }

    @Test
    void weightsOfAStudentAreThoseOfValuesWithoutScales() {
        Vocabulary vocabulary =
                new Vocabulary(WORDS, new String[] {"cat", "dog"}, new String[0], new String[0], new float[] {2, 0.5f});
        Parameters parameters = Parameters.zero(2, 2);
        System.arraycopy(new float[] {1, -1, 3, 4}, 0, parameters.ngrams().values(), 0, 4);

        StudentModel model = Snapshot.of(parameters).model(vocabulary, List.of("a", "b"));

        assertThat(model.words().weights().at(0, 0)).isEqualTo(2);
        assertThat(model.words().weights().at(0, 1)).isEqualTo(-2);
        assertThat(model.words().weights().at(1, 0)).isEqualTo(1.5f);
        assertThat(model.words().weights().at(1, 1)).isEqualTo(2);
    }

    @Test
    void valuesAreCountsOverTheRootOfTheHitsOfTheirFamily() {
        Vocabulary vocabulary = new Vocabulary(
                new FeatureSpec(1, 2, 2), new String[] {"cat", "the"}, new String[] {"at", "ca"}, new String[] {"cat"});
        Vocabulary.Encoded encoded = vocabulary.encoder().encode("The cat, the unseen");
        float words = (float) (1 / Math.sqrt(3));
        float characters = (float) (1 / Math.sqrt(2));
        assertThat(encoded.ngrams().rows()).containsExactly(0, 1, 2, 3);
        assertThat(encoded.ngrams().values())
                .containsExactly(new float[] {words, 2 * words, characters, characters}, within(1e-6f));
        assertThat(encoded.words().rows()).containsExactly(0);
        assertThat(encoded.words().values()).containsExactly(1);
    }

    @Test
    void textWithoutHitsHasNoFeatures() {
        Vocabulary vocabulary = new Vocabulary(WORDS, new String[] {"cat"}, new String[0], new String[] {"cat"});
        Vocabulary.Encoded encoded = vocabulary.encoder().encode("dog");
        assertThat(encoded.ngrams().rows()).isEmpty();
        assertThat(encoded.words().rows()).isEmpty();
    }

    private static DocumentFrequencies counted(Dataset<Row> texts, FeatureSpec features, int minDocuments) {
        return DocumentFrequencies.count(texts, new DocumentFrequencies.Wanted(features, minDocuments, 100, 100));
    }

    private static StudentConfig config(int maxFeatures) {
        StudentConfig.Targets none = StudentConfig.Targets.none();
        return new StudentConfig(
                StudentConfig.Kind.AUTO,
                Optional.empty(),
                StudentConfig.Labels.SOFT_AND_GOLD,
                none,
                2,
                StudentConfig.Characters.OFF,
                1,
                maxFeatures,
                128,
                1_000,
                5,
                Optional.of(0.7),
                Distillation.DIRECT,
                StudentConfig.Calibration.TEMPERATURE,
                0,
                Map.of());
    }

    private static Dataset<Row> texts(int partitions) {
        return SharedSpark.session()
                .createDataset(TEXTS, Encoders.STRING())
                .toDF("text")
                .repartition(partitions);
    }
}
