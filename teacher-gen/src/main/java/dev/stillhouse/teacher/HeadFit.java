package dev.stillhouse.teacher;

import dev.stillhouse.udfs.Decision;
import dev.stillhouse.udfs.Link;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One regression, logistic of one label or of several, or linear: {@code min over W, b of (1/n) sum loss(W v + b, target) + (lambda / 2) sum of (s_d W_ld)^2} with {@code s_d} the standard deviation of dimension {@code d} and {@code lambda = D / (C n)}.
 * Since the squared deviations of a unit vector's {@code D} dimensions are about {@code 1 / D}, this is about {@code (1 / (2 C n)) |W|^2}. MLlib's objective with standardization; the same numbers for any number of processors, since rows are summed in 16 parts, and these in order.
 *
 * @param link whose loss it is
 * @param c weight of the rows against the penalty; what scikit-learn calls C
 * @param maxIterations steps of L-BFGS at most
 */
record HeadFit(Link link, double c, int maxIterations) {
    private static final double TOLERANCE = 1e-6;
    private static final int PARTS = 16;

    /** What a label without examples counts as, so that its bias is finite. */
    private static final double UNSEEN = 0.1;

    /** The head at temperature 1; labels that no example has get a small probability. */
    Head fit(List<HeadTrainer.Example> examples, List<String> labels) {
        int dimensions = examples.get(0).vector().length;
        double[] deviations = deviations(examples, dimensions);
        double[][] targets = targets(examples);
        Loss loss = new Loss(link, standardised(examples, deviations), targets, dimensions / (c * examples.size()));
        double[] start = new double[(dimensions + 1) * labels.size()];
        for (int label = 0; label < labels.size(); label++) {
            start[dimensions * labels.size() + label] = bias(label, targets);
        }
        return head(new Lbfgs(maxIterations, TOLERANCE).minimise(loss, start), deviations, labels);
    }

    private static double[][] targets(List<HeadTrainer.Example> examples) {
        return examples.stream().map(HeadTrainer.Example::target).toArray(double[][]::new);
    }

    /** The bias that is best without weights. */
    private double bias(int label, double[][] targets) {
        double sum = 0;
        for (double[] target : targets) {
            sum += target[label];
        }
        int rows = targets.length;
        return switch (link) {
            case SOFTMAX -> Math.log(Math.max(UNSEEN, sum) / rows);
            case LOGISTIC -> Math.log(Math.max(UNSEEN, sum) / Math.max(UNSEEN, rows - sum));
            case IDENTITY -> sum / rows;
        };
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

    private Head head(double[] found, double[] deviations, List<String> labels) {
        int count = labels.size();
        int biases = deviations.length * count;
        // Of probabilities that sum to 1 only differences of biases say something.
        double mean = link == Link.SOFTMAX
                ? Arrays.stream(found, biases, found.length).average().orElse(0)
                : 0;
        float[][] weights = new float[count][deviations.length];
        float[] bias = new float[count];
        for (int label = 0; label < count; label++) {
            bias[label] = (float) (found[biases + label] - mean);
            for (int d = 0; d < deviations.length; d++) {
                weights[label][d] = deviations[d] > 0 ? (float) (found[d * count + label] / deviations[d]) : 0;
            }
        }
        return new Head(labels, weights, bias, 1, Decision.by(link));
    }

    /**
     * The objective over weights {@code [dimensions][labels]} of standardised rows, and biases after them.
     *
     * @param rows {@code double[rows][dimensions]}
     * @param targets {@code double[rows][labels]}
     */
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
            double[] outputs = new double[labels()];
            int last = (int) ((long) rows.length * (range.part() + 1) / range.parts());
            for (int row = (int) ((long) rows.length * range.part() / range.parts()); row < last; row++) {
                setLogits(point, rows[row], outputs);
                double[] target = targets[row];
                if (link == Link.SOFTMAX) {
                    loss += crossEntropy(outputs, target);
                } else {
                    link.apply(outputs, 1);
                    loss += link.loss(outputs, target);
                }
                for (int label = 0; label < outputs.length; label++) {
                    outputs[label] -= target[label];
                }
                add(gradient, rows[row], outputs);
            }
            return loss;
        }

        private static void setLogits(double[] point, double[] row, double[] logits) {
            int labels = logits.length;
            System.arraycopy(point, point.length - labels, logits, 0, labels);
            for (int d = 0; d < row.length; d++) {
                double value = row[d];
                int from = d * labels;
                for (int label = 0; label < labels; label++) {
                    logits[label] += value * point[from + label];
                }
            }
        }

        /** Turns logits into probabilities; the loss from logarithms of sums, which are exact where probabilities are not. */
        private static double crossEntropy(double[] logits, double[] target) {
            double most = Arrays.stream(logits).max().orElseThrow();
            double expected = 0;
            double sum = 0;
            for (int label = 0; label < logits.length; label++) {
                expected += target[label] == 0 ? 0 : target[label] * (logits[label] - most);
                logits[label] = Math.exp(logits[label] - most);
                sum += logits[label];
            }
            for (int label = 0; label < logits.length; label++) {
                logits[label] /= sum;
            }
            return Math.log(sum) - expected;
        }

        private static void add(double[] gradient, double[] row, double[] errors) {
            int labels = errors.length;
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
