package dev.stillhouse.udfs.quality;

import dev.stillhouse.udfs.text.Hashes;
import dev.stillhouse.udfs.text.TextScan;

/**
 * Gopher's repetition (Rae et al. 2021, table A1) as datatrove measures it: a copy after the first is a duplicate; n-grams are of words as written; the most frequent n-gram counts with the spaces between its words and ties go to the one seen first; duplicate
 * n-grams are found greedily from the left, without overlap, and count without spaces. Two n-grams are the same where their 64-bit hashes are, so their words; datatrove compares duplicate n-grams joined without spaces. Empty lines at a text's ends are no lines, for datatrove they are; shares of n-grams that a short text has none of are 0. Not safe for use by several threads.
 */
final class Repetition {
    private final LongCounts seen = new LongCounts();
    private final RepeatedNgrams ngrams = new RepeatedNgrams();

    void measure(TextScan scan, Signals signals) {
        int chars = scan.counts().chars();
        lines(scan, chars, signals);
        paragraphs(scan, chars, signals);
        ngrams.measure(scan, signals);
    }

    private void lines(TextScan scan, int chars, Signals signals) {
        seen.clear(scan.lines());
        int lines = 0;
        int copies = 0;
        long copied = 0;
        for (int i = 0; i < scan.lines(); i++) {
            if (scan.lineChars(i) == 0) {
                continue;
            }
            lines++;
            if (seen.count(seen.add(scan.lineHash(i), i)) > 1) {
                copies++;
                copied += scan.lineChars(i);
            }
        }
        signals.set(Signal.DUP_LINES, (double) copies / lines);
        signals.set(Signal.DUP_LINE_CHARS, (double) copied / chars);
    }

    private void paragraphs(TextScan scan, int chars, Signals signals) {
        seen.clear(scan.lines());
        int paragraphs = 0;
        int copies = 0;
        long copied = 0;
        for (int line = 0; line < scan.lines(); line++) {
            long hash = 0;
            long length = -1;
            for (; line < scan.lines() && scan.lineChars(line) > 0; line++) {
                hash = Hashes.step(hash, scan.lineHash(line));
                length += scan.lineChars(line) + 1;
            }
            if (length >= 0) {
                paragraphs++;
                if (seen.count(seen.add(Hashes.mix(hash), paragraphs)) > 1) {
                    copies++;
                    copied += length;
                }
            }
        }
        signals.set(Signal.DUP_PARAGRAPHS, (double) copies / paragraphs);
        signals.set(Signal.DUP_PARAGRAPH_CHARS, (double) copied / chars);
    }
}
