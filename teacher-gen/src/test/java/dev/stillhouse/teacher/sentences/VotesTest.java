package dev.stillhouse.teacher.sentences;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stillhouse.udfs.summary.Budget;
import dev.stillhouse.udfs.summary.SentenceSplitter;
import dev.stillhouse.udfs.summary.Sentences;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** What several teachers say together. */
class VotesTest {
    private static final Offset<Double> EXACT = within(1e-12);
    private static final String TEXT =
            "The harbour was quiet all day. A storm sank three ships at night. Nobody knew the old cook. The mast broke at noon.";

    @Test
    void ranksAreSharesOfTheOthersAndEqualOnesShareTheirs() {
        assertThat(Votes.ranks(new float[] {0.1f, 0.9f, 0.5f})).containsExactly(0, 1, 0.5);
        // The two of 0 are before one that is smaller by half each, of four others.
        assertThat(Votes.ranks(new float[] {0, 0.4f, 0, 0.2f, 0.2f}))
                .containsExactly(new double[] {0.125, 1, 0.125, 0.625, 0.625}, EXACT);
        assertThat(Votes.ranks(new float[] {0.3f, 0.3f, 0.3f})).containsExactly(0.5, 0.5, 0.5);
        assertThat(Votes.ranks(new float[] {0.2f})).containsExactly(1);
        assertThat(Votes.ranks(new float[0])).isEmpty();
    }

    @Test
    void aVoteIsHalfTheChoiceAndHalfTheRankAndVotesAreMixedByWeight() {
        Votes.Opinion one = opinion(1, new float[] {0.9f, 0.1f, 0.2f}, 0);
        Votes.Opinion two = opinion(3, new float[] {0.5f, 0.7f, 0.6f}, 1, 2);
        assertThat(Votes.mean(List.of(one))).containsExactly(new double[] {1, 0, 0.25}, EXACT);
        assertThat(Votes.mean(List.of(two))).containsExactly(new double[] {0, 1, 0.75}, EXACT);
        assertThat(Votes.mean(List.of(one, two)))
                .containsExactly(new double[] {0.25, 0.75, 0.25 * 0.25 + 0.75 * 0.75}, EXACT);
        // Weights need not sum to 1.
        assertThat(Votes.mean(List.of(opinion(2, one.saliences(), 0), opinion(6, two.saliences(), 1, 2))))
                .containsExactly(Votes.mean(List.of(one, two)), EXACT);
    }

    @Test
    void theScaleOfAMembersSaliencesDoesNotMatter() {
        float[] saliences = {0.9f, 0.1f, 0.2f, 0.4f};
        float[] squeezed = {0.51f, 0.50f, 0.502f, 0.505f};
        assertThat(Votes.mean(List.of(opinion(1, saliences, 0), opinion(1, new float[] {1, 2, 3, 4}, 3))))
                .containsExactly(
                        Votes.mean(List.of(opinion(1, squeezed, 0), opinion(1, new float[] {1, 2, 3, 4}, 3))), EXACT);
    }

    @Test
    void chosenIsByTheMeanWithinTheBudget() {
        Sentences sentences = new SentenceSplitter().split(TEXT);
        List<Votes.Opinion> opinions = List.of(
                opinion(1, new float[] {0, 0.9f, 0.1f, 0.2f}, 1), opinion(1, new float[] {0.4f, 0.5f, 0.1f, 0.9f}, 3));
        Votes one = new Votes(new Budget(Budget.Unit.SENTENCES, 1));
        assertThat(one.label(TEXT, sentences, opinions).chosen()).containsExactly(1);
        Votes two = new Votes(new Budget(Budget.Unit.SENTENCES, 2));
        assertThat(two.label(TEXT, sentences, opinions).chosen()).containsExactly(1, 3);
        // Seven words fit into six nowhere.
        Votes words = new Votes(new Budget(Budget.Unit.WORDS, 5));
        assertThat(words.label(TEXT, sentences, opinions).chosen()).containsExactly(3);
    }

    @RepeatedTest(20)
    void saliencesAreBoundedAndOrderOfMembersDoesNotMatter(RepetitionInfo info) {
        Random random = new Random(info.getCurrentRepetition());
        int size = 1 + random.nextInt(30);
        Votes.Opinion one = random(random, size);
        Votes.Opinion other = random(random, size);
        double[] mean = Votes.mean(List.of(one, other));
        assertThat(Arrays.stream(mean).allMatch(value -> value >= 0 && value <= 1 + 1e-12))
                .isTrue();
        assertThat(Votes.mean(List.of(other, one))).containsExactly(mean, EXACT);
    }

    private static Votes.Opinion random(Random random, int size) {
        float[] saliences = new float[size];
        boolean[] isChosen = new boolean[size];
        for (int i = 0; i < size; i++) {
            saliences[i] = random.nextInt(4) / 4f;
            isChosen[i] = random.nextBoolean();
        }
        return new Votes.Opinion(0.1 + random.nextDouble(), saliences, isChosen);
    }

    private static Votes.Opinion opinion(double weight, float[] saliences, int... chosen) {
        boolean[] isChosen = new boolean[saliences.length];
        for (int sentence : chosen) {
            isChosen[sentence] = true;
        }
        return new Votes.Opinion(weight, saliences, isChosen);
    }
}
