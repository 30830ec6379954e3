package dev.stillhouse.reports.record;

import java.util.List;
import java.util.Map;

/**
 * How near-duplicates were proposed and what verification made of the proposals.
 *
 * @param rule what verifies
 * @param family hash family of the signatures
 * @param threshold Jaccard similarity asked for
 * @param recall share of pairs at the threshold that are to be proposed
 * @param bands bands of a signature
 * @param rows values of a band
 * @param curve probability that a pair is proposed, at similarities 0, 0.02 and so on to 1
 * @param proposed documents that sharing a band alone would have removed
 * @param verified those that were removed (or annotated): verified against a kept document
 * @param refusedByReason those that were not, by reason; with verified they are all that were proposed
 * @param clusters kept documents that others were verified against
 * @param largest documents in the largest group that bands link
 * @param pairs kept and removed documents to look at
 */
public record NearDuplicateFigures(
        String rule,
        String family,
        double threshold,
        double recall,
        int bands,
        int rows,
        List<Double> curve,
        long proposed,
        long verified,
        Map<String, Long> refusedByReason,
        long clusters,
        long largest,
        List<Pair> pairs) {

    /** The same figures with so many pairs at most. */
    public NearDuplicateFigures withPairs(int most) {
        return new NearDuplicateFigures(
                rule,
                family,
                threshold,
                recall,
                bands,
                rows,
                curve,
                proposed,
                verified,
                refusedByReason,
                clusters,
                largest,
                pairs.subList(0, Math.min(most, pairs.size())));
    }

    /**
     * A removed document beside the kept one.
     *
     * @param cluster what they were proposed in
     * @param clusterSize documents of the cluster that the kept one stands for, itself included
     */
    public record Pair(
            String cluster,
            long clusterSize,
            Side kept,
            Side removed,
            double jaccard,
            double containment,
            int sharedBands) {}

    /**
     * One of the two.
     *
     * @param pieces its text, cut where the two differ
     */
    public record Side(String source, String id, List<Piece> pieces) {}

    /**
     * A piece of a text.
     *
     * @param differs whether the other has something else here
     */
    public record Piece(String text, boolean differs) {}
}
