package dev.stillhouse.datasets.numeric;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Minimises a smooth convex function by L-BFGS (Nocedal and Wright 2006, algorithms 7.4 and 7.5) with a backtracking line search. MLlib's runs a Spark job for each step, which takes longer than a step over some thousand rows; Breeze's, which that is built on, cannot be given a function
 * from Java.
 *
 * @param maxIterations steps at most
 * @param tolerance ends when a step lowers the value by a smaller share than this
 */
public record Lbfgs(int maxIterations, double tolerance) {
    private static final int HISTORY = 10;
    private static final int MOST_HALVINGS = 40;

    /** Least decrease of a step, as a share of what the slope promises (Armijo). */
    private static final double SUFFICIENT = 1e-4;

    /** A function with its gradient. */
    public interface Objective {
        /**
         * The value at a point.
         *
         * @param point {@code double[dimensions]}
         * @param gradient set to the gradient there, {@code double[dimensions]}
         */
        double at(double[] point, double[] gradient);
    }

    /** The least point that is found from a start, which is left as it is. */
    public double[] minimise(Objective objective, double[] start) {
        double[] point = start.clone();
        double[] gradient = new double[point.length];
        double value = objective.at(point, gradient);
        Deque<Pair> history = new ArrayDeque<>();
        double[] next = new double[point.length];
        double[] nextGradient = new double[point.length];
        for (int iteration = 0; iteration < maxIterations; iteration++) {
            double[] direction = direction(gradient, history);
            double slope = dot(direction, gradient);
            // Before there is a history nothing is known of the right length.
            double step = history.isEmpty() ? 1 / Math.max(1, Math.sqrt(-slope)) : 1;
            double nextValue = Double.POSITIVE_INFINITY;
            int halvings = 0;
            while (!(nextValue <= value + SUFFICIENT * step * slope) && halvings++ < MOST_HALVINGS) {
                step = halvings == 1 ? step : step / 2;
                for (int i = 0; i < point.length; i++) {
                    next[i] = point[i] + step * direction[i];
                }
                nextValue = objective.at(next, nextGradient);
            }
            if (!(nextValue < value)) {
                return point;
            }
            remember(history, point, gradient, next, nextGradient);
            boolean isDone = value - nextValue <= tolerance * Math.max(Math.abs(value), Double.MIN_NORMAL);
            value = nextValue;
            System.arraycopy(next, 0, point, 0, point.length);
            System.arraycopy(nextGradient, 0, gradient, 0, gradient.length);
            if (isDone) {
                return point;
            }
        }
        return point;
    }

    /** A pair of steps in point and gradient is kept where the function curves upwards along it. */
    private static void remember(
            Deque<Pair> history, double[] point, double[] gradient, double[] next, double[] nextGradient) {
        double[] moved = new double[point.length];
        double[] turned = new double[point.length];
        for (int i = 0; i < point.length; i++) {
            moved[i] = next[i] - point[i];
            turned[i] = nextGradient[i] - gradient[i];
        }
        double curvature = dot(moved, turned);
        if (curvature > 1e-12 * dot(turned, turned)) {
            history.addLast(new Pair(moved, turned, curvature));
            if (history.size() > HISTORY) {
                history.removeFirst();
            }
        }
    }

    /** The two-loop recursion: minus the inverse of the approximate Hessian times the gradient. */
    private static double[] direction(double[] gradient, Deque<Pair> history) {
        double[] direction = gradient.clone();
        double[] shares = new double[history.size()];
        int index = history.size();
        for (Iterator<Pair> latestFirst = history.descendingIterator(); latestFirst.hasNext(); ) {
            Pair pair = latestFirst.next();
            index--;
            shares[index] = dot(pair.moved(), direction) / pair.curvature();
            add(direction, -shares[index], pair.turned());
        }
        if (!history.isEmpty()) {
            Pair latest = history.getLast();
            scale(direction, latest.curvature() / dot(latest.turned(), latest.turned()));
        }
        for (Pair pair : history) {
            double share = dot(pair.turned(), direction) / pair.curvature();
            add(direction, shares[index++] - share, pair.moved());
        }
        scale(direction, -1);
        return direction;
    }

    private static double dot(double[] left, double[] right) {
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += left[i] * right[i];
        }
        return sum;
    }

    private static void add(double[] to, double factor, double[] values) {
        for (int i = 0; i < to.length; i++) {
            to[i] += factor * values[i];
        }
    }

    private static void scale(double[] values, double factor) {
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
    }

    private record Pair(double[] moved, double[] turned, double curvature) {}
}
