package dev.stillhouse.curation.spans;

import dev.stillhouse.datasets.config.Checks;
import dev.stillhouse.datasets.config.Key;

/** The section {@code repeated_spans} of {@code curate}. */
public record RepeatedSpansConfig(
        @Key(value = "What is cut: a `paragraph` (lines up to an empty one) or a `line`.", defaultValue = "paragraph")
        Unit unit,

        @Key(value = "Words of the shortest span that is looked at, at least 1.", defaultValue = "10")
        int minWords,

        @Key(
                value =
                        "Places of the whole corpus that keep a span, the first by source, id and place in the document; at least 1.",
                defaultValue = "1")
        int copies,

        @Key(
                value =
                        "Fewest words that must be left, at least 1: a document that cutting leaves with fewer is removed with the reason repeated_spans.",
                defaultValue = "20")
        int minWordsLeft) {

    public RepeatedSpansConfig {
        new Checks()
                .atLeast(1, "min_words", minWords)
                .atLeast(1, "copies", copies)
                .atLeast(1, "min_words_left", minWordsLeft)
                .verify();
    }

    /** The rule in words. */
    public String rule() {
        return "words < " + minWordsLeft + " without " + (unit == Unit.LINE ? "lines" : "paragraphs")
                + " that stand elsewhere before";
    }

    /** What a span is. */
    public enum Unit {
        PARAGRAPH,
        LINE
    }
}
