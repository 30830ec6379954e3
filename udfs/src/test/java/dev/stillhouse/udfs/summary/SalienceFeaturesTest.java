package dev.stillhouse.udfs.summary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillhouse.udfs.student.StudentModel;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SalienceFeaturesTest {
    private static final Offset<Float> EXACT = Offset.offset(1e-6f);

    private static final String TEXT = """
            # Storms at sea

            Storms came at night. The ship sank, and 12 men swam.

            No storms came later.
            """;

    private static final String WEATHER =
            "Rain fell and rain fell. Snow fell on the hills. Rain and snow. The hills slept.";

    private final Sentences sentences = new SentenceSplitter().split(TEXT);
    private final float[] values = new SalienceFeatures().of(TEXT, sentences);

    @Test
    void placesAreCountedInDocumentSectionAndParagraph() {
        assertThat(sentences.size()).isEqualTo(4);
        assertThat(value(2, SalienceFeature.POSITION)).isCloseTo(0.5f, EXACT);
        assertThat(value(2, SalienceFeature.FIRST)).isEqualTo(2);
        assertThat(value(2, SalienceFeature.LAST)).isEqualTo(1);
        assertThat(value(2, SalienceFeature.SECTION_FIRST)).isEqualTo(1);
        assertThat(value(2, SalienceFeature.SECTION_LAST)).isEqualTo(1);
        assertThat(value(2, SalienceFeature.SECTION_POSITION)).isCloseTo(1 / 3f, EXACT);
        assertThat(value(2, SalienceFeature.SECTION_SHARE)).isCloseTo(0.75f, EXACT);
        assertThat(value(2, SalienceFeature.PARAGRAPH_FIRST)).isEqualTo(1);
        assertThat(value(2, SalienceFeature.PARAGRAPH_LAST)).isZero();
        assertThat(value(0, SalienceFeature.KIND)).isEqualTo(2);
        assertThat(value(1, SalienceFeature.KIND)).isZero();
        assertThat(value(3, SalienceFeature.SENTENCES)).isEqualTo(4);
    }

    @Test
    void wordsAreCountedInSentenceAndDocument() {
        assertThat(value(1, SalienceFeature.WORDS)).isEqualTo(4);
        assertThat(value(1, SalienceFeature.DISTINCT)).isEqualTo(1);
        // "night" alone stands once: storms and came stand elsewhere too, and so does at.
        assertThat(value(1, SalienceFeature.ONCE)).isCloseTo(0.25f, EXACT);
        // storms 3, came 2, at 2, night 1, over four words, of 18 in the document.
        assertThat(value(1, SalienceFeature.FREQUENCY)).isCloseTo(8 / 4f / 18f, EXACT);
        assertThat(value(2, SalienceFeature.DIGITS)).isCloseTo(2f / "The ship sank, and 12 men swam.".length(), EXACT);
        double rarity = (Math.log(5 / 4.0) + 2 * Math.log(5 / 3.0) + Math.log(5 / 2.0)) / 4;
        assertThat(value(1, SalienceFeature.RARITY)).isCloseTo((float) rarity, EXACT);
    }

    @Test
    void overlapsAreWithTheSectionsHeadingAndTheFirstSentences() {
        assertThat(value(1, SalienceFeature.HEADING)).isEqualTo(2);
        assertThat(value(2, SalienceFeature.HEADING)).isZero();
        assertThat(value(3, SalienceFeature.HEADING)).isEqualTo(1);
        assertThat(value(1, SalienceFeature.LEAD)).isEqualTo(1);
        assertThat(value(3, SalienceFeature.LEAD)).isCloseTo(0.5f, EXACT);
    }

    @Test
    void centroidsAreCosinesAndKnownToNeighbours() {
        for (int i = 0; i < 4; i++) {
            assertThat(value(i, SalienceFeature.CENTROID)).isBetween(0f, 1f);
        }
        assertThat(value(1, SalienceFeature.CENTROID_BEFORE)).isEqualTo(value(0, SalienceFeature.CENTROID));
        assertThat(value(1, SalienceFeature.CENTROID_AFTER)).isEqualTo(value(2, SalienceFeature.CENTROID));
        assertThat(value(0, SalienceFeature.CENTROID_BEFORE)).isZero();
        assertThat(value(3, SalienceFeature.CENTROID_AFTER)).isZero();
    }

    @Test
    void linksAreSharedWordsOverTheOtherSentencesAndTheLogarithmOfTheWords() {
        float[] weather = weather(StudentModel.Vectors.none());
        assertThat(column(weather, SalienceFeature.LINKS))
                .containsExactly(
                        floats(
                                (1 + 1 + 1) / (3 * Math.log(2 + 5)),
                                (1 + 1 + 0 + 1 + 1) / (3 * Math.log(2 + 5)),
                                (1 + 1 + 1) / (3 * Math.log(2 + 3)),
                                (1 + 1 + 0) / (3 * Math.log(2 + 3))),
                        EXACT);
        assertThat(column(weather, SalienceFeature.LINKS_RANK)).containsExactly(floats(1 / 3.0, 1, 2 / 3.0, 0), EXACT);
    }

    @Test
    void sentencesOfEquallyManyWordsHaveTheRankOfTheFirstOfThem() {
        float[] weather = weather(StudentModel.Vectors.none());
        assertThat(column(weather, SalienceFeature.WORDS)).containsExactly(5, 5, 3, 3);
        assertThat(column(weather, SalienceFeature.WORDS_RANK)).containsExactly(floats(2 / 3.0, 2 / 3.0, 0, 0), EXACT);
    }

    @Test
    void aCentroidIsTheCosineOfTheSentencesAndTheDocumentsWeightedCounts() {
        float[] weather = weather(StudentModel.Vectors.none());
        double two = Math.log((1 + 4) / (1 + 2.0));
        double one = Math.log((1 + 4) / (1 + 1.0));
        double document = Math.sqrt((3 * 3 + 3 * 3 + 2 * 2 + 2 * 2 + 2 * 2 + 2 * 2) * two * two + 2 * one * one);
        assertThat(column(weather, SalienceFeature.CENTROID))
                .containsExactly(
                        floats(
                                (2 * 3 + 2 * 3 + 2) * two * two / (Math.sqrt(2 * 2 + 2 * 2 + 1) * two) / document,
                                ((2 + 3 + 2 + 2) * two * two + one * one)
                                        / Math.sqrt(4 * two * two + one * one)
                                        / document,
                                (3 + 2 + 2) * two * two / (Math.sqrt(3) * two) / document,
                                ((2 + 2) * two * two + one * one) / Math.sqrt(2 * two * two + one * one) / document),
                        EXACT);
        assertThat(column(weather, SalienceFeature.CENTROID_RANK))
                .containsExactly(floats(1, 2 / 3.0, 1 / 3.0, 0), EXACT);
    }

    @Test
    void aVectorCentroidIsTheCosineOfPooledVectorsAndTheirSum() {
        StudentModel.Vectors vectors = new StudentModel.Vectors(
                new StudentModel.Block(
                        new String[] {"rain", "snow"}, new StudentModel.Float32(new float[] {1, 0, 0, 1}, 2)),
                new float[] {1, 1});
        float[] weather = weather(vectors);
        double rain = 2 / Math.sqrt(2 * 2 + 0.1 * 0.1) + 1 / Math.sqrt(1 + 1 + 0.1 * 0.1);
        double snow = 1 / Math.sqrt(1 + 0.1 * 0.1) + 1 / Math.sqrt(1 + 1 + 0.1 * 0.1);
        double length = Math.sqrt(rain * rain + snow * snow);
        assertThat(column(weather, SalienceFeature.VECTOR_CENTROID))
                .containsExactly(floats(rain / length, snow / length, (rain + snow) / Math.sqrt(2) / length, 0), EXACT);
        assertThat(column(weather, SalienceFeature.VECTOR_CENTROID_RANK))
                .containsExactly(floats(2 / 3.0, 1 / 3.0, 1, 0), EXACT);
        float[] without = weather(StudentModel.Vectors.none());
        assertThat(column(without, SalienceFeature.VECTOR_CENTROID)).containsOnly(0);
        assertThat(column(without, SalienceFeature.VECTOR_CENTROID_RANK)).containsOnly(0);
    }

    @Test
    void buffersThatAreUsedAgainGiveTheSame() {
        SalienceFeatures features = new SalienceFeatures();
        DocumentWords words = new DocumentWords(Cues.NONE, WordVectors.NONE);
        String longer = TEXT.repeat(50);
        Sentences more = new SentenceSplitter().split(longer);
        words.read(longer, more);
        features.of(longer, more, words);
        words.read(TEXT, sentences);
        assertThat(features.of(TEXT, sentences, words)).startsWith(values);
    }

    private float value(int sentence, SalienceFeature feature) {
        return values[sentence * SalienceFeature.size() + feature.column()];
    }

    private static float[] weather(StudentModel.Vectors vectors) {
        return new SalienceFeatures(vectors).of(WEATHER, new SentenceSplitter().split(WEATHER));
    }

    private static float[] column(float[] values, SalienceFeature feature) {
        float[] column = new float[values.length / SalienceFeature.size()];
        for (int i = 0; i < column.length; i++) {
            column[i] = values[i * SalienceFeature.size() + feature.column()];
        }
        return column;
    }

    private static float[] floats(double... values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
