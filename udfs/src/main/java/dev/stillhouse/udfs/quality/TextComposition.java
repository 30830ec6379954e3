package dev.stillhouse.udfs.quality;

import dev.stillhouse.udfs.text.TextCounts;
import dev.stillhouse.udfs.text.TextScan;

/** Counts and shares of characters, words and lines. Not safe for use by several threads. */
final class TextComposition {
    private final Vocabulary vocabulary = new Vocabulary();

    void measure(TextScan scan, Signals signals) {
        TextCounts counts = scan.counts();
        signals.set(Signal.CHARS, counts.chars());
        signals.set(Signal.BYTES, counts.bytes());
        signals.set(Signal.WORDS, scan.words());
        lines(scan, signals);
        words(scan, signals);
        vocabulary.measure(scan, signals);
        double chars = counts.chars();
        signals.set(Signal.LETTER_CHARS, counts.letters() / chars);
        signals.set(Signal.DIGIT_CHARS, counts.digits() / chars);
        signals.set(Signal.UPPER_CHARS, counts.uppers() / chars);
        signals.set(Signal.SPACE_CHARS, counts.spaces() / chars);
        signals.set(Signal.CONTROL_CHARS, counts.controls() / chars);
        signals.set(Signal.REPLACEMENT_CHARS, counts.replacements() / chars);
    }

    private static void lines(TextScan scan, Signals signals) {
        int lines = 0;
        int paragraphs = 0;
        int longest = 0;
        boolean inside = false;
        for (int i = 0; i < scan.lines(); i++) {
            boolean empty = scan.lineChars(i) == 0;
            lines += scan.blank(i) ? 0 : 1;
            paragraphs += !inside && !empty ? 1 : 0;
            inside = !empty;
            longest = Math.max(longest, scan.lineChars(i));
        }
        signals.set(Signal.LINES, lines);
        signals.set(Signal.PARAGRAPHS, paragraphs);
        signals.set(Signal.LONGEST_LINE, longest);
    }

    private static void words(TextScan scan, Signals signals) {
        int sentences = 0;
        int longest = 0;
        int upper = 0;
        for (int i = 0; i < scan.words(); i++) {
            longest = Math.max(longest, scan.wordChars(i));
            upper += (scan.wordKind(i) & (TextScan.UPPER | TextScan.LOWER)) == TextScan.UPPER ? 1 : 0;
            sentences += SentenceEnds.ends(scan.text(), scan.wordBegin(i), scan.wordEnd(i)) ? 1 : 0;
        }
        signals.set(Signal.LONGEST_WORD, longest);
        signals.set(Signal.UPPER_WORDS, (double) upper / scan.words());
        signals.set(Signal.SENTENCES, sentences);
    }
}
