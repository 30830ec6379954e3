package dev.stillhouse.scoring.cascade;

import java.util.Optional;

/**
 * What a cascade found and did.
 *
 * @param terms what was asked for
 * @param choice the threshold, and what the sample shows of it
 * @param sample documents that were drawn to tell it by
 * @param documents that were scored
 * @param audited documents that were drawn to look at the promise afterwards
 * @param agreeing sum of their agreement: those of them whose label is the teacher's
 * @param questions texts that the teacher was asked about
 * @param seconds wall time of asking
 * @param failure why the teacher stopped answering
 */
public record Outcome(
        Terms terms,
        Choice choice,
        long sample,
        long documents,
        long audited,
        double agreeing,
        long questions,
        double seconds,
        Optional<String> failure) {

    /** Mean agreement over the audited documents; absent where there are none. */
    public Optional<Double> auditedAgreement() {
        return audited == 0 ? Optional.empty() : Optional.of(agreeing / audited);
    }

    /** Mean agreement over the sample at the threshold, where that is no share of documents. */
    public Optional<Double> sampleAgreement() {
        return choice instanceof ThresholdChoice agreement && terms.bound() == Bound.HOEFFDING_BENTKUS
                ? Optional.of(agreement.sampleAgreement())
                : Optional.empty();
    }

    /**
     * The share of this run's documents that has the teacher's label, or their mean agreement, at least; absent where documents are selected.
     *
     * @param fallbacks documents whose turn was the teacher's, and that have the student's answer; none is taken to agree
     */
    public Optional<Double> realised(long fallbacks) {
        return choice instanceof ThresholdChoice agreement && documents > 0
                ? Optional.of(Math.max(0, agreement.realisedAgreement(documents) - (double) fallbacks / documents))
                : Optional.empty();
    }
}
