package dev.stillhouse.udfs.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillhouse.udfs.text.TextScan;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class C4LinesTest {
    private static final String GOOD = "This line is kept.";

    private final C4Lines lines = new C4Lines();
    private final TextScan scan = new TextScan();
    private final Signals signals = new Signals();

    @Test
    void citationMarksAreCut() {
        assertThat(clean("Water[1] boils[23][] at[edit] sea[citation needed] level.[4]"))
                .isEqualTo("Water boils at sea level.");
        assertThat(clean("Marks [a] and [1 and [Edit] and [1a] stay."))
                .isEqualTo("Marks [a] and [1 and [Edit] and [1a] stay.");
        assertThat(clean("Ends in an open [")).isEmpty();
        expect(Signal.C4_UNTERMINATED_LINES, 1);
    }

    @Test
    void wordsAreCountedBeforeMarksAreCutAndTheEndIsJudgedAfter() {
        assertThat(clean("Only [1] two.")).isEqualTo("Only  two.");
        assertThat(clean("Space after the end. [1]")).isEmpty();
        expect(Signal.C4_UNTERMINATED_LINES, 1);
    }

    @Test
    void spaceThatAMarkLeavesGoesAtTheBeginOfTheTextOnly() {
        assertThat(clean("[1] \u00A0First is here.\n[2] Second is here."))
                .isEqualTo("First is here.\n Second is here.");
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "?", "!", "\"", "'", ".\"", "!..", "…."})
    void linesThatEndSentencesStay(String end) {
        assertThat(clean("One two three" + end)).isEqualTo("One two three" + end);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", ":", "...", "....", "…", ")", "”", "。"})
    void linesWithOtherEndsGo(String end) {
        assertThat(clean("One two three" + end)).isEmpty();
        expect(Signal.C4_UNTERMINATED_LINES, 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "terms of use",
                "Privacy Policy",
                "COOKIE POLICY",
                "uses Cookies",
                "use of cookies",
                "we USE COOKIES"
            })
    void policyPhrasesDropTheirLineInAnyCase(String phrase) {
        assertThat(clean(GOOD + "\nPlease read: " + phrase + ".\n" + GOOD)).isEqualTo(GOOD + "\n" + GOOD);
        expect(Signal.C4_POLICY_LINES, 1);
        expect(Signal.C4_KEPT_LINES, 2);
    }

    @Test
    void nearMissesOfPhrasesStay() {
        String text = "Terms of us, privacy polic, cookies used, uses  cookies, java script, lorem  ipsum.";
        assertThat(clean(text)).isEqualTo(text);
    }

    @Test
    void javascriptDropsItsLineBeforeItsBracketSpeaksAgainstTheDocument() {
        assertThat(clean("Enable JavaScript {now} please.")).isEmpty();
        expect(Signal.C4_JAVASCRIPT_LINES, 1);
        expect(Signal.C4_CURLY_BRACKETS, 0);
    }

    @Test
    void loremIpsumSpeaksAgainstTheDocumentBeforeJavascript() {
        clean("Lorem Ipsum and javascript here.");
        expect(Signal.C4_LOREM_IPSUM, 1);
        expect(Signal.C4_JAVASCRIPT_LINES, 1);
    }

    @Test
    void loremIpsumAndBracketsInLinesDroppedEarlierDoNotCount() {
        clean("lorem ipsum { without an end\nlorem {.\n" + "x".repeat(1001) + " lorem ipsum {.");
        expect(Signal.C4_LOREM_IPSUM, 0);
        expect(Signal.C4_CURLY_BRACKETS, 0);
        expect(Signal.C4_UNTERMINATED_LINES, 1);
        expect(Signal.C4_FEW_WORDS_LINES, 1);
        expect(Signal.C4_LONG_WORD_LINES, 1);
        clean("A bracket [1]{ is here.\nAnd } is none here.");
        expect(Signal.C4_CURLY_BRACKETS, 1);
    }

    @Test
    void wordsOfMoreThan1000CharactersDropTheirLine() {
        String longest = "é".repeat(1000);
        assertThat(clean("A " + longest + " stays.")).isEqualTo("A " + longest + " stays.");
        assertThat(clean("A " + longest + "é goes.")).isEmpty();
        expect(Signal.C4_LONG_WORD_LINES, 1);
    }

    @Test
    void breaksOfAnyKindBecomeLineFeedsAndSpacesAtTheEndsGo() {
        assertThat(clean("  " + GOOD + " \r\n\r\n\t" + GOOD + "\u3000\u2028" + GOOD))
                .isEqualTo(String.join("\n", GOOD, GOOD, GOOD));
        expect(Signal.C4_LINES, 4);
        expect(Signal.C4_UNTERMINATED_LINES, 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", " \r\n ", "\u2028"})
    void textsWithoutWordsGiveNothing(String text) {
        assertThat(clean(text)).isEmpty();
        expect(Signal.C4_KEPT_LINES, 0);
        expect(Signal.C4_SENTENCES, 0);
        assertThat(signals.value(Signal.C4_LINES)).isEqualTo(signals.value(Signal.C4_UNTERMINATED_LINES));
    }

    @Test
    void eachLineGoesForOneReasonOrStays() {
        clean("Kept line is this.\nshort.\nno end here\n\njavascript is on here.\nuse cookies on here.\n"
                + "y".repeat(2000));
        assertThat(signals.value(Signal.C4_LINES)).isEqualTo(7);
        for (Signal reason : new Signal[] {
            Signal.C4_KEPT_LINES,
            Signal.C4_FEW_WORDS_LINES,
            Signal.C4_JAVASCRIPT_LINES,
            Signal.C4_POLICY_LINES,
            Signal.C4_LONG_WORD_LINES
        }) {
            expect(reason, 1);
        }
        expect(Signal.C4_UNTERMINATED_LINES, 2);
    }

    @Test
    void sentencesAreThoseOfLinesThatStay() {
        clean("One is. Two is! (Three is.) Four \"is.\"\nFive, e.g.x, is here'\nSix. Not. counted");
        expect(Signal.C4_SENTENCES, 5);
    }

    @Test
    void longLinesAreCountedInCharactersWhetherTheyStayOrNot() {
        clean("é".repeat(199) + "\n" + "é".repeat(200) + "\n" + "z".repeat(201));
        expect(Signal.C4_LONG_LINES, 2);
    }

    @Test
    void measuringAndCleaningCountTheSame() {
        String text = "[1] Some {text} is here.\nlorem ipsum is here.\nno\n" + GOOD;
        clean(text);
        Signals measured = new Signals();
        lines.measure(scan, measured);
        for (Signal signal : SignalGroup.C4.signals()) {
            expect(signal, measured.value(signal));
        }
    }

    private String clean(String text) {
        scan.scan(text.getBytes(StandardCharsets.UTF_8));
        return new String(lines.clean(scan, signals), StandardCharsets.UTF_8);
    }

    private void expect(Signal signal, double value) {
        assertThat(signals.value(signal)).as(signal.toString()).isEqualTo(value);
    }
}
