package dev.stillhouse.datasets.quality;

import dev.stillhouse.udfs.ProbabilityMap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Isotonic regression of probabilities, all labels together: the non-decreasing step function that is nearest to what happened, by pooling adjacent violators. Its steps' means become the knots of a {@link ProbabilityMap}. Each step counts {@value #PRIOR} rows at its own mean besides, so
 * that no map ends in 0 or 1.
 *
 * <p>See B. Zadrozny, C. Elkan, Transforming Classifier Scores into Accurate Multiclass Probability Estimates, KDD 2002; J. Zhang, B. Kailkhura, T. Han, Mix-n-Match, ICML 2020, whose IRM fits one map for all labels and normalises after it.
 */
public final class IsotonicScaling {
    private static final double PRIOR = 5;
    /** Knots of a map at most. */
    private static final int MOST_KNOTS = 64;
    /** Difference below which two knots are one. */
    private static final double APART = 1e-6;
    /** Least value of a knot. */
    private static final double LEAST = 1e-6;

    /**
     * A probability that was given.
     *
     * @param given 0 to 1
     * @param target what it should have been, 0 to 1
     * @param weight how much it counts, greater than 0
     */
    public record Point(double given, double target, double weight) {}

    private IsotonicScaling() {}

    /** The map that fits the points best; the one that changes nothing where there are fewer than two steps. */
    public static ProbabilityMap fit(List<Point> points) {
        List<Step> steps = new ArrayList<>();
        points.stream().sorted(Comparator.comparingDouble(Point::given)).forEach(point -> push(steps, Step.of(point)));
        List<Step> smoothed = new ArrayList<>();
        merged(steps).forEach(step -> push(smoothed, step.smoothed()));
        return map(smoothed);
    }

    /** Adds a step, and pools it with those before it that are not below it, or of the same probability. */
    private static void push(List<Step> steps, Step added) {
        Step last = added;
        while (!steps.isEmpty() && !steps.get(steps.size() - 1).isBelow(last)) {
            last = steps.remove(steps.size() - 1).with(last);
        }
        steps.add(last);
    }

    /** As many steps as knots may be, neighbours taken together. */
    private static List<Step> merged(List<Step> steps) {
        int together = (steps.size() + MOST_KNOTS - 1) / MOST_KNOTS;
        List<Step> merged = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            if (i % Math.max(1, together) == 0) {
                merged.add(steps.get(i));
            } else {
                merged.add(merged.remove(merged.size() - 1).with(steps.get(i)));
            }
        }
        return merged;
    }

    private static ProbabilityMap map(List<Step> steps) {
        List<Step> knots = new ArrayList<>();
        for (Step step : steps) {
            int last = knots.size() - 1;
            if (last >= 0 && step.given() - knots.get(last).given() <= APART) {
                knots.add(knots.remove(last).with(step));
            } else {
                knots.add(step);
            }
        }
        if (knots.size() < 2) {
            return ProbabilityMap.NONE;
        }
        float[] from = new float[knots.size()];
        float[] to = new float[knots.size()];
        for (int i = 0; i < from.length; i++) {
            from[i] = (float) knots.get(i).given();
            to[i] = (float) Math.max(LEAST, knots.get(i).target());
        }
        return new ProbabilityMap(from, to);
    }

    /** Points that get the same value: their means and weight. */
    private record Step(double given, double target, double weight) {
        static Step of(Point point) {
            return new Step(point.given(), point.target(), point.weight());
        }

        boolean isBelow(Step next) {
            return target < next.target && given < next.given;
        }

        Step with(Step other) {
            double both = weight + other.weight;
            return new Step(
                    (given * weight + other.given * other.weight) / both,
                    (target * weight + other.target * other.weight) / both,
                    both);
        }

        Step smoothed() {
            return new Step(given, (target * weight + given * PRIOR) / (weight + PRIOR), weight);
        }
    }
}
