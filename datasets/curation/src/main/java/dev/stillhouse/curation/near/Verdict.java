package dev.stillhouse.curation.near;

import dev.stillhouse.datasets.schema.Proposals;
import java.util.Optional;

/**
 * What verification made of a document.
 *
 * @param document the document
 * @param outcome one of the outcomes of {@link Proposals}
 * @param comparison the comparison that removed it, or the most similar of those that did not; empty where there was none
 * @param comparisons kept documents that it was compared with
 */
record Verdict(Member document, String outcome, Optional<Comparison> comparison, int comparisons) {
    boolean removes() {
        return outcome.equals(Proposals.VERIFIED);
    }
}
