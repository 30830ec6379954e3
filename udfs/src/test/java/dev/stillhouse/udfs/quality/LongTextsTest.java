package dev.stillhouse.udfs.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillhouse.udfs.minhash.Shingles;
import dev.stillhouse.udfs.text.TextScan;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts of 5 MB, which what grew with the square of their length would not end on. */
class LongTextsTest {
    private static final int LENGTH = 5_000_000;

    private final QualityKernel kernel = QualityKernel.ofAll();
    private final TextScan scan = new TextScan();
    private final Signals signals = new Signals();
    private final Shingles shingles = new Shingles(5);

    @Test
    void oneWord() {
        byte[] text = new byte[LENGTH];
        Arrays.fill(text, (byte) 'x');
        read(text);
        assertThat(signals.value(Signal.LONGEST_WORD)).isEqualTo(LENGTH);
        assertThat(signals.value(Signal.C4_LONG_WORD_LINES)).isOne();
        assertThat(shingles.count()).isOne();
    }

    @Test
    void oneLineOfManyWords() {
        byte[] text = new byte[LENGTH];
        Random random = new Random(3);
        for (int i = 0; i < LENGTH; i++) {
            text[i] = (byte) (i % 7 == 6 ? ' ' : 'a' + random.nextInt(26));
        }
        text[LENGTH - 1] = '.';
        read(text);
        assertThat(signals.value(Signal.WORDS)).isEqualTo(LENGTH / 7 + 1);
        assertThat(signals.value(Signal.C4_KEPT_LINES)).isOne();
        assertThat(signals.value(Signal.UNIQUE_WORDS)).isGreaterThan(0.99);
        assertThat(signals.value(Signal.DUP_5GRAM_CHARS)).isZero();
        assertThat(shingles.count()).isEqualTo(LENGTH / 7 - 3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "word ",
                "[1",
                "[",
                ".)",
                "…」",
                "l",
                "{",
                "e\u0301 ",
                "use cookies\n",
                "\n",
                "\r\n\r\n",
                "。",
                "\0",
                "- ... "
            })
    void onePieceAMillionTimes(String piece) {
        read(piece.repeat(1_000_000).getBytes(StandardCharsets.UTF_8));
        assertThat(signals.value(Signal.CHARS)).isEqualTo(1_000_000.0 * piece.length());
        if (signals.value(Signal.WORDS) > 10_000) {
            assertThat(signals.value(Signal.UNIQUE_WORDS)).isLessThan(0.001);
            assertThat(shingles.sorted()).hasSizeLessThan(5);
        }
    }

    private void read(byte[] text) {
        scan.scan(text);
        kernel.measure(scan, signals);
        shingles.read(scan);
    }
}
