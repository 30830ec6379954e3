package dev.stillhouse.curation.near;

import java.io.Serializable;

/**
 * What verification needs to know of the configuration, as tasks carry it.
 *
 * @param containment whether every shingle must be in the kept document, else Jaccard's similarity decides
 * @param threshold smallest similarity that removes
 * @param shingle words of a shingle
 * @param maxComparisons most kept documents that one is compared with
 */
record VerificationRule(boolean containment, double threshold, int shingle, int maxComparisons)
        implements Serializable {

    static VerificationRule of(NearDuplicatesConfig config) {
        return new VerificationRule(
                config.mode() == NearDuplicatesConfig.Mode.CONTAINMENT,
                config.threshold(),
                config.shingle(),
                config.maxComparisons());
    }

    /** Whether a comparison removes the document. */
    boolean passes(Comparison comparison) {
        return containment ? comparison.containment() >= 1 && comparison.inOrder() : comparison.jaccard() >= threshold;
    }

    /** The similarity that decides. */
    double closeness(Comparison comparison) {
        return containment ? comparison.containment() : comparison.jaccard();
    }
}
