package dev.stillhouse.curation.near;

import dev.stillhouse.udfs.minhash.Similarity;

/**
 * How a document compares with a kept one.
 *
 * @param kept the kept document
 * @param sharedBands bands that both have
 * @param jaccard exact Jaccard similarity of their shingles
 * @param containment share of the document's shingles that the kept one has
 * @param inOrder whether, where one of the two is repetitive, the kept one has them in the same order without a gap
 */
record Comparison(Member kept, int sharedBands, double jaccard, double containment, boolean inOrder) {

    static Comparison of(Member document, Member kept, int sharedBands, boolean containment) {
        int shared = Similarity.shared(document.shingles(), kept.shingles());
        double contained = Similarity.containment(shared, document.shingles().length);
        boolean ordered = !containment
                || contained < 1
                || (!document.isRepetitive() && !kept.isRepetitive())
                || kept.holdsInOrder(document);
        return new Comparison(
                kept,
                sharedBands,
                Similarity.jaccard(shared, document.shingles().length, kept.shingles().length),
                contained,
                ordered);
    }
}
