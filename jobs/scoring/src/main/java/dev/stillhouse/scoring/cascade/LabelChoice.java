package dev.stillhouse.scoring.cascade;

import java.util.List;
import java.util.OptionalDouble;

/**
 * From which probability of a label on documents are selected as having it, so that a promise on recall or precision is kept (in the manner of D. Kang and others, Approximate Selection with Guarantees using Proxies, VLDB 2020). Thresholds that were fixed before any label was seen are tested in a fixed order up to the first that fails, as in {@link ThresholdChoice}.
 *
 * <p>Recall, from the loosest to the strictest: the Clopper-Pearson bound on the share of documents below the threshold among those of the sample that have the label. Precision, from the strictest to the loosest: the bound on the share of documents without the label among those of the sample at or above the threshold. Documents of the sample are selected by
 * the teacher's own word.
 *
 * @param threshold documents of at least this probability are selected; absent where no threshold keeps the promise
 * @param wrong documents of the sample that the threshold misses, or selects without the label
 * @param among documents of the sample that have the label, or are selected
 * @param promise that is kept
 */
public record LabelChoice(OptionalDouble threshold, long wrong, long among, Promise promise) implements Choice {
    /**
     * The loosest-to-strictest test for recall.
     *
     * @param grid thresholds in falling order
     * @param sample with the label's probability as sureness, and whether the teacher gives it
     */
    public static LabelChoice recall(double[] grid, List<Sampled> sample, Promise promise) {
        long positives = sample.stream().filter(Sampled::agrees).count();
        LabelChoice best = new LabelChoice(OptionalDouble.empty(), 0, positives, promise);
        for (int i = grid.length - 1; i >= 0; i--) {
            double threshold = grid[i];
            long missed = sample.stream()
                    .filter(one -> one.agrees() && one.sureness() < threshold)
                    .count();
            if (!promise.isKept((double) missed, positives)) {
                return best;
            }
            best = new LabelChoice(OptionalDouble.of(threshold), missed, positives, promise);
        }
        return best;
    }

    /** Where the teacher has answered every document, which are selected by its word alone. */
    static LabelChoice whole(long documents, Promise promise) {
        return new LabelChoice(OptionalDouble.of(0), 0, documents, promise);
    }

    /**
     * The strictest-to-loosest test for precision; thresholds that select too few of the sample to show anything are passed over, which depends on no label.
     *
     * @param grid thresholds in falling order
     * @param sample with the label's probability as sureness, and whether the teacher gives it
     */
    public static LabelChoice precision(double[] grid, List<Sampled> sample, Promise promise) {
        LabelChoice best = new LabelChoice(OptionalDouble.empty(), 0, 0, promise);
        for (double threshold : grid) {
            long selected =
                    sample.stream().filter(one -> one.sureness() >= threshold).count();
            if (selected < promise.leastSample()) {
                continue;
            }
            long wrong = sample.stream()
                    .filter(one -> one.sureness() >= threshold && !one.agrees())
                    .count();
            if (!promise.isKept((double) wrong, selected)) {
                return best;
            }
            best = new LabelChoice(OptionalDouble.of(threshold), wrong, selected, promise);
        }
        return best;
    }

    /** {@inheritDoc} Recall, or precision; 0 where none is shown. */
    @Override
    public double expected() {
        return threshold.isEmpty() ? 0 : among == 0 ? 1 : 1 - Bounds.rate(wrong, among, promise.confidence());
    }
}
