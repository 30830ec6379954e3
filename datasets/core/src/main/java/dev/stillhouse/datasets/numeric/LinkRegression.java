package dev.stillhouse.datasets.numeric;

import dev.stillhouse.udfs.Link;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * One regression, logistic of one label or of several, or linear: {@code min over W, b of (1/n) sum over rows of loss(W v + b, target) + (lambda / 2) sum of (s_d W_ld)^2} with {@code s_d} the standard deviation of dimension {@code d} and {@code lambda = D / (C n)}.
 * Since the squared deviations of a unit vector's {@code D} dimensions are about {@code 1 / D}, this is about {@code (1 / (2 C n)) |W|^2}. MLlib's objective with standardization; the same numbers for any number of processors, since rows are summed in 16 parts, and these in order.
 * Holds the standardised rows, {@code double[rows][dimensions]}. Safe for use by several threads.
 */
public final class LinkRegression {
    private static final double TOLERANCE = 1e-6;
    private static final int PARTS = 16;
    private static final int TOGETHER = 8;

    /** What a label that no target has counts as, so that its bias is finite. */
    private static final double UNSEEN = 0.1;

    private final Link link;
    private final double[][] rows;
    private final double[][] targets;
    private final double[] deviations;
    private final int labels;

    /**
     * Takes the rows; arrays of targets are not copied.
     *
     * @param link whose loss it is
     * @param vectors {@code float[rows][dimensions]}, at least one row
     * @param targets {@code double[rows][labels]}
     */
    public LinkRegression(Link link, float[][] vectors, double[][] targets) {
        if (vectors.length == 0 || vectors.length != targets.length) {
            throw new IllegalArgumentException("Invalid rows: " + vectors.length + " vectors and " + targets.length
                    + " targets (must be equal numbers, at least 1)");
        }
        this.link = link;
        this.targets = targets;
        this.labels = targets[0].length;
        this.deviations = deviations(vectors);
        this.rows = standardised(vectors, deviations);
    }

    /**
     * A fitted model.
     *
     * @param weights {@code float[labels][dimensions]}
     * @param bias {@code float[labels]}, with mean 0 for {@link Link#SOFTMAX}, of which only differences say something
     * @param point where the solver ended, from which another fit on the same rows may start
     */
    public record Fit(float[][] weights, float[] bias, double[] point) {}

    /** Fits from no weights, and the biases that are best without. */
    public Fit fit(double c, int maxIterations) {
        return fit(c, maxIterations, start());
    }

    /**
     * Fits from another fit's point.
     *
     * @param c weight of the rows against the penalty, greater than 0; what scikit-learn calls C
     * @param maxIterations steps of L-BFGS at most
     * @param start left as it is
     */
    public Fit fit(double c, int maxIterations, double[] start) {
        Loss loss = new Loss(link, rows, targets, deviations.length / (c * rows.length));
        return fit(new Lbfgs(maxIterations, TOLERANCE).minimise(loss, start));
    }

    private double[] start() {
        double[] start = new double[(deviations.length + 1) * labels];
        for (int label = 0; label < labels; label++) {
            start[deviations.length * labels + label] = bias(label);
        }
        return start;
    }

    private double bias(int label) {
        double sum = 0;
        for (double[] target : targets) {
            sum += target[label];
        }
        return switch (link) {
            case SOFTMAX -> Math.log(Math.max(UNSEEN, sum) / rows.length);
            case LOGISTIC -> Math.log(Math.max(UNSEEN, sum) / Math.max(UNSEEN, rows.length - sum));
            case IDENTITY -> sum / rows.length;
        };
    }

    private static double[] deviations(float[][] vectors) {
        double[] deviations = new double[vectors[0].length];
        for (int d = 0; d < deviations.length; d++) {
            double mean = 0;
            for (float[] vector : vectors) {
                mean += vector[d];
            }
            mean /= vectors.length;
            double squares = 0;
            for (float[] vector : vectors) {
                double off = vector[d] - mean;
                squares += off * off;
            }
            deviations[d] = Math.sqrt(squares / Math.max(1, vectors.length - 1));
        }
        return deviations;
    }

    private static double[][] standardised(float[][] vectors, double[] deviations) {
        return Arrays.stream(vectors)
                .map(vector -> {
                    double[] row = new double[deviations.length];
                    for (int d = 0; d < row.length; d++) {
                        row[d] = deviations[d] > 0 ? vector[d] / deviations[d] : 0;
                    }
                    return row;
                })
                .toArray(double[][]::new);
    }

    private Fit fit(double[] point) {
        int biases = deviations.length * labels;
        double mean = link == Link.SOFTMAX
                ? Arrays.stream(point, biases, point.length).average().orElse(0)
                : 0;
        float[][] weights = new float[labels][deviations.length];
        float[] bias = new float[labels];
        for (int label = 0; label < labels; label++) {
            bias[label] = (float) (point[biases + label] - mean);
            for (int d = 0; d < deviations.length; d++) {
                weights[label][d] = deviations[d] > 0 ? (float) (point[d * labels + label] / deviations[d]) : 0;
            }
        }
        return new Fit(weights, bias, point);
    }

    /** The objective over weights {@code [dimensions][labels]} of standardised rows, and biases after them. */
    private record Loss(Link link, double[][] rows, double[][] targets, double lambda) implements Lbfgs.Objective {

        private int labels() {
            return targets[0].length;
        }

        @Override
        public double at(double[] point, double[] gradient) {
            int parts = Math.min(PARTS, rows.length);
            double[][] gradients = new double[parts][];
            double[] losses = new double[parts];
            IntStream.range(0, parts).parallel().forEach(part -> {
                gradients[part] = new double[point.length];
                losses[part] = part(point, gradients[part], new Range(part, parts));
            });
            Arrays.fill(gradient, 0);
            double loss = 0;
            for (int part = 0; part < parts; part++) {
                loss += losses[part];
                for (int i = 0; i < gradient.length; i++) {
                    gradient[i] += gradients[part][i];
                }
            }
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] /= rows.length;
            }
            double penalty = 0;
            for (int i = 0; i < gradient.length - labels(); i++) {
                gradient[i] += lambda * point[i];
                penalty += point[i] * point[i];
            }
            return loss / rows.length + lambda / 2 * penalty;
        }

        private double part(double[] point, double[] gradient, Range range) {
            double loss = 0;
            double[][] outputs = new double[TOGETHER][labels()];
            int last = (int) ((long) rows.length * (range.part() + 1) / range.parts());
            for (int row = (int) ((long) rows.length * range.part() / range.parts()); row < last; row += TOGETHER) {
                int together = Math.min(TOGETHER, last - row);
                logits(point, row, together, outputs);
                for (int i = 0; i < together; i++) {
                    loss += errors(outputs[i], targets[row + i]);
                }
                add(gradient, row, together, outputs);
            }
            return loss;
        }

        /** Some rows at a time, so that the weights are read once for all of them. */
        private void logits(double[] point, int first, int together, double[][] logits) {
            for (int i = 0; i < together; i++) {
                System.arraycopy(point, point.length - labels(), logits[i], 0, labels());
            }
            int dimensions = rows[first].length;
            for (int d = 0; d < dimensions; d++) {
                for (int i = 0; i < together; i++) {
                    addScaled(logits[i], 0, rows[first + i][d], point, d * labels());
                }
            }
        }

        private void add(double[] gradient, int first, int together, double[][] errors) {
            int dimensions = rows[first].length;
            for (int d = 0; d < dimensions; d++) {
                for (int i = 0; i < together; i++) {
                    addScaled(gradient, d * labels(), rows[first + i][d], errors[i], 0);
                }
            }
            for (int i = 0; i < together; i++) {
                addScaled(gradient, gradient.length - labels(), 1, errors[i], 0);
            }
        }

        private void addScaled(double[] to, int at, double factor, double[] values, int from) {
            int labels = labels();
            for (int label = 0; label < labels; label++) {
                to[at + label] += factor * values[from + label];
            }
        }

        /** Turns a row's logits into what outputs are off by; their loss. */
        private double errors(double[] logits, double[] target) {
            double loss = link.loss(logits, target, 1);
            link.apply(logits, 1);
            for (int label = 0; label < logits.length; label++) {
                logits[label] -= target[label];
            }
            return loss;
        }
    }

    private record Range(int part, int parts) {}
}
