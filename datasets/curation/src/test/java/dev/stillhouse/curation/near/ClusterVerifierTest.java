package dev.stillhouse.curation.near;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillhouse.datasets.schema.Proposals;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ClusterVerifierTest {
    private static final VerificationRule JACCARD = new VerificationRule(false, 0.8, 5, 10);
    private static final VerificationRule CONTAINMENT = new VerificationRule(true, 0.8, 5, 10);

    @Test
    void theFirstStaysAndWhatIsNearItGoes() {
        ClusterVerifier verifier = new ClusterVerifier(JACCARD);

        assertThat(verifier.judge(member("a", 0, 100, 1, 2)).outcome()).isEqualTo(Proposals.SURVIVOR);
        Verdict near = verifier.judge(member("b", 0, 90, 1, 2));

        assertThat(near.outcome()).isEqualTo(Proposals.VERIFIED);
        assertThat(near.comparison()).hasValueSatisfying(comparison -> {
            assertThat(comparison.kept().id()).isEqualTo("a");
            assertThat(comparison.jaccard()).isEqualTo(0.9);
            assertThat(comparison.containment()).isEqualTo(1);
            assertThat(comparison.sharedBands()).isEqualTo(2);
        });
    }

    @Test
    void exactlyTheThresholdRemoves() {
        ClusterVerifier verifier = new ClusterVerifier(JACCARD);
        verifier.judge(member("a", 0, 100, 1));

        assertThat(verifier.judge(member("b", 0, 80, 1)).outcome()).isEqualTo(Proposals.VERIFIED);
        assertThat(verifier.judge(member("c", 0, 79, 1)).outcome()).isEqualTo(Proposals.BELOW_THRESHOLD);
    }

    @Test
    void whatIsLinkedByARemovedDocumentAloneStaysAndIsComparedWith() {
        ClusterVerifier verifier = new ClusterVerifier(JACCARD);
        verifier.judge(member("a", 0, 100, 1));
        verifier.judge(member("b", 0, 95, 1, 2));

        Verdict linked = verifier.judge(member("c", 0, 90, 2));
        assertThat(linked.outcome()).isEqualTo(Proposals.NO_KEPT_PARTNER);
        assertThat(linked.comparisons()).isZero();
        assertThat(verifier.judge(member("d", 0, 89, 2)).comparison())
                .hasValueSatisfying(
                        comparison -> assertThat(comparison.kept().id()).isEqualTo("c"));
    }

    @Test
    void whatIsAlwaysKeptStaysWhateverItIsLike() {
        ClusterVerifier verifier = new ClusterVerifier(JACCARD);
        verifier.judge(member("a", 0, 100, 1));
        Member same = member("b", 0, 100, 1);

        Verdict verdict = verifier.judge(new Member("s", "b", true, same.buckets(), same.shingles(), same.sequence()));

        assertThat(verdict.outcome()).isEqualTo(Proposals.ALWAYS_KEEP);
    }

    @Test
    void thoseThatShareMostBandsAreComparedFirstAndTheLimitIsSaid() {
        ClusterVerifier verifier = new ClusterVerifier(new VerificationRule(false, 0.8, 5, 2));
        verifier.judge(member("a", 0, 100, 1));
        verifier.judge(member("b", 200, 300, 1));
        verifier.judge(member("c", 400, 500, 1, 2, 3));

        Verdict found = verifier.judge(member("d", 400, 490, 1, 2, 3));
        Verdict cut = verifier.judge(member("e", 600, 700, 1));

        assertThat(found.outcome()).isEqualTo(Proposals.VERIFIED);
        assertThat(found.comparisons()).isEqualTo(1);
        assertThat(cut.outcome()).isEqualTo(Proposals.COMPARISON_LIMIT);
        assertThat(cut.comparisons()).isEqualTo(2);
    }

    @Test
    void theLimitIsSaidOnlyWhereSomethingWasNotCompared() {
        ClusterVerifier verifier = new ClusterVerifier(new VerificationRule(false, 0.8, 5, 1));
        verifier.judge(member("a", 0, 100, 1, 2));

        assertThat(verifier.judge(member("b", 200, 300, 1)).outcome()).isEqualTo(Proposals.BELOW_THRESHOLD);
        assertThat(verifier.judge(member("c", 400, 500, 1)).outcome()).isEqualTo(Proposals.COMPARISON_LIMIT);
        assertThat(verifier.judge(member("d", 600, 700, 2)).outcome()).isEqualTo(Proposals.BELOW_THRESHOLD);
    }

    @Test
    void sharedBandsCountBucketsThatHaveForgottenTheKeptOne() {
        ClusterVerifier verifier = new ClusterVerifier(new VerificationRule(false, 0.8, 5, 1));
        verifier.judge(member("a", 0, 100, 1));
        verifier.judge(member("b", 200, 300, 1, 2, 3));

        Verdict found = verifier.judge(member("c", 200, 290, 1, 2, 3));
        assertThat(found.outcome()).isEqualTo(Proposals.VERIFIED);
        assertThat(found.comparison().orElseThrow().sharedBands()).isEqualTo(3);
    }

    @Test
    void containmentRemovesOnlyWhatIsWhollyInTheKeptOne() {
        ClusterVerifier verifier = new ClusterVerifier(CONTAINMENT);
        verifier.judge(member("a", 0, 100, 1));

        assertThat(verifier.judge(member("b", 10, 90, 1)).outcome()).isEqualTo(Proposals.VERIFIED);
        assertThat(verifier.judge(member("c", 1, 101, 1)).outcome()).isEqualTo(Proposals.NOT_CONTAINED);
    }

    @Test
    void ofRepetitiveTextsTheOrderCountsToo() {
        long[] set = {1, 2, 3};
        Member kept = new Member("s", "a", false, new long[] {1}, set, new long[] {1, 2, 3, 1, 2, 3, 1, 2, 3});
        Member inOrder = new Member("s", "b", false, new long[] {1}, set, new long[] {2, 3, 1, 2, 3, 1});
        Member otherOrder = new Member("s", "c", false, new long[] {1}, set, new long[] {3, 2, 1, 3, 2, 1});
        ClusterVerifier verifier = new ClusterVerifier(CONTAINMENT);
        verifier.judge(kept);

        assertThat(verifier.judge(inOrder).outcome()).isEqualTo(Proposals.VERIFIED);
        assertThat(verifier.judge(otherOrder).outcome()).isEqualTo(Proposals.NOT_CONTAINED);
    }

    private static Member member(String id, int from, int to, long... buckets) {
        long[] shingles = LongStream.range(from, to).toArray();
        return new Member("s", id, false, buckets, shingles, shingles);
    }
}
