package dev.stillhouse.reports.record;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How scored documents differ from those that the student was chosen on.
 *
 * @param referenceDocuments how many those were
 * @param bound population stability index above which a statistic has drifted
 * @param isGate whether scores are refused then
 * @param statistics what was compared
 * @param absent what was not, with the reason
 */
public record DriftFigures(
        long referenceDocuments, double bound, boolean isGate, List<Statistic> statistics, Map<String, String> absent) {
    public DriftFigures {
        statistics = List.copyOf(statistics);
    }

    /** The statistic that differs most, if anything was compared. */
    public Optional<Statistic> worst() {
        return statistics.stream().max(Comparator.comparingDouble(Statistic::psi));
    }

    /** Those that have drifted, the furthest first. */
    public List<Statistic> drifted() {
        return statistics.stream()
                .filter(this::hasDrifted)
                .sorted(Comparator.comparingDouble(Statistic::psi).reversed())
                .toList();
    }

    /** Whether a statistic is above the bound, and above what chance makes. */
    public boolean hasDrifted(Statistic statistic) {
        return statistic.psi() > bound && statistic.psi() > statistic.psiFloor();
    }

    /**
     * A statistic then and now.
     *
     * @param name score, label, length, unseen_words or language
     * @param psi population stability index
     * @param psiFloor its 95 % quantile where there is no drift
     * @param jensenShannon divergence in bits, 0 to 1
     * @param reference values then
     * @param scored values now
     * @param edges between bins of numbers; empty of names
     * @param categories names of the bins but the last, which holds all others; empty of numbers
     * @param referenceCounts values by bin then
     * @param scoredCounts values by bin now
     */
    public record Statistic(
            String name,
            double psi,
            double psiFloor,
            double jensenShannon,
            long reference,
            long scored,
            List<Double> edges,
            List<String> categories,
            List<Long> referenceCounts,
            List<Long> scoredCounts) {
        public Statistic {
            edges = List.copyOf(edges);
            categories = List.copyOf(categories);
            referenceCounts = List.copyOf(referenceCounts);
            scoredCounts = List.copyOf(scoredCounts);
        }
    }
}
