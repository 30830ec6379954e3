package dev.stillhouse.udfs.quality;

import dev.stillhouse.udfs.text.TextScan;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Words and lines as Gopher's quality rules see them (Rae et al. 2021, section A.1.1), on words split at white space. Stop words count once each and as written, as in datatrove since 2025. A symbol alone (a bullet, an emoji) is no word of Gopher's; for datatrove it is one unless on its list of punctuation. Without state. */
final class GopherQuality {
    static final List<String> STOP_WORDS = List.of("the", "be", "to", "of", "and", "that", "have", "with");
    private static final byte[][] STOP_WORD_BYTES = STOP_WORDS.stream()
            .map(word -> word.getBytes(StandardCharsets.UTF_8))
            .collect(Collectors.toList())
            .toArray(new byte[0][]);
    private static final int LONGEST_STOP_WORD = 4;
    private static final byte[] BULLET = "•".getBytes(StandardCharsets.UTF_8);
    private static final byte[] ELLIPSIS = "…".getBytes(StandardCharsets.UTF_8);
    private static final byte[] DOTS = "...".getBytes(StandardCharsets.UTF_8);

    private GopherQuality() {}

    static void measure(TextScan scan, Signals signals) {
        words(scan, signals);
        lines(scan, signals);
        double words = scan.words();
        signals.set(Signal.HASH_RATIO, scan.counts().ascii('#') / words);
        signals.set(Signal.ELLIPSIS_RATIO, scan.counts().ellipses() / words);
    }

    private static void words(TextScan scan, Signals signals) {
        int proper = 0;
        long chars = 0;
        int alphabetic = 0;
        int stopWords = 0;
        for (int i = 0; i < scan.words(); i++) {
            int kind = scan.wordKind(i);
            if ((kind & (TextScan.LETTER | TextScan.DIGIT)) != 0) {
                proper++;
                chars += scan.wordChars(i);
            }
            alphabetic += (kind & TextScan.LETTER) != 0 ? 1 : 0;
            if (scan.wordChars(i) <= LONGEST_STOP_WORD) {
                stopWords |= stopWord(scan.text(), scan.wordBegin(i), scan.wordEnd(i));
            }
        }
        signals.set(Signal.GOPHER_WORDS, proper);
        signals.set(Signal.MEAN_WORD_LENGTH, (double) chars / proper);
        signals.set(Signal.ALPHA_WORDS, (double) alphabetic / scan.words());
        signals.set(Signal.STOP_WORDS, Integer.bitCount(stopWords));
    }

    /** The bit of a stop word, 0 for another word. */
    private static int stopWord(byte[] text, int begin, int end) {
        for (int i = 0; i < STOP_WORD_BYTES.length; i++) {
            byte[] word = STOP_WORD_BYTES[i];
            if (word[0] == text[begin] && Arrays.equals(text, begin, end, word, 0, word.length)) {
                return 1 << i;
            }
        }
        return 0;
    }

    private static void lines(TextScan scan, Signals signals) {
        int bullets = 0;
        int ellipses = 0;
        for (int i = 0; i < scan.lines(); i++) {
            if (scan.blank(i)) {
                continue;
            }
            bullets += isBullet(scan, i) ? 1 : 0;
            ellipses += endsInEllipsis(scan, i) ? 1 : 0;
        }
        signals.set(Signal.BULLET_LINES, (double) bullets / scan.lines());
        signals.set(Signal.ELLIPSIS_LINES, (double) ellipses / scan.lines());
    }

    /** Whether a line that is not blank begins with a bullet. */
    static boolean isBullet(TextScan scan, int line) {
        int begin = scan.wordBegin(scan.lineWords(line));
        return scan.text()[begin] == '-' || startsWith(scan.text(), begin, lastWordEnd(scan, line), BULLET);
    }

    /** Whether a line that is not blank ends in an ellipsis. */
    static boolean endsInEllipsis(TextScan scan, int line) {
        int begin = scan.wordBegin(scan.lineWords(line));
        int end = lastWordEnd(scan, line);
        return endsWith(scan.text(), begin, end, DOTS) || endsWith(scan.text(), begin, end, ELLIPSIS);
    }

    private static int lastWordEnd(TextScan scan, int line) {
        return scan.wordEnd(scan.lineWords(line + 1) - 1);
    }

    private static boolean startsWith(byte[] text, int begin, int end, byte[] start) {
        return end - begin >= start.length && Arrays.equals(text, begin, begin + start.length, start, 0, start.length);
    }

    private static boolean endsWith(byte[] text, int begin, int end, byte[] last) {
        return end - begin >= last.length && Arrays.equals(text, end - last.length, end, last, 0, last.length);
    }
}
