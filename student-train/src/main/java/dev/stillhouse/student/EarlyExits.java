package dev.stillhouse.student;

import dev.stillhouse.udfs.Link;
import dev.stillhouse.udfs.student.EarlyExit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Chooses where texts leave an encoder early, from the first layer on: at the least sureness above which a layer's label is the last layer's for 99 % of the select part's rows that are still there, one more counted as another's. A layer at which fewer than a tenth of all rows would leave is none to leave at: heads and gathering cost
 * something too.
 *
 * <p>What the exits cost in agreement is judged by rows that did not choose them: those of even index leave as the thresholds say that the rows of odd index choose, and the other way round. Thresholds that are published are chosen by all rows.
 *
 * @param exits where, the shallowest first; may be empty
 * @param probabilities of the select part's rows, each as the layer says at which it leaves by thresholds that other rows chose, {@code double[rows][labels]}
 */
record EarlyExits(List<EarlyExit> exits, double[][] probabilities) {
    private static final double MOST_OTHERS = 0.01;
    /** Below it half of the rows could show no exit, and what exits cost could not be told. */
    private static final int FEWEST = 200;

    private static final double LEAST_SHARE = 0.1;

    EarlyExits {
        exits = List.copyOf(exits);
    }

    /**
     * Chooses.
     *
     * @param last the layer at which all leave
     * @param said of a layer from 1 the calibrated probabilities of the select part's rows; asked for one layer at a time
     */
    static EarlyExits before(int last, IntFunction<double[][]> said) {
        int rows = said.apply(last).length;
        if (rows < FEWEST) {
            return new EarlyExits(List.of(), said.apply(last));
        }
        double[][] judged = new double[rows][];
        for (int half = 0; half < 2; half++) {
            List<EarlyExit> others = chosen(last, said, everySecond(1 - half, rows));
            leave(others, last, said, everySecond(half, rows), judged);
        }
        return new EarlyExits(
                chosen(last, said, IntStream.range(0, rows).boxed().toList()), judged);
    }

    private static List<Integer> everySecond(int from, int rows) {
        return IntStream.range(0, rows).filter(row -> row % 2 == from).boxed().toList();
    }

    private static List<EarlyExit> chosen(int last, IntFunction<double[][]> said, List<Integer> rows) {
        double[][] wanted = said.apply(last);
        List<Integer> left = new ArrayList<>(rows);
        List<EarlyExit> exits = new ArrayList<>();
        for (int layer = 1; layer < last; layer++) {
            double[][] here = said.apply(layer);
            left.sort(Comparator.comparingDouble((Integer row) -> -sureness(here[row])));
            int most = sure(left, here, wanted);
            float threshold = most == 0 ? 1 : between(here[left.get(most)], here[left.get(most - 1)]);
            long leaving =
                    left.stream().filter(row -> sureness(here[row]) > threshold).count();
            if (leaving >= LEAST_SHARE * rows.size()) {
                exits.add(new EarlyExit(layer, threshold, (double) leaving / rows.size()));
                left = new ArrayList<>(left.subList((int) leaving, left.size()));
            }
        }
        return exits;
    }

    /** Puts down what each of the rows is told where it leaves. */
    private static void leave(
            List<EarlyExit> exits, int last, IntFunction<double[][]> said, List<Integer> rows, double[][] told) {
        rows.forEach(row -> told[row] = said.apply(last)[row]);
        for (int i = exits.size() - 1; i >= 0; i--) {
            EarlyExit exit = exits.get(i);
            double[][] here = said.apply(exit.layer());
            rows.stream().filter(row -> sureness(here[row]) > exit.threshold()).forEach(row -> told[row] = here[row]);
        }
    }

    /** In the middle, so that rounding does not decide about the rows that it was chosen by. */
    private static float between(double[] stays, double[] leaves) {
        return (sureness(stays) + sureness(leaves)) / 2;
    }

    /** How many rows from the surest on may leave, those of equal sureness together; at least one stays. */
    private static int sure(List<Integer> left, double[][] here, double[][] wanted) {
        int most = 0;
        int others = 1;
        for (int taken = 1; taken < left.size(); taken++) {
            int row = left.get(taken - 1);
            others += Link.first(here[row]) == Link.first(wanted[row]) ? 0 : 1;
            boolean isCut = sureness(here[row]) > sureness(here[left.get(taken)]);
            if (isCut && others <= MOST_OTHERS * (taken + 1)) {
                most = taken;
            }
        }
        return most;
    }

    /** Share of the rows that have the other's label. */
    double agreement(EarlyExits other) {
        return LayerHead.agreement(probabilities, other.probabilities);
    }

    /** In the precision in which the graph compares it. */
    private static float sureness(double[] probabilities) {
        return (float) probabilities[Link.first(probabilities)];
    }
}
