package dev.stillhouse.teacher.sentences;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stillhouse.udfs.summary.Budget;
import dev.stillhouse.udfs.summary.SentenceChooser;
import dev.stillhouse.udfs.summary.SentenceSplitter;
import dev.stillhouse.udfs.summary.Sentences;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Saliences and choices by vectors made by hand. */
class CentralityTest {
    private static final Offset<Float> EXACT = within(1e-6f);
    private static final Budget TWO = new Budget(Budget.Unit.SENTENCES, 2);

    private static final String THREE = "A storm sank three ships. A storm sank three ships. Nobody knew the old cook.";
    private static final String FOUR =
            "The harbour was quiet all day. A storm sank three ships at night. Nobody knew the old cook. The mast broke at noon.";

    /** Cosines with the mean are as 2.4, 1.8 and 1.6. */
    private static final float[][] FALLING = {{3, 4}, {0, 1}, {1, 0}};

    @Test
    void aSalienceIsItsRankAmongTheOthersAndALittleOfItsPlace() {
        float[][] rising = {{1, 0}, {0, 1}, {3, 4}};
        assertThat(label(THREE, rising).saliences())
                .containsExactly(
                        new float[] {
                            0.85f * 0 + 0.15f * (1 - 0 / 3f),
                            0.85f * 1 / 2 + 0.15f * (1 - 1 / 3f),
                            0.85f * 1 + 0.15f * (1 - 2 / 3f)
                        },
                        EXACT);
        assertThat(label(THREE, FALLING).saliences()).containsExactly(new float[] {1, 0.525f, 0.05f}, EXACT);
    }

    @Test
    void howLongAVectorIsDoesNotMatter() {
        float[][] longer = {{10, 0}, {0, 1}, {0.03f, 0.04f}};
        assertThat(label(THREE, longer).saliences()).containsExactly(new float[] {0.15f, 0.525f, 0.9f}, EXACT);
    }

    @Test
    void equalVectorsHaveTheRankOfTheLeast() {
        float[][] equal = {{1, 0}, {1, 0}, {0, 1}};
        assertThat(label(THREE, equal).saliences())
                .containsExactly(new float[] {0.425f + 0.15f, 0.425f + 0.1f, 0.05f}, EXACT);
    }

    @Test
    void aSentenceWithoutAVectorIsBehindOneThatPointsTheOtherWay() {
        float[][] vectors = {{1, 0}, {}, {1, 0}, {-1, 0}};
        assertThat(label(FOUR, vectors).saliences())
                .containsExactly(
                        new float[] {
                            0.85f * 2 / 3 + 0.15f * (1 - 0 / 4f),
                            0.85f * 0 / 3 + 0.15f * (1 - 1 / 4f),
                            0.85f * 2 / 3 + 0.15f * (1 - 2 / 4f),
                            0.85f * 1 / 3 + 0.15f * (1 - 3 / 4f)
                        },
                        EXACT);
    }

    @Test
    void theOnlySentenceIsAsSalientAsOneCanBeAndChosen() {
        for (float[] vector : new float[][] {{1, 0}, {}}) {
            Labelled labelled = label("A storm sank three ships.", new float[][] {vector});
            assertThat(labelled.saliences()).containsExactly(new float[] {1}, EXACT);
            assertThat(labelled.chosen()).containsExactly(0);
        }
    }

    @Test
    void aSentenceThatSaysNothingNewLosesHalf() {
        assertThat(label(THREE, FALLING).chosen()).containsExactly(0, 2);
        double[] worth = {1, 0.525, 0.05};
        assertThat(choose(THREE, worth, 0.5)).containsExactly(0, 2);
        assertThat(choose(THREE, worth, 0.47)).containsExactly(0, 1);
        assertThat(choose(THREE, worth, 0)).containsExactly(0, 1);
    }

    @Test
    void aSentenceThatSaysALittleThatIsNewLosesNoMoreThanHalf() {
        String text =
                "The captain saw three big ships burning. Nobody knew any old cook. The captain saw three big ships sinking.";
        float[][] vectors = {{3, 4}, {1, 0}, {0, 1}};
        double[] worth = {1, 0.1, 0.475};
        double common = 6 * Math.log(4 / 3.0);
        double covered = common / (common + Math.log(4 / 2.0));
        assertThat(0.5 * covered).isLessThan(0.475 - 0.1);
        assertThat(0.53 * covered).isGreaterThan(0.475 - 0.1);

        assertThat(label(text, vectors).saliences()).containsExactly(new float[] {1, 0.1f, 0.475f}, EXACT);
        assertThat(label(text, vectors).chosen()).containsExactly(0, 2);
        assertThat(choose(text, worth, 0.53)).containsExactly(0, 1);
    }

    private static Labelled label(String text, float[][] vectors) {
        Sentences sentences = new SentenceSplitter().split(text);
        assertThat(sentences.size()).isEqualTo(vectors.length);
        return new Centrality(TWO).label(text, sentences, vectors);
    }

    private static int[] choose(String text, double[] worth, double redundancy) {
        return new SentenceChooser()
                .choose(text, new SentenceSplitter().split(text), worth, new SentenceChooser.Settings(TWO, redundancy));
    }
}
