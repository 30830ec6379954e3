package dev.stillhouse.curation.near;

import dev.stillhouse.udfs.minhash.Shingles;
import dev.stillhouse.udfs.text.TextScan;

/**
 * A document of a cluster, as the verifier looks at it.
 *
 * @param source its source
 * @param id its id
 * @param alwaysKeep whether nothing may remove it
 * @param buckets keys of the bands that it shares with others
 * @param shingles its set of shingles, ascending
 * @param sequence its shingles in their order, repeated ones too; empty where the mode does not look at them
 */
record Member(String source, String id, boolean alwaysKeep, long[] buckets, long[] shingles, long[] sequence) {
    /** Below this share of distinct shingles a text is repetitive: sets of shingles then no longer tell what it says. */
    private static final double REPETITIVE = 0.9;

    /** Reads texts into members. Not safe for use by several threads. */
    static final class Reader {
        private final TextScan scan = new TextScan();
        private final Shingles shingles;
        private final boolean sequences;

        Reader(VerificationRule rule) {
            this.shingles = new Shingles(rule.shingle());
            this.sequences = rule.containment();
        }

        Member read(Identity identity, byte[] text, long[] buckets) {
            scan.scan(text);
            shingles.read(scan);
            return new Member(
                    identity.source(),
                    identity.id(),
                    identity.alwaysKeep(),
                    buckets,
                    shingles.sorted(),
                    sequences ? shingles.sequence() : new long[0]);
        }
    }

    /** Who a document is. */
    record Identity(String source, String id, boolean alwaysKeep) {}

    boolean isRepetitive() {
        return shingles.length < REPETITIVE * sequence.length;
    }

    /** Whether another's shingles stand in this one, in their order and without a gap: Knuth, Morris and Pratt 1977. */
    boolean holdsInOrder(Member other) {
        long[] wanted = other.sequence;
        int[] fallback = new int[wanted.length];
        for (int i = 1, k = 0; i < wanted.length; i++) {
            while (k > 0 && wanted[i] != wanted[k]) {
                k = fallback[k - 1];
            }
            k += wanted[i] == wanted[k] ? 1 : 0;
            fallback[i] = k;
        }
        int matched = 0;
        for (int i = 0; i < sequence.length && matched < wanted.length; i++) {
            while (matched > 0 && sequence[i] != wanted[matched]) {
                matched = fallback[matched - 1];
            }
            matched += sequence[i] == wanted[matched] ? 1 : 0;
        }
        return matched == wanted.length;
    }
}
