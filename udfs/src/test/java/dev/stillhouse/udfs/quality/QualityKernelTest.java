package dev.stillhouse.udfs.quality;

import static dev.stillhouse.udfs.quality.Signal.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stillhouse.udfs.text.TextScan;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values counted by hand. */
class QualityKernelTest {
    private final QualityKernel kernel = QualityKernel.ofAll();
    private final TextScan scan = new TextScan();
    private final Signals signals = new Signals();

    @Test
    void composition() {
        measure("The CAT sat.\nthe Cat (again!)\n\n  \n42 \u0001\uFFFD");
        expect(CHARS, 13 + 17 + 1 + 3 + 5);
        expect(BYTES, 13 + 17 + 1 + 3 + 7);
        expect(WORDS, 8);
        expect(LINES, 3);
        expect(PARAGRAPHS, 2);
        expect(SENTENCES, 2);
        expect(LONGEST_WORD, 8);
        expect(LONGEST_LINE, 16);
        expect(UNIQUE_WORDS, 6 / 8.0); // the, cat, sat., (again!), 42, the last
        expect(UPPER_WORDS, 1 / 8.0);
        expect(LETTER_CHARS, 20 / 39.0);
        expect(DIGIT_CHARS, 2 / 39.0);
        expect(UPPER_CHARS, 5 / 39.0);
        expect(SPACE_CHARS, 11 / 39.0);
        expect(CONTROL_CHARS, 1 / 39.0);
        expect(REPLACEMENT_CHARS, 1 / 39.0);
        double entropy = -(2 * 0.25 * Math.log(0.25) + 4 * 0.125 * Math.log(0.125));
        assertThat(signals.value(WORD_ENTROPY)).isCloseTo(entropy, within(1e-15));
    }

    @Test
    void bytesThatAreNotUtf8AreReplacements() {
        scan.scan(new byte[] {'a', (byte) 0xFF, (byte) 0xC3, ' '});
        kernel.measure(scan, signals);
        expect(REPLACEMENT_CHARS, 0.5);
        expect(BYTES, 4);
    }

    @Test
    void entropyIsNeverNegative() {
        for (int words = 1; words < 500; words++) {
            measure("same ".repeat(words));
            assertThat(signals.value(WORD_ENTROPY)).isBetween(0.0, 1e-14);
        }
    }

    @Test
    void gopherQuality() {
        measure("• the #1 of and\n- And so on...\n\n  •x … ### !\nthe end … \n");
        expect(GOPHER_WORDS, 10); // the #1 of and And so on... •x the end
        expect(MEAN_WORD_LENGTH, (3 + 2 + 2 + 3 + 3 + 2 + 5 + 2 + 3 + 3) / 10.0);
        expect(HASH_RATIO, 4 / 16.0);
        expect(ELLIPSIS_RATIO, 3 / 16.0);
        expect(BULLET_LINES, 3 / 5.0);
        expect(ELLIPSIS_LINES, 2 / 5.0);
        expect(ALPHA_WORDS, 9 / 16.0);
        expect(STOP_WORDS, 3);
    }

    @Test
    void stopWordsCountOnceEachAndAsWritten() {
        measure("the the THE The, be to of and that have with beware t");
        expect(STOP_WORDS, 8);
        measure("The THE the, bee too off andy");
        expect(STOP_WORDS, 0);
    }

    /** datatrove's list of punctuation lacks these, so that it takes them for words. */
    @ParameterizedTest
    @ValueSource(strings = {"•", "€", "→", "😀", "©", "°"})
    void symbolsAloneAreNoWordsToGopher(String symbol) {
        measure(symbol);
        expect(GOPHER_WORDS, 0);
        assertThat(signals.value(MEAN_WORD_LENGTH)).isNaN();
    }

    @Test
    void repeatedLinesAndParagraphs() {
        measure("aa\nbb\n\naa\n\naa\nbb\n \n \n");
        int chars = 3 + 3 + 1 + 3 + 1 + 3 + 3 + 2 + 2;
        expect(DUP_LINES, 4 / 7.0); // aa, aa, bb and the second space
        expect(DUP_LINE_CHARS, 7.0 / chars);
        expect(DUP_PARAGRAPHS, 0);
        measure("aa\nbb\n\naa\n\n\naa\nbb");
        expect(DUP_PARAGRAPHS, 1 / 3.0);
        expect(DUP_PARAGRAPH_CHARS, 5 / 17.0);
        measure("aa\r\nbb\r\n\r\naa\r\nbb");
        expect(DUP_PARAGRAPHS, 1 / 2.0);
        expect(DUP_LINES, 2 / 4.0);
    }

    @Test
    void topNgramsCountAllCopiesWithSpacesAndTiesGoToTheFirst() {
        measure("x yy x yy z");
        expect(TOP_2GRAM_CHARS, 2 * 4 / 11.0); // x yy
        expect(TOP_3GRAM_CHARS, 6 / 11.0); // all once, the first
        expect(TOP_4GRAM_CHARS, 9 / 11.0);
        measure("long words a b long words a b");
        expect(TOP_2GRAM_CHARS, 2 * 10 / 29.0);
        measure("one");
        expect(TOP_2GRAM_CHARS, 0);
    }

    @Test
    void copiedNgramsAreFoundFromTheLeftWithoutOverlap() {
        measure("a b c d e a b c d e a b c d f");
        expect(DUP_5GRAM_CHARS, 5 / 29.0);
        expect(DUP_6GRAM_CHARS, 6 / 29.0);
        expect(DUP_9GRAM_CHARS, 9 / 29.0);
        expect(DUP_10GRAM_CHARS, 0);
    }

    @Test
    void ngramsOfTheSameLettersCutElsewhereAreOthers() {
        measure("ab c d e f a bc d e f");
        expect(DUP_5GRAM_CHARS, 0); // datatrove joins words before it compares, and gives 6 characters
    }

    @Test
    void fineWeb() {
        measure("Ends well.\nEnds with space. \n\n" + "x".repeat(30) + "\n" + "y".repeat(31) + "\nEnds well.\n終。");
        expect(TERMINAL_LINES, 3 / 6.0);
        expect(SHORT_LINES, 5 / 6.0);
        expect(DUP_LINE_TEXT, 10 / (10 + 17 + 30 + 31 + 10 + 2.0));
        expect(NEWLINES_PER_WORD, 6 / (2 + 3 + 1 + 1 + 2 + 2.0));
    }

    @Test
    void linesOfFineWebEndBeforeACarriageReturn() {
        measure("One.\r\nTwo.\r\n");
        expect(TERMINAL_LINES, 1); // datatrove leaves the carriage return, and gives 0
        expect(NEWLINES_PER_WORD, 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\n", "\u3000\r\n"})
    void sharesOfTextsWithoutWordsAreUndefinedAndFailNoRule(String text) {
        measure(text);
        for (Signal signal : EnumSet.of(
                UNIQUE_WORDS,
                WORD_ENTROPY,
                UPPER_WORDS,
                MEAN_WORD_LENGTH,
                HASH_RATIO,
                ELLIPSIS_RATIO,
                ALPHA_WORDS,
                TERMINAL_LINES,
                SHORT_LINES,
                NEWLINES_PER_WORD)) {
            assertThat(signals.value(signal)).as(signal.toString()).isNaN();
        }
        for (Profile profile : Profile.values()) {
            for (Rule rule : profile.rules()) {
                if (Double.isNaN(signals.value(rule.signal()))) {
                    assertThat(rule.fails(signals.value(rule.signal()))).isFalse();
                }
            }
        }
        expect(WORDS, 0);
        expect(LINES, 0);
        expect(STOP_WORDS, 0);
    }

    @Test
    void allSharesOfTheEmptyTextAreUndefined() {
        measure("");
        for (Signal signal : Signal.values()) {
            assertThat(Double.isNaN(signals.value(signal)))
                    .as(signal.toString())
                    .isEqualTo(signal.isRatio() || signal == WORD_ENTROPY || signal == MEAN_WORD_LENGTH);
        }
    }

    @ParameterizedTest
    @EnumSource(SignalGroup.class)
    void aKernelMeasuresItsGroupsAndNothingElse(SignalGroup group) {
        scan.scan("Some words. Some more words.\n\nSome words.".getBytes(StandardCharsets.UTF_8));
        kernel.measure(scan, signals);
        Signals part = new Signals();
        QualityKernel.of(Set.of(group)).measure(scan, part);
        for (Signal signal : Signal.values()) {
            assertThat(part.value(signal))
                    .as(signal.toString())
                    .isEqualTo(Double.valueOf(signal.group() == group ? signals.value(signal) : Double.NaN));
        }
    }

    @Test
    void nothingIsLeftOfTheTextBefore() {
        List<String> texts = List.of("a a a a a a\n".repeat(300), "", "x y", "• … {lorem ipsum} is here.", "\n", "漢字。");
        for (String first : texts) {
            for (String second : texts) {
                measure(first);
                measure(second);
                Signals fresh = new Signals();
                QualityKernel.ofAll().measure(scan, fresh);
                for (Signal signal : Signal.values()) {
                    assertThat(signals.value(signal))
                            .as(signal.toString())
                            .isEqualTo(Double.valueOf(fresh.value(signal)));
                }
            }
        }
    }

    @Test
    void sharesLieBetween0And1AndCountsAreWhole() {
        measure(String.join("\n", List.of("The {cat} sat.", "the cat sat", "...", "# # #", "lorem ipsum dolor.")));
        for (Signal signal : Signal.values()) {
            double value = signals.value(signal);
            assertThat(value).as(signal.toString()).isNotNegative();
            if (signal.isCount()) {
                assertThat(value).as(signal.toString()).isEqualTo(Math.rint(value));
            }
        }
        assertThat(Arrays.stream(Signal.values()).map(Signal::column).distinct())
                .hasSameSizeAs(Signal.values())
                .allMatch(column -> column.matches("[a-z0-9_]+"));
    }

    private void measure(String text) {
        scan.scan(text.getBytes(StandardCharsets.UTF_8));
        kernel.measure(scan, signals);
    }

    private void expect(Signal signal, double value) {
        assertThat(signals.value(signal)).as(signal.toString()).isEqualTo(value);
    }
}
