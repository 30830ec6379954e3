package dev.stillhouse.student;

import java.util.SplittableRandom;

/** Small random problems for tests of the trainer. */
final class ExampleProblems {
    static final int FEATURES = 12;
    static final int LABELS = 3;

    private ExampleProblems() {}

    /** Documents of four features each, with soft targets that a softmax regression can only approach. */
    static Examples random(int documents, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] starts = new int[documents + 1];
        int[] features = new int[documents * 4];
        float[] values = new float[features.length];
        float[] targets = new float[documents * LABELS];
        for (int document = 0; document < documents; document++) {
            int offset = random.nextInt(FEATURES / 4);
            for (int i = 0; i < 4; i++) {
                features[document * 4 + i] = offset + i * (FEATURES / 4);
                values[document * 4 + i] = 0.5f;
            }
            starts[document + 1] = (document + 1) * 4;
            target(targets, document, (offset + random.nextInt(2)) % LABELS);
        }
        return new Examples(new Sparse(starts, features, values), Sparse.empty(documents), targets, LABELS);
    }

    private static void target(float[] targets, int document, int label) {
        for (int i = 0; i < LABELS; i++) {
            targets[document * LABELS + i] = i == label ? 0.8f : 0.1f;
        }
    }

    /** The least mean loss that any parameters reach, by full-batch gradient descent in double. */
    static double optimum(Examples examples, double penalty) {
        double[] weights = new double[(FEATURES + 1) * LABELS];
        double loss = 0;
        for (int step = 0; step < 20_000; step++) {
            double[] slopes = new double[weights.length];
            loss = gradient(examples, weights, slopes, penalty);
            for (int i = 0; i < weights.length; i++) {
                weights[i] -= 2 * slopes[i];
            }
        }
        return loss;
    }

    private static double gradient(Examples examples, double[] weights, double[] slopes, double penalty) {
        double loss = 0;
        for (int document = 0; document < examples.size(); document++) {
            loss += gradient(examples, document, weights, slopes);
            for (int i = examples.ngrams().starts()[document];
                    i < examples.ngrams().starts()[document + 1];
                    i++) {
                for (int label = 0; label < LABELS; label++) {
                    int at = examples.ngrams().rows()[i] * LABELS + label;
                    loss += penalty / 2 * weights[at] * weights[at] / examples.size();
                    slopes[at] += penalty * weights[at] / examples.size();
                }
            }
        }
        return loss;
    }

    private static double gradient(Examples examples, int document, double[] weights, double[] slopes) {
        double[] logits = new double[LABELS];
        int bias = FEATURES * LABELS;
        for (int label = 0; label < LABELS; label++) {
            logits[label] = weights[bias + label];
            for (int i = examples.ngrams().starts()[document];
                    i < examples.ngrams().starts()[document + 1];
                    i++) {
                logits[label] += examples.ngrams().values()[i]
                        * weights[examples.ngrams().rows()[i] * LABELS + label];
            }
        }
        double sum = 0;
        for (double logit : logits) {
            sum += Math.exp(logit);
        }
        double loss = 0;
        for (int label = 0; label < LABELS; label++) {
            double probability = Math.exp(logits[label]) / sum;
            double target = examples.targets()[document * LABELS + label];
            loss -= target * Math.log(probability) / examples.size();
            double slope = (probability - target) / examples.size();
            slopes[bias + label] += slope;
            for (int i = examples.ngrams().starts()[document];
                    i < examples.ngrams().starts()[document + 1];
                    i++) {
                slopes[examples.ngrams().rows()[i] * LABELS + label] +=
                        slope * examples.ngrams().values()[i];
            }
        }
        return loss;
    }
}
