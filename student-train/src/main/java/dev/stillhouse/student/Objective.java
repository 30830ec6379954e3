package dev.stillhouse.student;

import dev.stillhouse.udfs.Link;

/** How well parameters fit examples: what training minimises, and how often they say what the targets say. */
final class Objective {
    private Objective() {}

    /** Mean loss and agreement over examples. */
    static Quality quality(Parameters parameters, Examples examples) {
        double loss = 0;
        int labels = parameters.labels();
        Link link = parameters.link();
        Agreement agreement = new Agreement(link);
        Forward forward = new Forward(parameters);
        double[] target = new double[labels];
        double[] output = new double[labels];
        for (int document = 0; document < examples.size(); document++) {
            float[] outputs = forward.outputs(examples, document);
            for (int label = 0; label < labels; label++) {
                target[label] = examples.targets()[document * labels + label];
                output[label] = outputs[label];
            }
            loss += link.loss(output, target);
            agreement.add(output, target);
        }
        return new Quality(loss / Math.max(1, examples.size()), agreement.value());
    }

    /**
     * How well parameters fit examples.
     *
     * @param loss mean {@link Link#loss}: cross-entropy in nats, or half the squared error in units of the fit part's variance
     * @param agreement of one label, the share of documents whose most probable label is the target's; of any number, the F1 of the labels that are likelier than not against the targets'; of numbers, the share of the targets' variance that is explained, which may be below 0
     */
    record Quality(double loss, double agreement) {}

    /** Counts as {@link Quality#agreement} says. */
    private static final class Agreement {
        private final Link link;
        private double agreed;
        private double compared;
        private double sum;
        private double squares;
        private int documents;

        Agreement(Link link) {
            this.link = link;
        }

        void add(double[] output, double[] target) {
            documents++;
            switch (link) {
                case SOFTMAX -> {
                    agreed += Link.first(output) == Link.first(target) ? 1 : 0;
                    compared++;
                }
                case LOGISTIC -> {
                    for (int label = 0; label < output.length; label++) {
                        // Not at it: a student that has learned nothing says 0.5 of all.
                        boolean given = output[label] > 0.5;
                        boolean wanted = target[label] >= 0.5;
                        agreed += given && wanted ? 2 : 0;
                        compared += (given ? 1 : 0) + (wanted ? 1 : 0);
                    }
                }
                case IDENTITY -> {
                    agreed -= (output[0] - target[0]) * (output[0] - target[0]);
                    sum += target[0];
                    squares += target[0] * target[0];
                }
            }
        }

        double value() {
            if (link == Link.IDENTITY) {
                double variance = squares - sum * sum / Math.max(1, documents);
                return variance > 0 ? 1 + agreed / variance : 0;
            }
            return compared == 0 ? 0 : agreed / compared;
        }
    }
}
