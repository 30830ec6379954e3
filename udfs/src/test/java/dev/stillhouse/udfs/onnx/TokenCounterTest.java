package dev.stillhouse.udfs.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillhouse.udfs.testing.MiniLmTokens;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenCounterTest {
    private static final TokenCounter COUNTER = TokenCounter.of("minilm");

    /** Sentences of several scripts, what normalisation takes apart, special tokens written out, and words at the length from which they are unknown. */
    private static final List<String> SENTENCES = List.of(
            "The card was not delivered to my old address.",
            "Café Übergrößen für naïve Fußgänger, 1998.",
            "Комиссия отклонила поправку № 12.",
            "委员会拒绝了这项修正案。",
            "رفضت اللجنة التعديل.",
            "समिति ने संशोधन को अस्वीकार कर दिया।",
            "คณะกรรมการปฏิเสธการแก้ไข",
            "Η επιτροπή απέρριψε την τροπολογία.",
            "😀 pre-emptive [SEP] U.S.",
            "x".repeat(100) + " " + "x".repeat(101),
            "이 수정안은 거부되었다.",
            "\u200b \u0000 \u00ad");

    /** By Python's tokenizers 0.23.3 with the tokenizer.json of MiniLM's jar, and the same with those of bge-small-en-v1.5 and e5-small-v2: {@code len(t.encode(s, add_special_tokens=False).ids)} after {@code no_truncation} and {@code no_padding}. */
    private static final int[] COUNTS = {10, 15, 27, 12, 18, 27, 1, 30, 10, 51, 15, 0};

    private static final int TOGETHER = 216;

    /** What random texts are made of. */
    private static final List<String> PIECES = List.of(
            "the",
            "Un",
            "ge",
            "heuer",
            "é",
            "e\u0301",
            "\u0301",
            "ß",
            "ﬁ",
            "ς",
            "Σ",
            "и",
            "й",
            "委",
            "会",
            "ก",
            "े",
            "ह",
            "한",
            "글",
            "ع",
            "\u200b",
            "\u200d",
            "\u00ad",
            "\ufeff",
            "\u0000",
            "\u0007",
            "\u001c",
            "\u0085",
            "\u00a0",
            "\u2028",
            "\u3000",
            "\t",
            "\n",
            "\r",
            " ",
            " ",
            " ",
            ".",
            "-",
            "'",
            "#",
            "##",
            "[",
            "]",
            "[SEP]",
            "[MASK]",
            "[UN",
            "K]",
            "1",
            "998",
            "😀",
            "𐐀",
            "\ufffd",
            "x".repeat(60));

    @Test
    void tokensAreThoseOfTheModelsTokenizerWithoutSpecialOnes() {
        for (int i = 0; i < COUNTS.length; i++) {
            assertThat(count(SENTENCES.get(i))).as(SENTENCES.get(i)).isEqualTo(COUNTS[i]);
        }
        assertThat(Arrays.stream(COUNTS).sum()).isEqualTo(TOGETHER);
        assertThat(MiniLmTokens.count(String.join("\n", SENTENCES))).isEqualTo(TOGETHER);
    }

    @Test
    void partsOfATextAreCountedAndNothingIsCutOff() {
        String text = "The card\nwas   not delivered";
        assertThat(COUNTER.count(text, 4, 12)).isEqualTo(2);
        assertThat(COUNTER.count(text, 5, 5)).isZero();
        assertThat(COUNTER.count(text, 0, text.length())).isEqualTo(5);
        assertThat(count("card ".repeat(4_000))).isEqualTo(4_000);
        assertThat(count("a.".repeat(2_000))).isEqualTo(4_000);
        assertThat(count(" \n")).isZero();
    }

    @Test
    void theTokensOfLinesAreThoseOfTheWholeWhateverTheyAre() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            List<String> lines = IntStream.rangeClosed(0, random.nextInt(5))
                    .mapToObj(i -> line(random))
                    .toList();
            int together = lines.stream().mapToInt(TokenCounterTest::count).sum();
            assertThat(MiniLmTokens.count(String.join("\n", lines)))
                    .as("seed " + seed + ", round " + round + ", " + lines)
                    .isEqualTo(together);
        }
    }

    @Test
    void halvesOfPairsAreCountedAsTheCharacterThatReplacesThem() {
        assertThat(count("a \ud83d b"))
                .isEqualTo(MiniLmTokens.count("a \ufffd b"))
                .isEqualTo(2);
    }

    @Test
    void severalThreadsCountWhatOneCounts() {
        Random random = new Random(11);
        List<String> lines =
                IntStream.range(0, 2_000).mapToObj(i -> line(random)).toList();
        List<Integer> counts =
                lines.parallelStream().map(TokenCounterTest::count).toList();
        assertThat(counts).isEqualTo(lines.stream().map(MiniLmTokens::count).toList());
    }

    @Test
    void modelsThatTheCatalogueHasNotAreRefused() {
        assertThatThrownBy(() -> TokenCounter.of("./mine"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid tokenizer: ./mine (must be one of minilm, bge-small-en-v15, e5-small-v2)");
    }

    private static int count(String text) {
        return COUNTER.count(text, 0, text.length());
    }

    /** As summaries show a sentence: with one space in the place of white space. */
    private static String line(Random random) {
        String text = IntStream.rangeClosed(0, random.nextInt(25))
                .mapToObj(i -> PIECES.get(random.nextInt(PIECES.size())))
                .collect(Collectors.joining());
        return text.replaceAll("[\\p{IsWhite_Space}\u001c-\u001f]+", " ").strip();
    }
}
