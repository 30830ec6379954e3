package dev.stillhouse.scoring.cascade;

import java.util.Optional;

/**
 * What a cascade found and did.
 *
 * @param config what was asked for
 * @param choice the threshold, and what the sample shows of it
 * @param sample documents that were drawn to tell it by
 * @param documents that were scored
 * @param audited documents that were drawn to look at the promise afterwards
 * @param agreeing those of them whose label is the teacher's
 * @param questions texts that the teacher was asked about
 * @param seconds wall time of asking
 * @param failure why the teacher stopped answering
 */
public record Outcome(
        RouteConfig config,
        Choice choice,
        long sample,
        long documents,
        long audited,
        long agreeing,
        long questions,
        double seconds,
        Optional<String> failure) {

    /**
     * The share of this run's documents that has the teacher's label, at least; absent where documents are selected.
     *
     * @param fallbacks documents whose turn was the teacher's, and that have the student's label; none is taken to agree
     */
    public Optional<Double> realised(long fallbacks) {
        return choice instanceof ThresholdChoice agreement && documents > 0
                ? Optional.of(Math.max(0, agreement.realisedAgreement(documents) - (double) fallbacks / documents))
                : Optional.empty();
    }
}
