package dev.stillhouse.scoring.cascade;

import java.util.List;
import java.util.OptionalDouble;

/**
 * From which sureness on a student answers, so that a promise is kept: a document below goes to the teacher, with whom it then agrees. A grid of thresholds that was fixed before any label was seen is tested from the strictest to the loosest, each at the whole risk {@code 1 - confidence}, up to the first that fails. That the order is fixed and testing
 * stops there is what keeps the risk of the whole sequence at that of one test (P. Bauer, Multiple Testing in Clinical Trials, Statistics in Medicine 1991: fixed-sequence procedures; A. Angelopoulos and others, Learn then Test, 2021). A threshold passes where the Clopper-Pearson bound on the share of all documents that the student would answer otherwise than the
 * teacher is at most {@code 1 - agreement}.
 *
 * @param threshold documents of at least this sureness are the student's; absent where not even the strictest passes, and all are the teacher's
 * @param disagreements in the sample, among those that are the student's
 * @param sample its size
 * @param promise that is kept
 */
public record ThresholdChoice(OptionalDouble threshold, long disagreements, long sample, Promise promise)
        implements Choice {
    /**
     * Chooses.
     *
     * @param grid thresholds in falling order, fixed without looking at labels
     * @param sample a random sample of the documents, used for nothing else
     */
    public static ThresholdChoice of(double[] grid, List<Sampled> sample, Promise promise) {
        for (int i = 1; i < grid.length; i++) {
            if (!(grid[i] <= grid[i - 1])) {
                throw new IllegalArgumentException("Invalid grid: " + grid[i] + " after " + grid[i - 1]
                        + " (must fall, from the strictest threshold to the loosest)");
            }
        }
        ThresholdChoice best = new ThresholdChoice(OptionalDouble.empty(), 0, sample.size(), promise);
        for (double threshold : grid) {
            long disagreements = sample.stream()
                    .filter(one -> one.sureness() >= threshold && !one.agrees())
                    .count();
            if (!promise.isKept(disagreements, sample.size())) {
                return best;
            }
            best = new ThresholdChoice(OptionalDouble.of(threshold), disagreements, sample.size(), promise);
        }
        return best;
    }

    @Override
    public long wrong() {
        return disagreements;
    }

    @Override
    public long among() {
        return sample;
    }

    /** {@inheritDoc} The share of documents that has the teacher's label. */
    @Override
    public double expected() {
        return threshold.isEmpty() ? 1 : 1 - Bounds.rate(disagreements, sample, promise.confidence());
    }

    /**
     * The share of this run's documents that has the teacher's label, at least, where those of the sample are answered by the teacher.
     *
     * @param documents of the run, at least the sample
     */
    public double realisedAgreement(long documents) {
        if (threshold.isEmpty()) {
            return 1;
        }
        long most = Bounds.count(disagreements, sample, documents, promise.confidence());
        return 1 - (double) (most - disagreements) / documents;
    }
}
