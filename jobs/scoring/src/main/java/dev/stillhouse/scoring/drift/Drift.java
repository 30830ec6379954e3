package dev.stillhouse.scoring.drift;

import dev.stillhouse.scoring.drift.Bins.Tally;

/**
 * How far a statistic of scored documents is from its reference.
 *
 * @param statistic what was compared
 * @param reference counts then
 * @param scored counts now, of the same bins
 * @param divergence how far they are apart
 */
public record Drift(Statistic statistic, Tally reference, Tally scored, Divergence divergence) {
    /** Compares counts, neither of them all 0. */
    public static Drift of(Statistic statistic, Tally reference, Tally scored) {
        return new Drift(statistic, reference, scored, Divergence.of(reference.counts(), scored.counts()));
    }
}
