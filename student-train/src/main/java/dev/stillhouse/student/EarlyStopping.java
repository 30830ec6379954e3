package dev.stillhouse.student;

/**
 * Trains until agreement on the select part no longer improves, and keeps the best parameters: those that agree most, of equals those of the least loss. Agreement has its best long before loss where labels are many (banking77 with vectors: after 21 passes,
 * loss after 53), and the student is no worse for it.
 */
final class EarlyStopping {
    /** Passes without a gain after which training stops. */
    private static final int PATIENCE = 5;

    /** What loss must fall by to be a gain where agreement stays, in nats: where all agree it falls for ever, by less and less. */
    private static final double LEAST_GAIN = 0.001;

    /** Documents up to which as many passes are made as are allowed. */
    private static final long DOCUMENTS = 100_000;

    private static final int FEWEST_PASSES = 3;

    private final String variant;
    private final Examples select;
    private final int maxEpochs;
    private final EpochListener listener;

    EarlyStopping(String variant, Examples select, int maxEpochs, EpochListener listener) {
        this.variant = variant;
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
        Fit best = new Fit(Snapshot.of(parameters), 0, Objective.quality(parameters, select));
        Objective.Quality gained = best.select();
        int lastGain = 0;
        for (int epoch = 1; epoch <= maxEpochs && epoch - lastGain <= PATIENCE; epoch++) {
            parameters = new Pass(epochs, step, seed).run(parameters, epoch);
            Objective.Quality quality = Objective.quality(parameters, select);
            listener.epoch(new EpochListener.Epoch(variant, epoch, maxEpochs, quality.loss(), quality.agreement()));
            if (isBetter(quality, best.select(), 0)) {
                best.snapshot().take(parameters);
                best = new Fit(best.snapshot(), epoch, quality);
            }
            if (isBetter(quality, gained, LEAST_GAIN)) {
                gained = quality;
                lastGain = epoch;
            }
        }
        return best;
    }

    /** By more than that in loss, where they agree alike. */
    private static boolean isBetter(Objective.Quality one, Objective.Quality other, double loss) {
        return one.agreement() > other.agreement()
                || (one.agreement() == other.agreement() && one.loss() < other.loss() - loss);
    }

    /**
     * How many passes are made at most: those that are allowed over up to 100,000 documents; over more as many as meet no more documents than these do, but three in any case.
     *
     * @param allowed by the configuration
     * @param documents of the fit part
     */
    static int passes(int allowed, long documents) {
        long alike = allowed * DOCUMENTS / Math.max(DOCUMENTS, documents);
        return (int) Math.min(allowed, Math.max(FEWEST_PASSES, alike));
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
     * What training ended with.
     *
     * @param snapshot the best parameters
     * @param epochs after how many passes
     * @param select how well they fit the select part
     */
    record Fit(Snapshot snapshot, int epochs, Objective.Quality select) {}
}
