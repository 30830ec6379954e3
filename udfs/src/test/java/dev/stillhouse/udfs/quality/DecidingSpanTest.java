package dev.stillhouse.udfs.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DecidingSpanTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            LONGEST_WORD      | a bb Ünïcödé c            | Ünïcödé
            HASH_RATIO        | no #tag here              | #tag
            ELLIPSIS_RATIO    | wait... what              | wait...
            DUP_LINES         | one~two~one~three         | one
            DUP_5GRAM_CHARS   | a b c d e x a b c d e     | a b c d e
            TOP_2GRAM_CHARS   | x y z x y                 | x y
            TOP_2GRAM_CHARS   | a a x y z x y q x y a a   | x y
            BULLET_LINES      | none~- one~• two          | - one
            BULLET_LINES      | none~• two                | • two
            ELLIPSIS_LINES    | none.~goes on ...         | goes on ...
            C4_LOREM_IPSUM    | fine.~Here Lorem Ipsum.   | Here Lorem Ipsum.
            C4_CURLY_BRACKETS | fine~if (x) { y }~so { it is. | so { it is.
            SHORT_LINES       | ~~short                   | short
            TERMINAL_LINES    | Ended.~not ended          | not ended
            """)
    void isThePartThatTheRuleCounts(Signal signal, String lines, String expected) {
        String text = lines.replace('~', '\n');
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);

        assertThat(new DecidingSpan().find(utf8, signal)).hasValueSatisfying(span -> assertThat(
                        new String(utf8, span.begin(), span.end() - span.begin(), StandardCharsets.UTF_8))
                .isEqualTo(expected));
    }

    @Test
    void aLengthIsDecidedByTheWholeText() {
        assertThat(new DecidingSpan().find("some words".getBytes(StandardCharsets.UTF_8), Signal.WORDS))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Signal.class)
    void anEmptyTextHasNone(Signal signal) {
        assertThat(new DecidingSpan().find(new byte[0], signal)).isEmpty();
    }
}
