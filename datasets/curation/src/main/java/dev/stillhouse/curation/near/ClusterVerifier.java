package dev.stillhouse.curation.near;

import dev.stillhouse.datasets.schema.Proposals;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides who of one cluster stays. Documents come in the order of survivors; each is compared with the kept ones that share a band with it, those that share most bands first; the first that passes removes it, else it stays and others are compared with it. So nothing is removed without a kept document that was verified to be
 * near, and chains neither swallow nor strand documents (Marin's cluster verification, 2026, argues for this).
 *
 * <p>Memory grows with the kept documents that may still be compared with, at most {@code maxComparisons} a band. Not safe for use by several threads.
 */
final class ClusterVerifier {
    private final VerificationRule rule;
    private final Map<Long, List<Entry>> keptByBucket = new HashMap<>();
    private int kept;
    private boolean first = true;

    ClusterVerifier(VerificationRule rule) {
        this.rule = rule;
    }

    /** Judges the next document of the cluster. */
    Verdict judge(Member document) {
        Verdict verdict = verdict(document);
        first = false;
        if (!verdict.removes()) {
            keep(document);
        }
        return verdict;
    }

    private Verdict verdict(Member document) {
        if (first) {
            return new Verdict(document, Proposals.SURVIVOR, Optional.empty(), 0);
        }
        if (document.alwaysKeep()) {
            return new Verdict(document, Proposals.ALWAYS_KEEP, Optional.empty(), 0);
        }
        List<Candidate> candidates = candidates(document);
        if (candidates.isEmpty()) {
            return new Verdict(document, Proposals.NO_KEPT_PARTNER, Optional.empty(), 0);
        }
        return compare(document, candidates);
    }

    private Verdict compare(Member document, List<Candidate> candidates) {
        Optional<Comparison> closest = Optional.empty();
        int most = Math.min(candidates.size(), rule.maxComparisons());
        for (int i = 0; i < most; i++) {
            Candidate candidate = candidates.get(i);
            Comparison comparison =
                    Comparison.of(document, candidate.entry.member, candidate.sharedBands, rule.containment());
            if (rule.passes(comparison)) {
                return new Verdict(document, Proposals.VERIFIED, Optional.of(comparison), i + 1);
            }
            if (closest.map(best -> rule.closeness(comparison) > rule.closeness(best))
                    .orElse(true)) {
                closest = Optional.of(comparison);
            }
        }
        String refused = rule.containment() ? Proposals.NOT_CONTAINED : Proposals.BELOW_THRESHOLD;
        return new Verdict(document, isCut(document, candidates) ? Proposals.COMPARISON_LIMIT : refused, closest, most);
    }

    /** Whether more kept documents share a band than were compared. */
    private boolean isCut(Member document, List<Candidate> candidates) {
        if (candidates.size() > rule.maxComparisons()) {
            return true;
        }
        for (long bucket : document.buckets()) {
            if (keptByBucket.getOrDefault(bucket, List.of()).size() >= rule.maxComparisons()) {
                return true;
            }
        }
        return false;
    }

    private List<Candidate> candidates(Member document) {
        Map<Integer, Candidate> candidates = new HashMap<>();
        for (long bucket : document.buckets()) {
            for (Entry entry : keptByBucket.getOrDefault(bucket, List.of())) {
                candidates.computeIfAbsent(entry.order, order -> new Candidate(entry)).sharedBands++;
            }
        }
        List<Candidate> sorted = new ArrayList<>(candidates.values());
        sorted.sort(Comparator.comparingInt((Candidate candidate) -> -candidate.sharedBands)
                .thenComparingInt(candidate -> candidate.entry.order));
        return sorted;
    }

    private void keep(Member document) {
        Entry entry = new Entry(kept++, document);
        for (long bucket : document.buckets()) {
            List<Entry> entries = keptByBucket.computeIfAbsent(bucket, key -> new ArrayList<>(1));
            if (entries.size() < rule.maxComparisons()) {
                entries.add(entry);
            }
        }
    }

    private static final class Entry {
        private final int order;
        private final Member member;

        private Entry(int order, Member member) {
            this.order = order;
            this.member = member;
        }
    }

    private static final class Candidate {
        private final Entry entry;
        private int sharedBands;

        private Candidate(Entry entry) {
            this.entry = entry;
        }
    }
}
