package dev.stillhouse.student;

import dev.stillhouse.datasets.quality.Classification;
import java.util.Arrays;

/** Probabilities and loss of a softmax regression over sparse examples. */
final class Softmax {
    private Softmax() {}

    /** Writes the probabilities of a document to {@code out}, {@code float[labels]}. */
    static void probabilities(Parameters parameters, Examples examples, int document, float[] out) {
        logits(parameters, examples, document, out);
        normalize(out);
    }

    /** Writes the logits of a document to {@code out}, {@code float[labels]}. */
    static void logits(Parameters parameters, Examples examples, int document, float[] out) {
        int labels = out.length;
        System.arraycopy(parameters.bias(), 0, out, 0, labels);
        float[] weights = parameters.weights();
        for (int i = examples.starts()[document]; i < examples.starts()[document + 1]; i++) {
            int row = examples.features()[i] * labels;
            float value = examples.values()[i];
            for (int label = 0; label < labels; label++) {
                out[label] += value * weights[row + label];
            }
        }
    }

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
        float[] probabilities = new float[labels];
        for (int document = 0; document < examples.size(); document++) {
            Arrays.fill(probabilities, 0);
            probabilities(parameters, examples, document, probabilities);
            int target = document * labels;
            for (int label = 0; label < labels; label++) {
                loss -= examples.targets()[target + label] * Math.log(Math.max(probabilities[label], 1e-12));
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
