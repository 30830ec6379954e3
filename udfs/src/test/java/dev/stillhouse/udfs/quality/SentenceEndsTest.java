package dev.stillhouse.udfs.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillhouse.udfs.text.Goldens;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SentenceEndsTest {
    @Test
    void terminalsAreThoseOfDatatrove() {
        Set<Integer> expected = Arrays.stream(
                        Goldens.text("datatrove-terminals.txt").trim().split(" ", -1))
                .map(digits -> Integer.parseInt(digits, 16))
                .collect(Collectors.toSet());
        assertThat(expected).hasSize(159);
        assertThat(IntStream.rangeClosed(-1, Character.MAX_CODE_POINT)
                        .filter(SentenceEnds::isTerminal)
                        .boxed()
                        .collect(Collectors.toSet()))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "end.", "end?\"", "(end!)", "end.')]}", "終。", "終。」", "end.”", "आ।", "end…."})
    void endsSentences(String word) {
        assertThat(ends(word)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "end", "end,", "end:", ")", "\"'", "end…", "3.5", ".x", "end.*"})
    void endsNoSentence(String word) {
        assertThat(ends(word)).isFalse();
    }

    @Test
    void brokenBytesAfterATerminalHideIt() {
        assertThat(SentenceEnds.ends(new byte[] {'x', '.', (byte) 0x80}, 0, 3)).isFalse();
        assertThat(SentenceEnds.ends(new byte[] {'.', '"', (byte) 0x80, '"'}, 0, 4))
                .isFalse();
        assertThat(SentenceEnds.ends(new byte[] {'.', 'x'}, 1, 1)).isFalse();
    }

    private static boolean ends(String word) {
        byte[] bytes = (".x" + word + ".").getBytes(StandardCharsets.UTF_8);
        return SentenceEnds.ends(bytes, 2, bytes.length - 1);
    }
}
