package dev.stillhouse.udfs.minhash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillhouse.udfs.text.TextScan;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShinglesTest {
    private final TextScan scan = new TextScan();

    /** Strings and hashes are one to one over all texts, in sequence and as sets. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 8})
    void asciiShinglesAreThoseOfLowerCaseSplitAtWhiteSpace(int size) {
        long seed = 13;
        Random random = new Random(seed);
        Map<String, Long> hashes = new HashMap<>();
        Map<Long, String> strings = new HashMap<>();
        Shingles shingles = new Shingles(size);
        for (int i = 0; i < 500; i++) {
            String text = asciiText(random);
            List<String> expected = referee(text, size);
            long[] sequence = sequence(shingles, text);
            assertThat(sequence).as("seed " + seed + " text " + text).hasSameSizeAs(expected);
            for (int j = 0; j < sequence.length; j++) {
                assertThat(hashes.merge(expected.get(j), sequence[j], (known, now) -> known))
                        .isEqualTo(sequence[j]);
                assertThat(strings.merge(sequence[j], expected.get(j), (known, now) -> known))
                        .isEqualTo(expected.get(j));
                assertThat(shingles.hash(j)).isEqualTo(sequence[j]);
            }
            assertThat(shingles.count()).isEqualTo(expected.size());
            assertThat(shingles.sorted())
                    .isSorted()
                    .hasSameSizeAs(new HashSet<>(expected))
                    .doesNotHaveDuplicates();
        }
        assertThat(strings).hasSameSizeAs(hashes).hasSizeGreaterThan(7);
    }

    private static String asciiText(Random random) {
        StringBuilder text = new StringBuilder();
        String[] words = {"a", "B", "b", "ab", "Ab,", "-", "x.y", "42", "\0"};
        String[] spaces = {" ", " ", "  ", "\n", "\t", "\r\n"};
        for (int i = random.nextInt(20); i > 0; i--) {
            text.append(words[random.nextInt(words.length)]).append(spaces[random.nextInt(spaces.length)]);
        }
        return text.toString();
    }

    private static List<String> referee(String text, int size) {
        List<String> words = Arrays.stream(text.toLowerCase(Locale.ROOT).split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
        List<String> shingles = new ArrayList<>();
        for (int i = 0; i + size <= words.size(); i++) {
            shingles.add(String.join(" ", words.subList(i, i + size)));
        }
        if (shingles.isEmpty() && !words.isEmpty()) {
            shingles.add(String.join(" ", words));
        }
        return shingles;
    }

    @Test
    void shortTextsHaveOneShingleAndTextsWithoutWordsNone() {
        Shingles shingles = new Shingles(5);
        assertThat(sequence(shingles, "")).isEmpty();
        assertThat(sequence(shingles, " \n\u3000")).isEmpty();
        List<String> texts = List.of("a", "a b", "a b c", "a b c d", "b a", "a b c d e");
        assertThat(texts.stream().map(text -> sequence(shingles, text)))
                .allMatch(sequence -> sequence.length == 1)
                .extracting(sequence -> sequence[0])
                .doesNotHaveDuplicates();
        assertThat(sequence(shingles, "a b c d e f")).hasSize(2).startsWith(sequence(shingles, "a b c d e"));
    }

    @Test
    void composedAndDecomposedTextsHaveTheSameShingles() {
        String text = "Élan vital à Łódź, Ελλάδα 각 한국어 がぎ ガ Ω Å ﬁ שּׁ क़ ệ und so weiter";
        String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
        String decomposed = Normalizer.normalize(text, Normalizer.Form.NFD);
        assertThat(decomposed).isNotEqualTo(composed);
        Shingles shingles = new Shingles(3);
        long[] expected = sequence(shingles, composed);
        assertThat(sequence(shingles, decomposed)).isEqualTo(expected);
        assertThat(sequence(shingles, text)).isEqualTo(expected);
        assertThat(sequence(shingles, "plain text is read after one that was composed"))
                .hasSize(7);
    }

    @Test
    void brokenBytesDoNotPartComposedFromDecomposedTexts() {
        assertThat(sequence(new byte[] {(byte) 0xE2, (byte) 0x82, ' ', 'e', (byte) 0xCC, (byte) 0x81}))
                .isEqualTo(sequence(new byte[] {(byte) 0xE2, (byte) 0x82, ' ', (byte) 0xC3, (byte) 0xA9}));
    }

    @Test
    void textsInTheMiddleOfAnArrayAreComposedThere() {
        byte[] text = "xxe\u0301 fyy".getBytes(StandardCharsets.UTF_8);
        scan.scan(text, 2, text.length - 4);
        Shingles shingles = new Shingles(2);
        shingles.read(scan);
        assertThat(shingles.sequence()).isEqualTo(sequence(shingles, "é f"));
    }

    @Test
    void caseDoesNotMatterButPunctuationAndWordsDo() {
        Shingles shingles = new Shingles(2);
        assertThat(sequence(shingles, "ÉCOLE Жизнь THE")).isEqualTo(sequence(shingles, "école жИЗНЬ the"));
        assertThat(sequence(shingles, "a b")).isNotEqualTo(sequence(shingles, "a b."));
        assertThat(sequence(shingles, "a b")).isNotEqualTo(sequence(shingles, "ab"));
        assertThat(sequence(shingles, "ab c")).isNotEqualTo(sequence(shingles, "a bc"));
        assertThat(sequence(shingles, "a\u00A0b\u2028c")).isEqualTo(sequence(shingles, "a b c"));
    }

    @Test
    void eachLetterOfAScriptWithoutSpacesCountsAsAWord() {
        Shingles shingles = new Shingles(2);
        assertThat(sequence(shingles, "漢字仮名")).hasSize(3).isEqualTo(sequence(shingles, "漢 字 仮 名"));
    }

    @Test
    void aShingleIsTheSameWhereverItStands() {
        Shingles shingles = new Shingles(3);
        long alone = sequence(shingles, "x y z")[0];
        assertThat(sequence(shingles, "a b c d x y z")).endsWith(alone);
        assertThat(sequence(shingles, "x y z a b")).startsWith(alone);
        assertThat(sequence(shingles, "x y z x y z"))
                .hasSize(4)
                .startsWith(alone)
                .endsWith(alone);
    }

    @Test
    void shinglesOfNoWordAreRefused() {
        assertThatThrownBy(() -> new Shingles(0)).hasMessage("Invalid shingle: 0 (must be at least 1 word)");
    }

    private long[] sequence(byte[] text) {
        scan.scan(text);
        Shingles shingles = new Shingles(1);
        shingles.read(scan);
        return shingles.sequence();
    }

    private long[] sequence(Shingles shingles, String text) {
        scan.scan(text.getBytes(StandardCharsets.UTF_8));
        shingles.read(scan);
        return shingles.sequence();
    }
}
