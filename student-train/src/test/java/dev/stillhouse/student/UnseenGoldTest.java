package dev.stillhouse.student;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stillhouse.datasets.quality.TemperatureScaling.Prediction;
import dev.stillhouse.udfs.Decision;
import dev.stillhouse.udfs.Link;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UnseenGoldTest {
    private static final double SURE = Math.log(9);

    @Test
    void theShareIsThatWhichTheLabelsWereDrawnBy() {
        for (double wanted : new double[] {0.2, 0.5, 0.7}) {
            assertThat(share(20_000, wanted)).isCloseTo(wanted, within(0.05));
        }
    }

    @Test
    void aStudentIsNeverBelievedAlone() {
        assertThat(share(5_000, 1)).isEqualTo(0.75);
    }

    @Test
    void aFewRowsSayNothing() {
        assertThat(share(UnseenGold.LEAST - 1, 0.7)).isEqualTo(SelectLabels.USUAL_SHARE);
        assertThat(UnseenGold.NONE.isEnough()).isFalse();
    }

    @Test
    void logitsAreScaledAndTargetsAreNot() {
        UnseenGold unseen = new UnseenGold(List.of(row(1, 0, 1)));
        assertThat(unseen.at(2).get(0).logits()).containsExactly(-SURE, SURE);
        assertThat(unseen.at(2).get(0).target()).containsExactly(0, 1);
    }

    /** The share that is found where labels are drawn by students as often as is said, else by teachers who know nothing of what students say. */
    private static double share(int rows, double students) {
        SplittableRandom random = new SplittableRandom(5);
        List<UnseenGold.Row> drawn = IntStream.range(0, rows)
                .mapToObj(row -> {
                    int student = random.nextInt(2);
                    int teacher = random.nextInt(2);
                    int by = random.nextDouble() < students ? student : teacher;
                    return row(student, teacher, random.nextDouble() < 0.9 ? by : 1 - by);
                })
                .toList();
        return new UnseenGold(drawn).share(Decision.by(Link.SOFTMAX), 1, 1);
    }

    /** Student and teacher are each sure of a label, by 0.9. */
    private static UnseenGold.Row row(int student, int teacher, int label) {
        double[] logits = student == 1 ? new double[] {-SURE / 2, SURE / 2} : new double[] {SURE / 2, -SURE / 2};
        double[] said = teacher == 1 ? new double[] {0.1, 0.9} : new double[] {0.9, 0.1};
        return new UnseenGold.Row(Prediction.of(logits, label), said);
    }
}
