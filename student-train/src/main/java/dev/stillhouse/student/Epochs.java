package dev.stillhouse.student;

/** One pass over all of the fit part. */
@FunctionalInterface
interface Epochs {
    /**
     * Runs a pass.
     *
     * @param parameters may be changed in place
     * @param seed of the order of documents
     * @return the parameters after the pass
     */
    Parameters run(Parameters parameters, long seed);

    /** Passes over examples that lie on the driver, document by document: plain stochastic AdaGrad. */
    static Epochs sequential(Examples examples, AdaGradPass.Step step) {
        return (parameters, seed) -> {
            new AdaGradPass(parameters, step).run(examples, seed);
            return parameters;
        };
    }
}
