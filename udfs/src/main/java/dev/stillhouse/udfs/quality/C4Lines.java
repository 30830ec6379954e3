package dev.stillhouse.udfs.quality;

import dev.stillhouse.udfs.text.TextScan;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * C4's line rules (Raffel et al. 2020, section 2.2, with those of its published code) in datatrove's order: a line goes for a word that is too long; its citation marks are cut; it goes for its end, for too few words (counted before cutting), for javascript and for policy phrases; lorem ipsum and {
 * speak against the document where they stand in a line that is not gone by then. datatrove ends a document there; here the lines after it are judged and counted too. Spaces at a line's ends are cut. Not safe for use by several threads.
 */
public final class C4Lines {
    private static final int LONG_WORD = 1000;
    private static final int FEW_WORDS = 3;
    private static final int LONG_LINE = 200;

    /** What a line goes for, in the order in which it is judged. */
    public static final List<Signal> VERDICTS = List.of(
            Signal.C4_LONG_WORD_LINES,
            Signal.C4_UNTERMINATED_LINES,
            Signal.C4_FEW_WORDS_LINES,
            Signal.C4_JAVASCRIPT_LINES,
            Signal.C4_POLICY_LINES);

    private static final List<Signal> OWN = SignalGroup.C4.signals();

    private final C4Line line = new C4Line();

    void measure(TextScan scan, Signals signals) {
        clean(scan, signals, null);
    }

    /**
     * The lines that stay, joined by line feeds, without space before the first; empty where none does.
     *
     * @param signals gets the values of the group {@link SignalGroup#C4}
     */
    public byte[] clean(TextScan scan, Signals signals) {
        ByteArrayOutputStream kept = new ByteArrayOutputStream(scan.counts().bytes());
        clean(scan, signals, kept);
        return kept.toByteArray();
    }

    private void clean(TextScan scan, Signals signals, @Nullable ByteArrayOutputStream kept) {
        OWN.forEach(signal -> signals.set(signal, 0));
        signals.set(Signal.C4_LINES, scan.lines());
        for (int i = 0; i < scan.lines(); i++) {
            signals.add(Signal.C4_LONG_LINES, scan.lineChars(i) >= LONG_LINE ? 1 : 0);
            Signal verdict = judge(scan, i, signals);
            signals.add(verdict, 1);
            if (verdict != Signal.C4_KEPT_LINES) {
                continue;
            }
            signals.add(Signal.C4_SENTENCES, line.sentences());
            if (kept != null) {
                write(kept);
            }
        }
    }

    private void write(ByteArrayOutputStream kept) {
        if (kept.size() == 0) {
            line.writeStrippedTo(kept);
            return;
        }
        kept.write('\n');
        line.writeTo(kept);
    }

    /** Whether a line speaks against the document by a signal that counts lines. */
    boolean counts(TextScan scan, int number, Signal signal) {
        Signals counted = new Signals();
        counted.set(signal, 0);
        judge(scan, number, counted);
        return counted.value(signal) > 0;
    }

    private Signal judge(TextScan scan, int number, Signals signals) {
        int first = scan.lineWords(number);
        int last = scan.lineWords(number + 1) - 1;
        if (hasLongWord(scan, first, last)) {
            return Signal.C4_LONG_WORD_LINES;
        }
        if (last < first) {
            return Signal.C4_UNTERMINATED_LINES;
        }
        line.read(scan.text(), scan.wordBegin(first), scan.wordEnd(last));
        if (!line.isTerminated()) {
            return Signal.C4_UNTERMINATED_LINES;
        }
        if (last - first + 1 < FEW_WORDS) {
            return Signal.C4_FEW_WORDS_LINES;
        }
        line.search();
        signals.add(Signal.C4_LOREM_IPSUM, line.hasLoremIpsum() ? 1 : 0);
        if (line.hasJavascript()) {
            return Signal.C4_JAVASCRIPT_LINES;
        }
        signals.add(Signal.C4_CURLY_BRACKETS, line.hasCurlyBracket() ? 1 : 0);
        return line.hasPolicy() ? Signal.C4_POLICY_LINES : Signal.C4_KEPT_LINES;
    }

    private static boolean hasLongWord(TextScan scan, int first, int last) {
        for (int i = first; i <= last; i++) {
            if (scan.wordChars(i) > LONG_WORD) {
                return true;
            }
        }
        return false;
    }
}
