package dev.stillhouse.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {
    @Test
    void textStaysAsItIs() {
        for (String text : new String[] {
            "",
            "card arrival",
            "caf\u00e9",
            "\u05e9\u05dc\u05d5\u05dd",
            "\u0645\u0631\u062d\u0628\u0627",
            "\ud83d\udc69\u200d\ud83d\udcbb"
        }) {
            assertThat(Printable.of(text)).isEqualTo(text);
        }
    }

    @Test
    void whatMovesTheCursorOrTurnsTheDirectionIsSpelledOut() {
        assertThat(Printable.of("a\nb\r\t")).isEqualTo("a\\u000ab\\u000d\\u0009");
        assertThat(Printable.of("\u001b[31mred")).isEqualTo("\\u001b[31mred");
        assertThat(Printable.of("safe\u202egpj.exe\u202c")).isEqualTo("safe\\u202egpj.exe\\u202c");
        assertThat(Printable.of("\u200e\u200f\u061c\u2066\u2069\u2028\u2029"))
                .isEqualTo("\\u200e\\u200f\\u061c\\u2066\\u2069\\u2028\\u2029");
        assertThat(Printable.of("lone \ud83d")).isEqualTo("lone \\ud83d");
    }
}
