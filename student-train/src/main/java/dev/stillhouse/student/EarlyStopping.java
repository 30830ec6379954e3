package dev.stillhouse.student;

/** Trains until the select part no longer improves, and keeps the best parameters. */
final class EarlyStopping {
    /** Passes without improvement after which training stops. */
    private static final int PATIENCE = 3;

    private final Examples select;
    private final int maxEpochs;

    EarlyStopping(Examples select, int maxEpochs) {
        this.select = select;
        this.maxEpochs = maxEpochs;
    }

    /**
     * Trains from zero.
     *
     * @param features rows of the joint vocabulary
     */
    Fit train(Epochs epochs, int features, long seed) {
        Parameters parameters = Parameters.zero(features, select.labels());
        Fit best = new Fit(parameters.copy(), 0, Softmax.quality(parameters, select));
        for (int epoch = 1; epoch <= maxEpochs && epoch - best.epochs() <= PATIENCE; epoch++) {
            parameters = epochs.run(parameters, seed * 1_000_003 + epoch);
            Softmax.Quality quality = Softmax.quality(parameters, select);
            if (quality.loss() < best.select().loss()) {
                best = new Fit(parameters.copy(), epoch, quality);
            }
        }
        return best;
    }

    /**
     * The best parameters.
     *
     * @param epochs after how many passes
     * @param select how well they fit the select part
     */
    record Fit(Parameters parameters, int epochs, Softmax.Quality select) {}
}
