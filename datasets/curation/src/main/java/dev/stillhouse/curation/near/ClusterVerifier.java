package dev.stillhouse.curation.near;

import dev.stillhouse.datasets.schema.Proposals;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides who of one cluster stays. Documents come in the order of survivors; each is compared with the kept ones that share a band with it, those that share most bands first; the first that passes removes it, else it stays and others are compared with it. So nothing is removed without a kept document that was verified to be
 * near, and chains neither swallow nor strand documents (Marin's cluster verification, 2026, argues for this).
 *
 * <p>Memory grows with the kept documents that may still be compared with, at most {@code maxComparisons} a bucket. Not safe for use by several threads.
 */
final class ClusterVerifier {
    private final VerificationRule rule;
    private final Map<Long, List<Entry>> keptByBucket = new HashMap<>();
    /** Buckets that have forgotten a kept document. */
    private final Set<Long> full = new HashSet<>();

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
                    Comparison.of(document, candidate.entry().member(), candidate.sharedBands(), rule.containment());
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

    /** Whether kept documents that share a band were not compared: too many, or forgotten by a full bucket. */
    private boolean isCut(Member document, List<Candidate> candidates) {
        return candidates.size() > rule.maxComparisons()
                || Arrays.stream(document.buckets()).anyMatch(full::contains);
    }

    private List<Candidate> candidates(Member document) {
        Map<Integer, Candidate> candidates = new HashMap<>();
        for (long bucket : document.buckets()) {
            for (Entry entry : keptByBucket.getOrDefault(bucket, List.of())) {
                candidates.computeIfAbsent(
                        entry.order(), order -> new Candidate(entry, sharedBands(document, entry.member())));
            }
        }
        List<Candidate> sorted = new ArrayList<>(candidates.values());
        sorted.sort(Comparator.comparingInt((Candidate candidate) -> -candidate.sharedBands())
                .thenComparingInt(candidate -> candidate.entry().order()));
        return sorted;
    }

    /** Bands that both have: also those whose bucket has forgotten the kept one. Buckets are in ascending order. */
    private static int sharedBands(Member left, Member right) {
        int shared = 0;
        int i = 0;
        int j = 0;
        while (i < left.buckets().length && j < right.buckets().length) {
            int order = Long.compare(left.buckets()[i], right.buckets()[j]);
            shared += order == 0 ? 1 : 0;
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
        return shared;
    }

    private void keep(Member document) {
        Entry entry = new Entry(kept++, document);
        for (long bucket : document.buckets()) {
            List<Entry> entries = keptByBucket.computeIfAbsent(bucket, key -> new ArrayList<>(1));
            if (entries.size() < rule.maxComparisons()) {
                entries.add(entry);
            } else {
                full.add(bucket);
            }
        }
    }

    /** A kept document. */
    private record Entry(int order, Member member) {}

    /** A kept document that shares bands with the one that is judged. */
    private record Candidate(Entry entry, int sharedBands) {}
}
