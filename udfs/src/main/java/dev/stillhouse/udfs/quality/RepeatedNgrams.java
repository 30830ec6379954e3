package dev.stillhouse.udfs.quality;

import dev.stillhouse.udfs.text.Hashes;
import dev.stillhouse.udfs.text.TextScan;
import java.util.Arrays;
import java.util.List;

/**
 * The n-grams of a text that occur more than once, as {@link Repetition} counts them, n from 2 to 10. An n-gram can only be repeated where the (n-1)-grams at its begin and one word on are, so each length looks at what is left of the one before: mostly nothing after a few. Memory grows with the longest text, and is given
 * back by the text after one of more than a million words. Not safe for use by several threads.
 */
final class RepeatedNgrams {
    private static final int KEPT = 1 << 20;
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

    private final LongCounts ngrams = new LongCounts();
    private int[] charsBefore = new int[0];
    private long[] hashBefore = new long[0]; // polynomial hash of the words before one
    private int[] begins = new int[0]; // first words of the n-grams that may be repeated, ascending
    private int[] numbers = new int[0]; // of each its number in ngrams
    private boolean[] met = new boolean[0]; // by number
    private int size;

    /** Sets the signals of n-grams; those of n-grams that a text is too short for are 0. */
    void measure(TextScan scan, Signals signals) {
        read(scan);
        int chars = scan.counts().chars();
        for (int n = 2; n <= LONGEST; n++) {
            count(n);
            if (n <= TOP) {
                signals.set(TOP_NGRAMS.get(n - 2), (double) top(scan.words(), n) / chars);
            } else {
                signals.set(COPIED_NGRAMS.get(n - TOP - 1), (double) copied(n) / chars);
            }
            narrow();
        }
    }

    /** Reads the words; all pairs of them may be repeated. */
    private void read(TextScan scan) {
        int words = scan.words();
        if (begins.length <= words || begins.length > KEPT) {
            int capacity = Math.max(256, words * 3 / 2 + 1);
            charsBefore = new int[capacity];
            hashBefore = new long[capacity];
            begins = new int[capacity];
            numbers = new int[capacity];
            met = new boolean[capacity];
        }
        for (int i = 0; i < words; i++) {
            charsBefore[i + 1] = charsBefore[i] + scan.wordChars(i);
            hashBefore[i + 1] = Hashes.step(hashBefore[i], scan.wordHash(i));
            begins[i] = i;
        }
        size = Math.max(0, words - 1);
    }

    private void count(int n) {
        ngrams.clear(size);
        for (int i = 0; i < size; i++) {
            int begin = begins[i];
            numbers[i] = ngrams.add(Hashes.mix(hashBefore[begin + n] - hashBefore[begin] * POWERS[n]), begin);
        }
    }

    /** Keeps the begins of what may be repeated with one word more. */
    private void narrow() {
        int kept = 0;
        for (int i = 0; i + 1 < size; i++) {
            if (begins[i + 1] == begins[i] + 1 && ngrams.count(numbers[i]) > 1 && ngrams.count(numbers[i + 1]) > 1) {
                begins[kept++] = begins[i];
            }
        }
        size = kept;
    }

    /** Characters of all copies of the most frequent n-gram, of equals the first; the spaces between its words count. */
    private long top(int words, int n) {
        int best = words < n ? 0 : 1;
        int bestBegin = 0;
        for (int number = 0; number < ngrams.size(); number++) {
            if (ngrams.count(number) > best) {
                best = ngrams.count(number);
                bestBegin = ngrams.first(number);
            }
        }
        return best == 0 ? 0 : (long) best * (charsBefore[bestBegin + n] - charsBefore[bestBegin] + n - 1L);
    }

    /** Characters in n-grams that stood before, from the left and without overlap. */
    private long copied(int n) {
        Arrays.fill(met, 0, ngrams.size(), false);
        long copied = 0;
        int from = 0;
        for (int i = 0; i < size; i++) {
            int begin = begins[i];
            if (begin < from) {
                continue;
            }
            if (met[numbers[i]]) {
                copied += charsBefore[begin + n] - charsBefore[begin];
                from = begin + n;
            }
            met[numbers[i]] = true;
        }
        return copied;
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
