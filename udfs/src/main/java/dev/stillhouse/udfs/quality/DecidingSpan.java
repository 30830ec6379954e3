package dev.stillhouse.udfs.quality;

import dev.stillhouse.udfs.text.Hashes;
import dev.stillhouse.udfs.text.TextScan;
import dev.stillhouse.udfs.text.Utf8Decoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;

/** Finds the part of a text that speaks against it under a rule, for people who judge the rule. For a few examples: it allocates. Not safe for use by several threads. */
public final class DecidingSpan {
    private final TextScan scan = new TextScan();
    private final C4Line line = new C4Line();

    /**
     * The first span that a rule on the signal counts.
     *
     * @param utf8 the text
     * @return empty where the whole text decides, such as by its length
     */
    public Optional<Span> find(byte[] utf8, Signal signal) {
        scan.scan(utf8);
        return switch (signal) {
            case LONGEST_WORD -> longestWord();
            case HASH_RATIO -> word(i -> contains(i, "#"));
            case ELLIPSIS_RATIO -> word(i -> contains(i, "...") || contains(i, "…"));
            case REPLACEMENT_CHARS -> word(i -> contains(i, "\uFFFD"));
            case BULLET_LINES, ELLIPSIS_LINES -> line(i -> !scan.blank(i));
            case DUP_LINES, DUP_LINE_CHARS, DUP_LINE_TEXT -> repeatedLine();
            case TERMINAL_LINES ->
                line(i -> !scan.blank(i)
                        && !SentenceEnds.isTerminal(
                                Utf8Decoder.before(scan.text(), scan.lineBegin(i), scan.lineEnd(i))));
            case SHORT_LINES -> line(i -> !scan.blank(i) && scan.lineChars(i) <= 30);
            case C4_LOREM_IPSUM -> line(i -> read(i) && line.hasLoremIpsum());
            case C4_CURLY_BRACKETS -> line(i -> read(i) && line.hasCurlyBracket());
            case TOP_2GRAM_CHARS,
                    DUP_5GRAM_CHARS,
                    DUP_6GRAM_CHARS,
                    DUP_7GRAM_CHARS,
                    DUP_8GRAM_CHARS,
                    DUP_9GRAM_CHARS,
                    DUP_10GRAM_CHARS,
                    TOP_3GRAM_CHARS,
                    TOP_4GRAM_CHARS -> repeatedNgram(length(signal));
            default -> Optional.empty();
        };
    }

    private static int length(Signal signal) {
        return Integer.parseInt(signal.name().replaceAll("[^0-9]", ""));
    }

    private boolean read(int number) {
        if (scan.blank(number)) {
            return false;
        }
        line.read(scan.text(), scan.lineBegin(number), scan.lineEnd(number));
        line.search();
        return true;
    }

    private Optional<Span> longestWord() {
        int longest = -1;
        for (int i = 0; i < scan.words(); i++) {
            longest = longest < 0 || scan.wordChars(i) > scan.wordChars(longest) ? i : longest;
        }
        return longest < 0 ? Optional.empty() : Optional.of(new Span(scan.wordBegin(longest), scan.wordEnd(longest)));
    }

    private Optional<Span> word(IntPredicate wanted) {
        for (int i = 0; i < scan.words(); i++) {
            if (wanted.test(i)) {
                return Optional.of(new Span(scan.wordBegin(i), scan.wordEnd(i)));
            }
        }
        return Optional.empty();
    }

    private Optional<Span> line(IntPredicate wanted) {
        for (int i = 0; i < scan.lines(); i++) {
            if (wanted.test(i)) {
                return Optional.of(new Span(scan.lineBegin(i), scan.lineEnd(i)));
            }
        }
        return Optional.empty();
    }

    private Optional<Span> repeatedLine() {
        Set<Long> seen = new HashSet<>();
        return line(i -> !scan.blank(i) && !seen.add(scan.lineHash(i)));
    }

    /** The first n-gram that stood before. */
    private Optional<Span> repeatedNgram(int n) {
        Set<Long> seen = new HashSet<>();
        for (int first = 0; first + n <= scan.words(); first++) {
            long hash = 0;
            for (int i = first; i < first + n; i++) {
                hash = Hashes.step(hash, scan.wordHash(i));
            }
            if (!seen.add(hash)) {
                return Optional.of(new Span(scan.wordBegin(first), scan.wordEnd(first + n - 1)));
            }
        }
        return Optional.empty();
    }

    private boolean contains(int word, String part) {
        int begin = scan.wordBegin(word);
        return new String(scan.text(), begin, scan.wordEnd(word) - begin, StandardCharsets.UTF_8).contains(part);
    }

    /**
     * A part of a text.
     *
     * @param begin first byte
     * @param end byte after the last
     */
    public record Span(int begin, int end) {}
}
