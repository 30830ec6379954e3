package dev.stillhouse.udfs.quality;

import dev.stillhouse.udfs.text.TextScan;

/** The distribution of a text's words in lower case. Not safe for use by several threads. */
final class Vocabulary {
    private static final int KEPT = 1 << 20;

    private final LongCounts seen = new LongCounts();
    private int[] slots = new int[256];

    void measure(TextScan scan, Signals signals) {
        int words = scan.words();
        if (slots.length < words || slots.length > KEPT) {
            slots = new int[Math.max(256, words * 3 / 2)];
        }
        seen.clear(words);
        for (int i = 0; i < words; i++) {
            slots[i] = seen.add(scan.foldedHash(i), i);
        }
        double sum = 0;
        for (int i = 0; i < words; i++) {
            int count = seen.count(slots[i]);
            if (count > 1 && seen.first(slots[i]) == i) {
                sum += count * Math.log(count);
            }
        }
        signals.set(Signal.UNIQUE_WORDS, (double) seen.size() / words);
        signals.set(Signal.WORD_ENTROPY, words == 0 ? Double.NaN : Math.log(words) - sum / words);
    }
}
