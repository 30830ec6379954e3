package dev.stillhouse.student;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillhouse.udfs.student.EarlyExit;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EarlyExitsTest {
    private static final int ROWS = 400;

    @Test
    void rowsLeaveAtTheFirstLayerThatIsSureAndAgreesWithTheLast() {
        double[][] last = rows(row -> 0.99);
        double[][] first = rows(row -> row < 200 ? 0.9 + row / 10_000.0 : 0.4);

        EarlyExits exits = EarlyExits.before(2, layer -> layer == 1 ? first : last);

        // Between the least sure that leaves, 0.9, and the surest that stays, 0.6 for the other label.
        assertThat(exits.exits()).containsExactly(new EarlyExit(1, 0.75f, 0.5));
        for (int row = 0; row < ROWS; row++) {
            assertThat(exits.probabilities()[row]).isEqualTo(row < 200 ? first[row] : last[row]);
        }
    }

    @Test
    void oneInAHundredMayHaveAnotherLabelThanTheLastLayersOneMoreCounted() {
        double[][] last = rows(row -> 0.99);
        double[][] twoOfThreeHundred = rows(row -> row < 300 ? 0.9 - row / 1_000.0 : 0.5);
        turn(twoOfThreeHundred, 10, 20);
        double[][] five = rows(row -> row < 300 ? 0.9 - row / 10_000.0 : 0.5);
        turn(five, 10, 20, 30, 40, 50);

        assertThat(EarlyExits.before(2, layer -> layer == 1 ? twoOfThreeHundred : last)
                        .exits())
                .extracting(EarlyExit::share)
                .containsExactly(0.75);
        assertThat(EarlyExits.before(2, layer -> layer == 1 ? five : last).exits())
                .isEmpty();
    }

    @Test
    void whatExitsCostIsJudgedByRowsThatDidNotChooseThem() {
        double[][] last = rows(row -> 0.99);
        // Rows of even index that are sure are right, and those of odd index as often wrong as right.
        double[][] first = rows(row -> row < 300 ? 0.9 - row / 10_000.0 : 0.4);
        turn(first, IntStream.range(0, 300).filter(row -> row % 4 == 1).toArray());

        EarlyExits exits = EarlyExits.before(2, layer -> layer == 1 ? first : last);

        assertThat(exits.exits()).isEmpty();
        for (int row = 0; row < ROWS; row++) {
            boolean leaves = row % 2 == 1 && row < 300;
            assertThat(exits.probabilities()[row]).as("row " + row).isEqualTo(leaves ? first[row] : last[row]);
        }
    }

    @Test
    void layersAtWhichFewWouldLeaveAreNoExits() {
        double[][] last = rows(row -> 0.99);
        double[][] sure = rows(row -> row < 30 ? 0.9 : 0.4);
        double[][] surer = rows(row -> row < 200 ? 0.9 : 0.4);

        EarlyExits exits = EarlyExits.before(3, layer -> layer == 1 ? sure : layer == 2 ? surer : last);

        assertThat(exits.exits()).extracting(EarlyExit::layer).containsExactly(2);
        assertThat(EarlyExits.before(1, layer -> last).exits()).isEmpty();
    }

    @Test
    void rowsOfEqualSurenessStayOrLeaveTogether() {
        double[][] last = rows(row -> 0.99);
        double[][] alike = rows(row -> 0.8);

        assertThat(EarlyExits.before(2, layer -> layer == 1 ? alike : last).exits())
                .isEmpty();
    }

    @Test
    void aCutInsideRowsOfEqualSurenessIsNone() {
        double[][] last = rows(row -> 0.99);
        double[][] runs = rows(row -> row < 60 ? 0.9 : row < 390 ? 0.8 : 0.4);
        turn(runs, 5, 380, 381, 382, 383);

        assertThat(EarlyExits.before(2, layer -> layer == 1 ? runs : last).exits())
                .isEmpty();
    }

    /** Of each row the first label's probability, the second has the rest. */
    private static double[][] rows(IntToDoubleFunction first) {
        return IntStream.range(0, ROWS)
                .mapToObj(row -> new double[] {first.applyAsDouble(row), 1 - first.applyAsDouble(row)})
                .toArray(double[][]::new);
    }

    /** Turns labels round, as sure as before. */
    private static void turn(double[][] rows, int... which) {
        for (int row : which) {
            rows[row] = new double[] {rows[row][1], rows[row][0]};
        }
    }
}
