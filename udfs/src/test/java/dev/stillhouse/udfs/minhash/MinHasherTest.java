package dev.stillhouse.udfs.minhash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillhouse.udfs.text.TextScan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MinHasherTest {
    private final TextScan scan = new TextScan();
    private final Shingles words = new Shingles(1);
    private final MinHasher hasher = new MinHasher(128);

    @Test
    void orderAndRepetitionOfShinglesDoNotMatter() {
        long seed = 11;
        Random random = new Random(seed);
        for (int size = 1; size < 40; size++) {
            List<String> text = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                text.add("w" + random.nextInt());
            }
            int[] signature = signature(text);
            Collections.shuffle(text, random);
            assertThat(signature(text)).as("seed " + seed).isEqualTo(signature);
            text.addAll(text.subList(0, random.nextInt(size)));
            Collections.shuffle(text, random);
            assertThat(signature(text)).as("seed " + seed).isEqualTo(signature);
        }
    }

    @Test
    void eachValueIsTheSmallestOverTheShingles() {
        int[] both = signature(List.of("grain", "barrel", "mash", "yeast", "oak"));
        int[] smallest = signature(List.of("grain"));
        for (String word : List.of("barrel", "mash", "yeast", "oak")) {
            int[] one = signature(List.of(word));
            for (int i = 0; i < smallest.length; i++) {
                smallest[i] = Math.min(smallest[i], one[i]);
            }
        }
        assertThat(both).isEqualTo(smallest);
    }

    @Test
    void theSignatureOfNoShinglesIsEmptyAtEachPlace() {
        assertThat(signature(List.of())).hasSize(128).containsOnly(MinHasher.EMPTY);
    }

    @Test
    void shorterSignaturesAreTheBeginOfLongerOnes() {
        signature(List.of("grain", "barrel"));
        assertThat(new MinHasher(7).signature(words)).isEqualTo(Arrays.copyOf(hasher.signature(words), 7));
        assertThat(new MinHasher(7).permutations()).isEqualTo(7);
    }

    /** Stored signatures depend on these: whoever changes them makes a new family. */
    @Test
    void signaturesAreThoseThatWereStored() {
        scan.scan("The quick brown fox — über 漢字 \0.".getBytes(StandardCharsets.UTF_8));
        Shingles shingles = new Shingles(3);
        shingles.read(scan);
        assertThat(new MinHasher(4).signature(shingles)).containsExactly(217821628, 28269756, 205518967, 581486233);
    }

    @ParameterizedTest
    @CsvSource({"1, 9", "30, 70", "50, 50", "80, 20", "95, 5", "400, 100"})
    void agreementEstimatesJaccardWithin4SigmaAndScattersAsIndependentPlacesDo(int shared, int own) {
        long seed = 20261123L + shared;
        int pairs = 300;
        RandomPairs random = new RandomPairs(128, seed);
        double similarity = (double) shared / (shared + 2 * own);
        double variance = similarity * (1 - similarity) / 128;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < pairs; i++) {
            int[][] pair = random.signatures(shared, own);
            double error = RandomPairs.agreements(pair[0], pair[1]) / 128.0 - similarity;
            sum += error;
            squares += error * error / variance;
        }
        assertThat(Math.abs(sum / pairs)).as("bias, seed " + seed).isLessThan(4 * Math.sqrt(variance / pairs));
        assertThat(squares / pairs).as("variance, seed " + seed).isBetween(0.6, 1.4);
    }

    @Test
    void unrelatedTextsAgreeNowhere() {
        int[][] pair = new RandomPairs(128, 5).signatures(0, 200);
        assertThat(RandomPairs.agreements(pair[0], pair[1])).isZero();
    }

    @Test
    void aSignatureOfNothingIsRefused() {
        assertThatThrownBy(() -> new MinHasher(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid permutations: 0 (must be at least 1)");
    }

    private int[] signature(List<String> text) {
        scan.scan(String.join(" ", text).getBytes(StandardCharsets.UTF_8));
        words.read(scan);
        return hasher.signature(words);
    }
}
