package dev.stillhouse.udfs.quality;

import dev.stillhouse.udfs.text.Hashes;
import dev.stillhouse.udfs.text.TextScan;
import java.util.List;

/**
 * Gopher's repetition (Rae et al. 2021, table A1) as datatrove measures it: a copy after the first is a duplicate; n-grams are of words as written; the most frequent n-gram counts with the spaces between its words and ties go to the one seen first; duplicate
 * n-grams are found greedily from the left, without overlap, and count without spaces. Two n-grams are the same where their 64-bit hashes are, so their words; datatrove compares duplicate n-grams joined without spaces. Empty lines at a text's ends are no lines, for datatrove they are; shares of n-grams that a short text has none of are 0. Not safe for use by several threads.
 */
final class Repetition {
    private static final int TOP = 4;
    private static final int LONGEST = 10;
    private static final List<Signal> TOP_NGRAMS =
            List.of(Signal.TOP_2GRAM_CHARS, Signal.TOP_3GRAM_CHARS, Signal.TOP_4GRAM_CHARS);
    private static final List<Signal> COPIED_NGRAMS = List.of(
            Signal.DUP_5GRAM_CHARS,
            Signal.DUP_6GRAM_CHARS,
            Signal.DUP_7GRAM_CHARS,
            Signal.DUP_8GRAM_CHARS,
            Signal.DUP_9GRAM_CHARS,
            Signal.DUP_10GRAM_CHARS);
    private static final long[] POWERS = powers();

    private final LongCounts seen = new LongCounts();
    private int[] charsBefore = new int[256];

    void measure(TextScan scan, Signals signals) {
        int chars = scan.counts().chars();
        lines(scan, chars, signals);
        paragraphs(scan, chars, signals);
        ngrams(scan, chars, signals);
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

    private void ngrams(TextScan scan, int chars, Signals signals) {
        int words = scan.words();
        if (charsBefore.length <= words || charsBefore.length > 1 << 20) {
            charsBefore = new int[Math.max(256, words * 3 / 2 + 1)];
        }
        for (int i = 0; i < words; i++) {
            charsBefore[i + 1] = charsBefore[i] + scan.wordChars(i);
        }
        boolean repeats = true;
        for (int n = 2; n <= TOP; n++) {
            long top = repeats ? top(scan, n) : first(words, n);
            repeats &= seen.size() < words - n + 1;
            signals.set(TOP_NGRAMS.get(n - 2), (double) top / chars);
        }
        for (int n = TOP + 1; n <= LONGEST; n++) {
            long copied = repeats ? copied(scan, n) : 0;
            repeats = copied > 0;
            signals.set(COPIED_NGRAMS.get(n - TOP - 1), (double) copied / chars);
        }
    }

    /** Characters of all copies of the most frequent n-gram; where no n-gram repeats, of the first. */
    private long top(TextScan scan, int n) {
        seen.clear(scan.words());
        int best = 0;
        int bestFirst = 0;
        long hash = 0;
        for (int end = 0; end < scan.words(); end++) {
            hash = roll(hash, scan, end, n);
            if (end >= n - 1) {
                int number = seen.add(Hashes.mix(hash), end - n + 1);
                int count = seen.count(number);
                if (count > best || (count == best && seen.first(number) < bestFirst)) {
                    best = count;
                    bestFirst = seen.first(number);
                }
            }
        }
        return best == 0 ? 0 : (long) best * spaced(bestFirst, n);
    }

    private long first(int words, int n) {
        return words < n ? 0 : spaced(0, n);
    }

    private long spaced(int first, int n) {
        return charsBefore[first + n] - charsBefore[first] + n - 1L;
    }

    /** Characters in n-grams that stood before, from the left and without overlap. */
    private long copied(TextScan scan, int n) {
        seen.clear(scan.words());
        long copied = 0;
        long hash = 0;
        int from = 0;
        for (int end = 0; end < scan.words(); end++) {
            hash = roll(hash, scan, end, n);
            int begin = end - n + 1;
            if (begin < from) {
                continue;
            }
            if (seen.count(seen.add(Hashes.mix(hash), begin)) > 1) {
                copied += charsBefore[begin + n] - charsBefore[begin];
                from = begin + n;
            }
        }
        return copied;
    }

    /** The polynomial hash of the n words that end with one; of fewer at the text's begin. */
    private static long roll(long hash, TextScan scan, int end, int n) {
        long gone = end >= n ? scan.wordHash(end - n) * POWERS[n] : 0;
        return Hashes.step(hash - gone, scan.wordHash(end));
    }

    private static long[] powers() {
        long[] powers = new long[LONGEST + 1];
        powers[0] = 1;
        for (int n = 1; n < powers.length; n++) {
            powers[n] = Hashes.step(0, powers[n - 1]);
        }
        return powers;
    }
}
