package dev.stillhouse.teacher;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One multinomial logistic regression: {@code min over W, b of (1/n) sum -log softmax(W v + b)[label] + (lambda / 2) sum of (s_d W_ld)^2} with {@code s_d} the standard deviation of dimension {@code d} and {@code lambda = D / (C n)}.
 * Since the squared deviations of a unit vector's {@code D} dimensions are about {@code 1 / D}, this is about {@code (1 / (2 C n)) |W|^2}. MLlib's objective with standardization; the same numbers for any number of processors, since rows are summed in 16 parts, and these in order.
 *
 * @param c weight of the rows against the penalty; what scikit-learn calls C
 * @param maxIterations steps of L-BFGS at most
 */
record HeadFit(double c, int maxIterations) {
    private static final double TOLERANCE = 1e-6;
    private static final int PARTS = 16;

    /** What a label without examples counts as, so that its bias is finite. */
    private static final double UNSEEN = 0.1;

    /** The head at temperature 1; labels that no example has get a small probability. */
    Head fit(List<HeadTrainer.Example> examples, List<String> labels) {
        int dimensions = examples.get(0).vector().length;
        double[] deviations = deviations(examples, dimensions);
        Loss loss = new Loss(
                standardised(examples, deviations),
                examples.stream().mapToInt(HeadTrainer.Example::label).toArray(),
                labels.size(),
                dimensions / (c * examples.size()));
        double[] found = new Lbfgs(maxIterations, TOLERANCE).minimise(loss, start(examples, labels.size(), dimensions));
        return head(found, deviations, labels);
    }

    /** No weights, and the biases that the labels' frequencies give. */
    private static double[] start(List<HeadTrainer.Example> examples, int labels, int dimensions) {
        double[] start = new double[(dimensions + 1) * labels];
        int biases = dimensions * labels;
        examples.forEach(example -> start[biases + example.label()]++);
        for (int i = biases; i < start.length; i++) {
            start[i] = Math.log(Math.max(UNSEEN, start[i]) / examples.size());
        }
        return start;
    }

    private static double[] deviations(List<HeadTrainer.Example> examples, int dimensions) {
        double[] deviations = new double[dimensions];
        for (int d = 0; d < dimensions; d++) {
            double mean = 0;
            for (HeadTrainer.Example example : examples) {
                mean += example.vector()[d];
            }
            mean /= examples.size();
            double squares = 0;
            for (HeadTrainer.Example example : examples) {
                double off = example.vector()[d] - mean;
                squares += off * off;
            }
            deviations[d] = Math.sqrt(squares / Math.max(1, examples.size() - 1));
        }
        return deviations;
    }

    private static double[][] standardised(List<HeadTrainer.Example> examples, double[] deviations) {
        return examples.stream()
                .map(example -> {
                    double[] row = new double[deviations.length];
                    for (int d = 0; d < row.length; d++) {
                        row[d] = deviations[d] > 0 ? example.vector()[d] / deviations[d] : 0;
                    }
                    return row;
                })
                .toArray(double[][]::new);
    }

    private static Head head(double[] found, double[] deviations, List<String> labels) {
        int count = labels.size();
        int biases = deviations.length * count;
        double mean = Arrays.stream(found, biases, found.length).average().orElse(0);
        float[][] weights = new float[count][deviations.length];
        float[] bias = new float[count];
        for (int label = 0; label < count; label++) {
            bias[label] = (float) (found[biases + label] - mean);
            for (int d = 0; d < deviations.length; d++) {
                weights[label][d] = deviations[d] > 0 ? (float) (found[d * count + label] / deviations[d]) : 0;
            }
        }
        return new Head(labels, weights, bias, 1);
    }

    /**
     * The objective over weights {@code [dimensions][labels]} of standardised rows, and biases after them.
     *
     * @param rows {@code double[rows][dimensions]}
     * @param targets {@code int[rows]}, indices of labels
     */
    private record Loss(double[][] rows, int[] targets, int labels, double lambda) implements Lbfgs.Objective {

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
            for (int i = 0; i < gradient.length - labels; i++) {
                gradient[i] += lambda * point[i];
                penalty += point[i] * point[i];
            }
            return loss / rows.length + lambda / 2 * penalty;
        }

        private double part(double[] point, double[] gradient, Range range) {
            double loss = 0;
            double[] shares = new double[labels];
            int last = (int) ((long) rows.length * (range.part() + 1) / range.parts());
            for (int row = (int) ((long) rows.length * range.part() / range.parts()); row < last; row++) {
                loss += shares(point, rows[row], shares, targets[row]);
                shares[targets[row]] -= 1;
                add(gradient, rows[row], shares);
            }
            return loss;
        }

        /** Sets the row's probabilities; the negative logarithm of the target's. */
        private double shares(double[] point, double[] row, double[] shares, int target) {
            System.arraycopy(point, point.length - labels, shares, 0, labels);
            for (int d = 0; d < row.length; d++) {
                double value = row[d];
                int from = d * labels;
                for (int label = 0; label < labels; label++) {
                    shares[label] += value * point[from + label];
                }
            }
            double most = Arrays.stream(shares).max().orElseThrow();
            double logit = shares[target] - most;
            double sum = 0;
            for (int label = 0; label < labels; label++) {
                shares[label] = Math.exp(shares[label] - most);
                sum += shares[label];
            }
            for (int label = 0; label < labels; label++) {
                shares[label] /= sum;
            }
            return Math.log(sum) - logit;
        }

        private void add(double[] gradient, double[] row, double[] errors) {
            for (int d = 0; d < row.length; d++) {
                double value = row[d];
                int from = d * labels;
                for (int label = 0; label < labels; label++) {
                    gradient[from + label] += value * errors[label];
                }
            }
            int biases = gradient.length - labels;
            for (int label = 0; label < labels; label++) {
                gradient[biases + label] += errors[label];
            }
        }
    }

    private record Range(int part, int parts) {}
}
