package dev.stillhouse.udfs;

import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What a linear model's logits become, and with it what is learned: one label of several, any number of labels, or a number. The slope of the loss by a logit is prediction less target for each of them (canonical links; P. McCullagh, J. Nelder, Generalized Linear Models, 1989).
 */
public enum Link {
    /** {@code p = softmax(z / temperature)}, probabilities that sum to 1; its loss is cross-entropy. */
    SOFTMAX(2, 1_000),

    /** {@code p_l = 1 / (1 + exp(-z_l / temperature))}, independent probabilities; its loss is the sum of the labels' binary cross-entropies. */
    LOGISTIC(1, 1_000),

    /** The value itself, one number; its loss is half the squared error, and temperature has no meaning. */
    IDENTITY(1, 1);

    /** Least probability in a logarithm. */
    private static final double LEAST = 1e-12;

    private final int fewest;
    private final int most;

    Link(int fewest, int most) {
        this.fewest = fewest;
        this.most = most;
    }

    /**
     * The link of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Link of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }

    /** The name in files: softmax, logistic or identity. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Fewest outputs of a model. */
    public int fewest() {
        return fewest;
    }

    /** Most outputs of a model. */
    public int most() {
        return most;
    }

    /** Whether a model may have that many outputs, which a model with a vocabulary of labels may have beyond {@link #most}. */
    public boolean allows(int outputs) {
        return outputs >= fewest && (this != IDENTITY || outputs <= most);
    }

    /** Turns logits into outputs in place. */
    public void apply(double[] logits, double temperature) {
        switch (this) {
            case SOFTMAX -> softmax(logits, temperature);
            case LOGISTIC -> {
                for (int label = 0; label < logits.length; label++) {
                    logits[label] = sigmoid(logits[label] / temperature);
                }
            }
            case IDENTITY -> {}
        }
    }

    /** Turns logits into outputs at temperature 1 in place. */
    public void apply(float[] logits) {
        switch (this) {
            case SOFTMAX -> softmax(logits);
            case LOGISTIC -> {
                for (int label = 0; label < logits.length; label++) {
                    logits[label] = (float) sigmoid(logits[label]);
                }
            }
            case IDENTITY -> {}
        }
    }

    /** The outputs that logits stand for, {@code double[outputs]}. */
    public double[] outputs(double[] logits, double temperature) {
        double[] outputs = logits.clone();
        apply(outputs, temperature);
        return outputs;
    }

    /** The loss of outputs against targets: in nats, or half the squared error. */
    public double loss(double[] outputs, double[] target) {
        double loss = 0;
        for (int label = 0; label < outputs.length; label++) {
            double wanted = target[label];
            loss += switch (this) {
                case SOFTMAX -> costs(wanted, outputs[label]);
                case LOGISTIC -> costs(wanted, outputs[label]) + costs(1 - wanted, 1 - outputs[label]);
                case IDENTITY -> (outputs[label] - wanted) * (outputs[label] - wanted) / 2;
            };
        }
        return loss;
    }

    /** The loss of the outputs that logits stand for, as {@link #loss(double[], double[])}; from logarithms of sums, which are exact where outputs round to 0 or 1. */
    public double loss(double[] logits, double[] target, double temperature) {
        return switch (this) {
            case SOFTMAX -> crossEntropy(logits, target, temperature);
            case LOGISTIC -> binaryCrossEntropies(logits, target, temperature);
            case IDENTITY -> loss(logits, target);
        };
    }

    /**
     * Indices of the labels that outputs stand for, ascending: the first of the most probable; those at or above their limits; none of a number.
     *
     * @param limits of each output, {@link Decision#limits}
     */
    public int[] decide(float[] outputs, float[] limits) {
        return switch (this) {
            case SOFTMAX -> new int[] {first(outputs)};
            case LOGISTIC ->
                IntStream.range(0, outputs.length)
                        .filter(label -> outputs[label] >= limits[label])
                        .toArray();
            case IDENTITY -> new int[0];
        };
    }

    /**
     * How far outputs are from another decision: the greatest less the second; the least distance of one from its limit, at most 1; of a number 0.
     *
     * @param limits of each output, {@link Decision#limits}
     */
    public float margin(float[] outputs, float[] limits) {
        return switch (this) {
            case SOFTMAX -> {
                int first = first(outputs);
                float second = 0;
                for (int label = 0; label < outputs.length; label++) {
                    second = label == first ? second : Math.max(second, outputs[label]);
                }
                yield outputs[first] - second;
            }
            case LOGISTIC -> {
                float margin = 1;
                for (int label = 0; label < outputs.length; label++) {
                    margin = Math.min(margin, Math.abs(outputs[label] - limits[label]));
                }
                yield margin;
            }
            case IDENTITY -> 0;
        };
    }

    /** As {@link #decide(float[], float[])}, of outputs that are rounded to floats first, as models give them. */
    public int[] decide(double[] outputs, float[] limits) {
        float[] rounded = new float[outputs.length];
        for (int label = 0; label < rounded.length; label++) {
            rounded[label] = (float) outputs[label];
        }
        return decide(rounded, limits);
    }

    /** The index of the greatest value, the first of equals. */
    public static int first(float[] values) {
        return first(values.length, index -> values[index]);
    }

    /** The index of the greatest value, the first of equals. */
    public static int first(double[] values) {
        return first(values.length, index -> values[index]);
    }

    private static int first(int size, IntToDoubleFunction values) {
        int best = 0;
        for (int index = 1; index < size; index++) {
            best = values.applyAsDouble(index) > values.applyAsDouble(best) ? index : best;
        }
        return best;
    }

    private static double crossEntropy(double[] logits, double[] target, double temperature) {
        double max = Double.NEGATIVE_INFINITY;
        for (double logit : logits) {
            max = Math.max(max, logit / temperature);
        }
        double partition = 0;
        double expected = 0;
        for (int label = 0; label < logits.length; label++) {
            double scaled = logits[label] / temperature;
            partition += Math.exp(scaled - max);
            expected += target[label] * scaled;
        }
        return max + Math.log(partition) - expected;
    }

    private static double binaryCrossEntropies(double[] logits, double[] target, double temperature) {
        double loss = 0;
        for (int label = 0; label < logits.length; label++) {
            double scaled = logits[label] / temperature;
            loss += Math.max(scaled, 0) + Math.log1p(Math.exp(-Math.abs(scaled)));
            loss -= target[label] * scaled;
        }
        return loss;
    }

    private static double costs(double wanted, double probability) {
        return wanted == 0 ? 0 : -wanted * Math.log(Math.max(probability, LEAST));
    }

    private static double sigmoid(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }

    private static void softmax(double[] logits, double temperature) {
        double top = Double.NEGATIVE_INFINITY;
        for (double logit : logits) {
            top = Math.max(top, logit);
        }
        double sum = 0;
        for (int label = 0; label < logits.length; label++) {
            logits[label] = Math.exp((logits[label] - top) / temperature);
            sum += logits[label];
        }
        for (int label = 0; label < logits.length; label++) {
            logits[label] /= sum;
        }
    }

    private static void softmax(float[] logits) {
        float top = Float.NEGATIVE_INFINITY;
        for (float logit : logits) {
            top = Math.max(top, logit);
        }
        double sum = 0;
        for (int label = 0; label < logits.length; label++) {
            double exponential = Math.exp(logits[label] - top);
            logits[label] = (float) exponential;
            sum += exponential;
        }
        for (int label = 0; label < logits.length; label++) {
            logits[label] /= (float) sum;
        }
    }
}
