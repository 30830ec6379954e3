package dev.stillhouse.udfs.quality;

import java.util.Locale;

/**
 * What is measured of a text. Words are those of the tokeniser {@value dev.stillhouse.udfs.text.TextScan#TOKENIZER}; characters are code points. A share whose denominator is 0 is undefined (NaN here, null in datasets).
 *
 * <p>Sources: Rae et al. 2021 (Gopher, table A1 and section A.1.1), Raffel et al. 2020 (C4), Penedo et al. 2024 (FineWeb), Weber et al. 2024 (RedPajama-V2's signals).
 */
public enum Signal {
    CHARS(SignalGroup.COMPOSITION, "code points, line breaks included", ""),
    BYTES(SignalGroup.COMPOSITION, "bytes of UTF-8", ""),
    WORDS(SignalGroup.COMPOSITION, "words", ""),
    LINES(SignalGroup.COMPOSITION, "lines with a word", ""),
    PARAGRAPHS(SignalGroup.COMPOSITION, "groups of lines between empty lines", ""),
    SENTENCES(SignalGroup.COMPOSITION, "ends of sentences: . ! ? or their like before white space", ""),
    LONGEST_WORD(SignalGroup.COMPOSITION, "characters of the longest word", ""),
    LONGEST_LINE(SignalGroup.COMPOSITION, "characters of the longest line", ""),
    UNIQUE_WORDS(SignalGroup.COMPOSITION, "distinct words in lower case", "words"),
    WORD_ENTROPY(SignalGroup.COMPOSITION, "entropy of the distribution of words in lower case, in nats", ""),
    UPPER_WORDS(SignalGroup.COMPOSITION, "words with upper-case letters and no others", "words"),
    LETTER_CHARS(SignalGroup.COMPOSITION, "letters", "characters"),
    DIGIT_CHARS(SignalGroup.COMPOSITION, "digits", "characters"),
    UPPER_CHARS(SignalGroup.COMPOSITION, "upper-case letters", "characters"),
    SPACE_CHARS(SignalGroup.COMPOSITION, "white space", "characters"),
    CONTROL_CHARS(SignalGroup.COMPOSITION, "control characters that are not white space", "characters"),
    REPLACEMENT_CHARS(SignalGroup.COMPOSITION, "U+FFFD and bytes that are not UTF-8", "characters"),

    GOPHER_WORDS(SignalGroup.GOPHER_QUALITY, "words with a letter or digit", ""),
    MEAN_WORD_LENGTH(SignalGroup.GOPHER_QUALITY, "characters of a word with a letter or digit, mean", ""),
    HASH_RATIO(SignalGroup.GOPHER_QUALITY, "characters #", "words"),
    ELLIPSIS_RATIO(SignalGroup.GOPHER_QUALITY, "ellipses, as one character or three dots", "words"),
    BULLET_LINES(SignalGroup.GOPHER_QUALITY, "lines that begin with • or -", "lines, empty ones included"),
    ELLIPSIS_LINES(SignalGroup.GOPHER_QUALITY, "lines that end with an ellipsis", "lines, empty ones included"),
    ALPHA_WORDS(SignalGroup.GOPHER_QUALITY, "words with a letter", "words"),
    STOP_WORDS(SignalGroup.GOPHER_QUALITY, "how many of the, be, to, of, and, that, have, with occur, as written", ""),

    DUP_LINES(SignalGroup.GOPHER_REPETITION, "lines that stood before", "lines that are not empty"),
    DUP_PARAGRAPHS(SignalGroup.GOPHER_REPETITION, "paragraphs that stood before", "paragraphs"),
    DUP_LINE_CHARS(SignalGroup.GOPHER_REPETITION, "characters of lines that stood before", "characters"),
    DUP_PARAGRAPH_CHARS(SignalGroup.GOPHER_REPETITION, "characters of paragraphs that stood before", "characters"),
    TOP_2GRAM_CHARS(SignalGroup.GOPHER_REPETITION, "characters of the most frequent 2-gram, all copies", "characters"),
    TOP_3GRAM_CHARS(SignalGroup.GOPHER_REPETITION, "characters of the most frequent 3-gram, all copies", "characters"),
    TOP_4GRAM_CHARS(SignalGroup.GOPHER_REPETITION, "characters of the most frequent 4-gram, all copies", "characters"),
    DUP_5GRAM_CHARS(SignalGroup.GOPHER_REPETITION, "characters in 5-grams that stood before", "characters"),
    DUP_6GRAM_CHARS(SignalGroup.GOPHER_REPETITION, "characters in 6-grams that stood before", "characters"),
    DUP_7GRAM_CHARS(SignalGroup.GOPHER_REPETITION, "characters in 7-grams that stood before", "characters"),
    DUP_8GRAM_CHARS(SignalGroup.GOPHER_REPETITION, "characters in 8-grams that stood before", "characters"),
    DUP_9GRAM_CHARS(SignalGroup.GOPHER_REPETITION, "characters in 9-grams that stood before", "characters"),
    DUP_10GRAM_CHARS(SignalGroup.GOPHER_REPETITION, "characters in 10-grams that stood before", "characters"),

    C4_LINES(SignalGroup.C4, "lines, empty ones included", ""),
    C4_LONG_WORD_LINES(SignalGroup.C4, "lines dropped for a word of more than 1000 characters", ""),
    C4_UNTERMINATED_LINES(SignalGroup.C4, "lines dropped for not ending in . ? ! \" or ', or for ending in ...", ""),
    C4_FEW_WORDS_LINES(SignalGroup.C4, "lines dropped for fewer than 3 words", ""),
    C4_JAVASCRIPT_LINES(SignalGroup.C4, "lines dropped for the word javascript", ""),
    C4_POLICY_LINES(SignalGroup.C4, "lines dropped for terms of use, privacy or cookie policies", ""),
    C4_KEPT_LINES(SignalGroup.C4, "lines that stay", ""),
    C4_LOREM_IPSUM(SignalGroup.C4, "lines, not dropped before, with lorem ipsum", ""),
    C4_CURLY_BRACKETS(SignalGroup.C4, "lines, not dropped before, with {", ""),
    C4_SENTENCES(SignalGroup.C4, "sentences of the lines that stay", ""),
    C4_LONG_LINES(SignalGroup.C4, "lines of at least 200 characters", ""),

    TERMINAL_LINES(
            SignalGroup.FINEWEB, "lines that end in sentence-ending punctuation of any script", "lines with a word"),
    SHORT_LINES(SignalGroup.FINEWEB, "lines of at most 30 characters", "lines with a word"),
    DUP_LINE_TEXT(SignalGroup.FINEWEB, "characters of lines that stood before", "characters without line breaks"),
    NEWLINES_PER_WORD(SignalGroup.FINEWEB, "line breaks", "words");

    private final SignalGroup group;
    private final String meaning;
    private final String denominator;

    Signal(SignalGroup group, String meaning, String denominator) {
        this.group = group;
        this.meaning = meaning;
        this.denominator = denominator;
    }

    /** The column's name: in lower case. */
    public String column() {
        return name().toLowerCase(Locale.ROOT);
    }

    public SignalGroup group() {
        return group;
    }

    /** What is counted or measured. */
    public String meaning() {
        return meaning;
    }

    /** What the count is divided by; empty where it is not. */
    public String denominator() {
        return denominator;
    }

    /** Whether it depends on what a word is. */
    public boolean countsWords() {
        return (meaning + denominator).contains("word")
                || this == SENTENCES
                || this == STOP_WORDS
                || meaning.contains("-gram");
    }

    /** Whether values are shares or ratios rather than counts or lengths. */
    public boolean isRatio() {
        return !denominator.isEmpty();
    }

    /** Whether values are whole numbers. */
    public boolean isCount() {
        return !isRatio() && this != WORD_ENTROPY && this != MEAN_WORD_LENGTH;
    }
}
