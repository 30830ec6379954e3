package dev.stillhouse.scoring.cascade;

import java.util.List;
import java.util.OptionalDouble;

/**
 * From which sureness on a student answers, so that a promise is kept: a document below goes to the teacher, with whom it then agrees. A grid of thresholds that was fixed before any label was seen is tested from the strictest to the loosest, each at the whole risk {@code 1 - confidence}, up to the first that fails. That the order is fixed and testing
 * stops there is what keeps the risk of the whole sequence at that of one test (P. Bauer, Multiple Testing in Clinical Trials, Statistics in Medicine 1991: fixed-sequence procedures; A. Angelopoulos and others, Learn then Test, 2021). A threshold passes where the {@link Bound} on the mean loss of all documents is at most {@code 1 - agreement}; of labels that is the share of documents that the student would answer otherwise than the
 * teacher.
 *
 * @param threshold documents of at least this sureness are the student's; absent where not even the strictest passes, and all are the teacher's
 * @param lost sum of {@code 1 - agreement} in the sample, over those that are the student's
 * @param disagreements in the sample, among those that are the student's
 * @param sample its size
 * @param promise that is kept
 */
public record ThresholdChoice(OptionalDouble threshold, double lost, long disagreements, long sample, Promise promise)
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
        ThresholdChoice best = new ThresholdChoice(OptionalDouble.empty(), 0, 0, sample.size(), promise);
        for (double threshold : grid) {
            List<Sampled> wrong = sample.stream()
                    .filter(one -> one.sureness() >= threshold && !one.agrees())
                    .toList();
            double lost = wrong.stream().mapToDouble(one -> 1 - one.agreement()).sum();
            if (!promise.isKept(lost, sample.size())) {
                return best;
            }
            best = new ThresholdChoice(OptionalDouble.of(threshold), lost, wrong.size(), sample.size(), promise);
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

    /** {@inheritDoc} The share of documents that has the teacher's label, or the mean agreement. */
    @Override
    public double expected() {
        return threshold.isEmpty() ? 1 : 1 - promise.bound().risk(lost, sample, promise.confidence());
    }

    /** Mean agreement over the sample. */
    public double sampleAgreement() {
        return sample == 0 ? 1 : 1 - lost / sample;
    }

    /**
     * The agreement over this run's documents, at least, where those of the sample are answered by the teacher.
     *
     * @param documents of the run, at least the sample
     */
    public double realisedAgreement(long documents) {
        return threshold.isEmpty() ? 1 : 1 - promise.bound().realised(lost, sample, documents, promise.confidence());
    }
}
