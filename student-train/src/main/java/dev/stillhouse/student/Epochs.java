package dev.stillhouse.student;

import java.util.Iterator;
import java.util.function.Supplier;

/** One pass over all of the fit part. */
@FunctionalInterface
interface Epochs {
    /**
     * Runs a pass.
     *
     * @param parameters may be changed in place
     * @param step how far its steps go
     * @param seed of the order of documents
     * @return the parameters after the pass
     */
    Parameters run(Parameters parameters, AdaGradPass.Step step, long seed);

    /**
     * Passes document by document on the driver: plain stochastic AdaGrad.
     *
     * @param pieces gives the pieces of all shards in their order, one of which is held at a time
     */
    static Epochs sequential(Supplier<Iterator<ShardEpochs.Piece>> pieces) {
        return (parameters, step, seed) -> {
            AdaGradPass pass = new AdaGradPass(parameters, step);
            pieces.get().forEachRemaining(piece -> pass.run(piece.examples(), piece.seed(seed)));
            return parameters;
        };
    }
}
