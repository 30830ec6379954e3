package dev.stillhouse.udfs.quality;

import dev.stillhouse.udfs.text.TextScan;

/** The distribution of a text's words in lower case. Not safe for use by several threads. */
final class Vocabulary {
    private final LongCounts seen = new LongCounts();

    void measure(TextScan scan, Signals signals) {
        int words = scan.words();
        seen.clear(words);
        for (int i = 0; i < words; i++) {
            seen.add(scan.foldedHash(i), i);
        }
        double sum = 0;
        for (int number = 0; number < seen.size(); number++) {
            int count = seen.count(number);
            sum += count > 1 ? count * Math.log(count) : 0;
        }
        signals.set(Signal.UNIQUE_WORDS, (double) seen.size() / words);
        double entropy = Math.log(words) - sum / words;
        signals.set(Signal.WORD_ENTROPY, words == 0 ? Double.NaN : Math.max(0, entropy)); // rounding may put it below 0
    }
}
