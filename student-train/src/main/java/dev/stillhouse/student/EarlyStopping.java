package dev.stillhouse.student;

/**
 * Trains until agreement on the select part no longer improves, and keeps the best parameters: those that agree most, of equals those of the least loss. Agreement has its best long before loss where labels are many (banking77 with vectors: after 21 passes,
 * loss after 53), and the student is no worse for it.
 */
final class EarlyStopping {
    /** Passes without improvement after which training stops. */
    private static final int PATIENCE = 5;

    private final Examples select;
    private final int maxEpochs;
    private final EpochListener listener;

    EarlyStopping(Examples select, int maxEpochs, EpochListener listener) {
        this.select = select;
        this.maxEpochs = maxEpochs;
        this.listener = listener;
    }

    /**
     * Trains.
     *
     * @param start may be changed in place
     */
    Fit train(Epochs epochs, Parameters start, AdaGradPass.Step step, long seed) {
        Parameters parameters = start;
        Fit best = new Fit(parameters.snapshot(), 0, Objective.quality(parameters, select));
        for (int epoch = 1; epoch <= maxEpochs && epoch - best.epochs() <= PATIENCE; epoch++) {
            parameters = new Pass(epochs, step, seed).run(parameters, epoch);
            Objective.Quality quality = Objective.quality(parameters, select);
            listener.epoch(epoch, maxEpochs, quality.loss(), quality.agreement());
            if (isBetter(quality, best.select())) {
                best = new Fit(parameters.snapshot(), epoch, quality);
            }
        }
        return best;
    }

    private static boolean isBetter(Objective.Quality one, Objective.Quality other) {
        return one.agreement() > other.agreement()
                || (one.agreement() == other.agreement() && one.loss() < other.loss());
    }

    /**
     * How one pass of several is run. The first leaves vectors as they are: until the projection has learned something, their slopes say nothing.
     *
     * @param step of passes after the first
     */
    record Pass(Epochs epochs, AdaGradPass.Step step, long seed) {
        Parameters run(Parameters parameters, int epoch) {
            return epochs.run(parameters, epoch == 1 ? step.withVectorsFrozen() : step, seed * 1_000_003 + epoch);
        }
    }

    /**
     * The best parameters.
     *
     * @param epochs after how many passes
     * @param select how well they fit the select part
     */
    record Fit(Parameters parameters, int epochs, Objective.Quality select) {}
}
