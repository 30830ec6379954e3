package dev.stillhouse.udfs.quality;

import dev.stillhouse.udfs.text.TextScan;
import dev.stillhouse.udfs.text.Utf8Decoder;

/** Lines as FineWeb's rules see them (Penedo et al. 2024, section 3.6), measured as datatrove does: on lines that are not blank, as they stand. Lines are those of {@link TextScan}, where datatrove splits at line feeds only, and takes a carriage return for the line's last character. Not safe for use by several threads. */
final class FineWebLines {
    static final int SHORT_LINE = 30;

    private final LongCounts seen = new LongCounts();

    void measure(TextScan scan, Signals signals) {
        int lines = 0;
        int terminal = 0;
        int shortLines = 0;
        long copied = 0;
        seen.clear(scan.lines());
        for (int i = 0; i < scan.lines(); i++) {
            if (scan.blank(i)) {
                continue;
            }
            lines++;
            int last = Utf8Decoder.before(scan.text(), scan.lineBegin(i), scan.lineEnd(i));
            terminal += SentenceEnds.isTerminal(last) ? 1 : 0;
            shortLines += scan.lineChars(i) <= SHORT_LINE ? 1 : 0;
            if (seen.count(seen.add(scan.lineHash(i), i)) > 1) {
                copied += scan.lineChars(i);
            }
        }
        signals.set(Signal.TERMINAL_LINES, (double) terminal / lines);
        signals.set(Signal.SHORT_LINES, (double) shortLines / lines);
        signals.set(Signal.DUP_LINE_TEXT, (double) copied / chars(scan));
        signals.set(
                Signal.NEWLINES_PER_WORD,
                scan.words() == 0 ? Double.NaN : (double) scan.counts().lineBreaks() / scan.words());
    }

    private static long chars(TextScan scan) {
        long chars = 0;
        for (int i = 0; i < scan.lines(); i++) {
            chars += scan.lineChars(i);
        }
        return chars;
    }
}
