package dev.stillhouse.scoring.drift;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DocumentSampleTest {
    private static final long SEED = 5;
    private static final List<Long> HASHES =
            new SplittableRandom(SEED).longs(20_000).boxed().toList();

    @Test
    void theSampleIsTheSameHoweverDocumentsAreDealtAndCountedAgain() {
        DocumentSample whole = sample(HASHES);
        List<Long> shuffled = new ArrayList<>(HASHES);
        Collections.shuffle(shuffled, new Random(SEED));
        DocumentSample merged = sample(shuffled.subList(0, 100));
        merged.addAll(sample(shuffled.subList(100, 12_000)));
        merged.addAll(sample(shuffled.subList(12_000, 20_000)));
        merged.addAll(sample(shuffled.subList(0, 9_000)));

        assertThat(whole.size()).isEqualTo(DocumentSample.MOST);
        assertThat(merged.size()).isEqualTo(DocumentSample.MOST);
        assertThat(merged.lengths()).as("seed " + SEED).containsExactly(whole.lengths());
        assertThat(merged.unseenShares()).containsExactly(whole.unseenShares());
        assertThat(merged.excerpts()).isEqualTo(whole.excerpts()).hasSize(DocumentSample.MOST_EXCERPTS);
        assertThat(merged.excerpts().firstKey()).isEqualTo(Collections.min(HASHES));
    }

    /** Tasks that begin late, and one that is repeated. */
    @Test
    void whatOtherTasksHaveSeenChangesNothingButTheWork() {
        SampleBound bound = new SampleBound();
        DocumentSample merged = new DocumentSample();
        int measured = 0;
        for (int task : new int[] {0, 1, 1, 2, 3, 4, 5, 6, 7}) {
            DocumentSample part = new DocumentSample();
            for (long hash : HASHES.subList(task * 2_500, (task + 1) * 2_500)) {
                if (bound.admits(hash) && part.takes(hash)) {
                    bound.saw(hash);
                    measured++;
                    part.addAll(sample(List.of(hash)));
                }
            }
            merged.addAll(part);
        }

        assertThat(merged.lengths())
                .as("seed " + SEED)
                .containsExactly(sample(HASHES).lengths());
        assertThat(merged.excerpts()).isEqualTo(sample(HASHES).excerpts());
        assertThat(measured).isLessThan(16_000);
        assertThat(SampleBound.of("a")).isSameAs(SampleBound.of("a")).isNotSameAs(SampleBound.of("b"));
    }

    @Test
    void aSampleOfFewIsAllOfThemAndWhatHasNoVocabularySaysNothingOfWords() {
        DocumentSample few = sample(HASHES.subList(0, 10));
        few.add(1, new DocumentSample.Measured(7, Float.NaN), null);

        assertThat(few.size()).isEqualTo(11);
        assertThat(few.unseenShares()).hasSize(10);
        assertThat(new DocumentSample().lengths()).isEmpty();
    }

    @Test
    void aSampleSurvivesTheWayToTheDriver() {
        DocumentSample sample = sample(HASHES);
        sample.add(Long.MIN_VALUE, new DocumentSample.Measured(3, 0.5f), "é𝄞…");
        byte[] bytes = SampleAggregator.write(sample);

        DocumentSample read = SampleAggregator.read(bytes);

        assertThat(read.lengths()).containsExactly(sample.lengths());
        assertThat(read.unseenShares()).containsExactly(sample.unseenShares());
        assertThat(read.excerpts()).isEqualTo(sample.excerpts());
        assertThat(read.excerpts().get(Long.MIN_VALUE)).isEqualTo("é𝄞…");
        assertThat(SampleAggregator.read(SampleAggregator.write(new DocumentSample()))
                        .size())
                .isZero();
    }

    @Test
    void lengthsAndExcerptsAreInCodePoints() {
        assertThat(SampleAggregator.length("aé語𝄞".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(4);
        String clefs = "𝄞".repeat(240);
        assertThat(SampleAggregator.excerpt(clefs.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(clefs);
        assertThat(SampleAggregator.excerpt((clefs + "a").getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(clefs + "…");
        assertThat(SampleAggregator.excerpt("é".repeat(5_000).getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("é".repeat(240) + "…");
    }

    private static DocumentSample sample(List<Long> hashes) {
        DocumentSample sample = new DocumentSample();
        for (long hash : hashes) {
            if (sample.takes(hash)) {
                int chars = (int) (hash & 0xFFFF);
                sample.add(
                        hash,
                        new DocumentSample.Measured(chars, chars / 65_536f),
                        sample.takesExcerpt(hash) ? "text " + hash : null);
            }
        }
        return sample;
    }
}
