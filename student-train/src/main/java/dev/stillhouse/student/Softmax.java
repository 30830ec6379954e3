package dev.stillhouse.student;

import dev.stillhouse.datasets.quality.Classification;
import java.util.Arrays;

/** Probabilities and loss of a softmax regression. */
final class Softmax {
    /** Least probability in a logarithm. */
    private static final double LEAST = 1e-12;

    private Softmax() {}

    /** Turns logits into probabilities in place. */
    static void normalize(float[] logits) {
        float max = Float.NEGATIVE_INFINITY;
        for (float logit : logits) {
            max = Math.max(max, logit);
        }
        double sum = 0;
        for (int label = 0; label < logits.length; label++) {
            double exponential = Math.exp(logits[label] - max);
            logits[label] = (float) exponential;
            sum += exponential;
        }
        for (int label = 0; label < logits.length; label++) {
            logits[label] /= (float) sum;
        }
    }

    /** Mean soft cross-entropy and agreement of the arg max over examples. */
    static Quality quality(Parameters parameters, Examples examples) {
        double loss = 0;
        int agreed = 0;
        int labels = parameters.labels();
        Forward forward = new Forward(parameters);
        for (int document = 0; document < examples.size(); document++) {
            float[] probabilities = forward.probabilities(examples, document);
            int target = document * labels;
            for (int label = 0; label < labels; label++) {
                float wanted = examples.targets()[target + label];
                loss -= wanted == 0 ? 0 : wanted * Math.log(Math.max(probabilities[label], LEAST));
            }
            float[] targets = Arrays.copyOfRange(examples.targets(), target, target + labels);
            agreed += Classification.argmax(probabilities) == Classification.argmax(targets) ? 1 : 0;
        }
        int size = Math.max(1, examples.size());
        return new Quality(loss / size, (double) agreed / size);
    }

    /**
     * How well parameters fit examples.
     *
     * @param loss mean soft cross-entropy, in nats
     * @param agreement share of documents whose most probable label is the target's
     */
    record Quality(double loss, double agreement) {}
}
