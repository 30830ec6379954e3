package dev.stillhouse.udfs.quality;

import static dev.stillhouse.udfs.quality.Rule.Comparison.ABOVE;
import static dev.stillhouse.udfs.quality.Rule.Comparison.BELOW;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A published set of rules, with the thresholds of its source; the order is that in which the first failing rule is named. */
public enum Profile {
    /** Rae et al. 2021, Scaling Language Models (Gopher), section A.1.1 and table A1: quality, then repetition. For English text of some length. */
    GOPHER_2021("Rae et al. 2021 (Gopher), arXiv:2112.11446", gopher()),

    /** Raffel et al. 2020, T5: lines are dropped and the text is what stays, then whole documents. For English web pages. */
    C4_2020("Raffel et al. 2020 (C4), JMLR 21", c4()),

    /** Xue et al. 2021, mT5: at least three lines of 200 characters. */
    MC4_2021(
            "Xue et al. 2021 (mC4), NAACL",
            List.of(
                    new Rule("mc4_too_few_paragraphs", Signal.C4_LINES, BELOW, 3),
                    new Rule("mc4_too_short_paragraphs", Signal.C4_LONG_LINES, BELOW, 3))),

    /** Penedo et al. 2024, FineWeb, with the duplicate-line threshold of the paper, 0.1. */
    FINEWEB_PAPER("Penedo et al. 2024 (FineWeb), section 3.6", fineWeb("fineweb_duplicate_lines", 0.1)),

    /** FineWeb with the duplicate-line threshold of its published code, 0.01. */
    FINEWEB_CODE("Penedo et al. 2024 (FineWeb), datatrove's defaults", fineWeb("fineweb_code_duplicate_lines", 0.01)),

    /** Extremes that are worth a look in documents of any kind and language; thresholds are our own, and its rules never drop. */
    DATALAKE("Stillhouse", dataLake());

    private final String source;

    @SuppressWarnings("ImmutableEnumChecker") // List.copyOf of records
    private final List<Rule> rules;

    Profile(String source, List<Rule> rules) {
        this.source = source;
        this.rules = List.copyOf(rules);
    }

    /** The name in task files, such as {@code gopher-2021}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Where the rules and thresholds come from. */
    public String source() {
        return source;
    }

    public List<Rule> rules() {
        return rules;
    }

    /** Whether the profile may drop documents; else it only annotates. */
    public boolean mayDrop() {
        return this != DATALAKE;
    }

    /** Whether the profile rewrites the text of documents, where it may drop. */
    public boolean rewrites() {
        return this == C4_2020;
    }

    private static List<Rule> gopher() {
        List<Rule> rules = new ArrayList<>(List.of(
                new Rule("gopher_too_few_words", Signal.GOPHER_WORDS, BELOW, 50),
                new Rule("gopher_too_many_words", Signal.GOPHER_WORDS, ABOVE, 100_000),
                new Rule("gopher_short_words", Signal.MEAN_WORD_LENGTH, BELOW, 3),
                new Rule("gopher_long_words", Signal.MEAN_WORD_LENGTH, ABOVE, 10),
                new Rule("gopher_hashes", Signal.HASH_RATIO, ABOVE, 0.1),
                new Rule("gopher_ellipses", Signal.ELLIPSIS_RATIO, ABOVE, 0.1),
                new Rule("gopher_bullet_lines", Signal.BULLET_LINES, ABOVE, 0.9),
                new Rule("gopher_ellipsis_lines", Signal.ELLIPSIS_LINES, ABOVE, 0.3),
                new Rule("gopher_few_alphabetic_words", Signal.ALPHA_WORDS, BELOW, 0.8),
                new Rule("gopher_few_stop_words", Signal.STOP_WORDS, BELOW, 2),
                new Rule("gopher_duplicate_paragraphs", Signal.DUP_PARAGRAPHS, ABOVE, 0.3),
                new Rule("gopher_duplicate_paragraph_chars", Signal.DUP_PARAGRAPH_CHARS, ABOVE, 0.2),
                new Rule("gopher_duplicate_lines", Signal.DUP_LINES, ABOVE, 0.3),
                new Rule("gopher_duplicate_line_chars", Signal.DUP_LINE_CHARS, ABOVE, 0.2)));
        rules.addAll(ngrams("gopher_top_%dgram", "TOP_%dGRAM_CHARS", 2, 0.2, 0.18, 0.16));
        rules.addAll(ngrams("gopher_duplicate_%dgrams", "DUP_%dGRAM_CHARS", 5, 0.15, 0.14, 0.13, 0.12, 0.11, 0.1));
        return rules;
    }

    private static List<Rule> ngrams(String reason, String signal, int shortest, double... thresholds) {
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < thresholds.length; i++) {
            int n = shortest + i;
            rules.add(new Rule(reason.formatted(n), Signal.valueOf(signal.formatted(n)), ABOVE, thresholds[i]));
        }
        return rules;
    }

    private static List<Rule> c4() {
        return List.of(
                new Rule("c4_lorem_ipsum", Signal.C4_LOREM_IPSUM, ABOVE, 0),
                new Rule("c4_curly_bracket", Signal.C4_CURLY_BRACKETS, ABOVE, 0),
                new Rule("c4_too_few_sentences", Signal.C4_SENTENCES, BELOW, 5));
    }

    private static List<Rule> fineWeb(String duplicateLines, double duplicates) {
        return List.of(
                new Rule("fineweb_empty", Signal.LINES, BELOW, 1),
                new Rule("fineweb_few_terminal_lines", Signal.TERMINAL_LINES, BELOW, 0.12),
                new Rule("fineweb_short_lines", Signal.SHORT_LINES, ABOVE, 0.67),
                new Rule(duplicateLines, Signal.DUP_LINE_TEXT, ABOVE, duplicates),
                new Rule("fineweb_list", Signal.NEWLINES_PER_WORD, ABOVE, 0.3));
    }

    private static List<Rule> dataLake() {
        return List.of(
                new Rule("broken_encoding", Signal.REPLACEMENT_CHARS, ABOVE, 0.01),
                new Rule("control_characters", Signal.CONTROL_CHARS, ABOVE, 0.01),
                new Rule("few_letters", Signal.LETTER_CHARS, BELOW, 0.3),
                new Rule("very_few_words", Signal.WORDS, BELOW, 5),
                new Rule("endless_word", Signal.LONGEST_WORD, ABOVE, 1000),
                new Rule("repeated_lines", Signal.DUP_LINE_CHARS, ABOVE, 0.5),
                new Rule("repeated_phrases", Signal.DUP_10GRAM_CHARS, ABOVE, 0.5));
    }
}
