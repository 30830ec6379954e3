package dev.stillhouse.udfs.quality;

import dev.stillhouse.udfs.text.Hashes;
import dev.stillhouse.udfs.text.TextScan;
import dev.stillhouse.udfs.text.Utf8Decoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;

/** Finds the part of a text that speaks against it under a rule, for people who judge the rule. For a few examples: it allocates. Not safe for use by several threads. */
public final class DecidingSpan {
    private final TextScan scan = new TextScan();
    private final C4Lines lines = new C4Lines();

    /**
     * The first span that the signal counts, for n-grams that are to be frequent the first place of the most frequent.
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
            case BULLET_LINES -> line(i -> !scan.blank(i) && GopherQuality.isBullet(scan, i));
            case ELLIPSIS_LINES -> line(i -> !scan.blank(i) && GopherQuality.endsInEllipsis(scan, i));
            case DUP_LINES, DUP_LINE_CHARS -> repeatedLine(i -> scan.lineChars(i) > 0);
            case DUP_LINE_TEXT -> repeatedLine(i -> !scan.blank(i));
            case TERMINAL_LINES ->
                line(i -> !scan.blank(i)
                        && !SentenceEnds.isTerminal(
                                Utf8Decoder.before(scan.text(), scan.lineBegin(i), scan.lineEnd(i))));
            case SHORT_LINES -> line(i -> !scan.blank(i) && scan.lineChars(i) <= FineWebLines.SHORT_LINE);
            case C4_LOREM_IPSUM, C4_CURLY_BRACKETS -> line(i -> lines.counts(scan, i, signal));
            case TOP_2GRAM_CHARS, TOP_3GRAM_CHARS, TOP_4GRAM_CHARS -> mostFrequentNgram(length(signal));
            case DUP_5GRAM_CHARS,
                    DUP_6GRAM_CHARS,
                    DUP_7GRAM_CHARS,
                    DUP_8GRAM_CHARS,
                    DUP_9GRAM_CHARS,
                    DUP_10GRAM_CHARS -> repeatedNgram(length(signal));
            default -> Optional.empty();
        };
    }

    private static int length(Signal signal) {
        return Integer.parseInt(signal.name().replaceAll("[^0-9]", ""));
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

    private Optional<Span> repeatedLine(IntPredicate isLine) {
        Set<Long> seen = new HashSet<>();
        return line(i -> isLine.test(i) && !seen.add(scan.lineHash(i)));
    }

    /** The first n-gram that stood before. */
    private Optional<Span> repeatedNgram(int n) {
        Set<Long> seen = new HashSet<>();
        for (int first = 0; first + n <= scan.words(); first++) {
            if (!seen.add(ngramHash(first, n))) {
                return Optional.of(ngram(first, n));
            }
        }
        return Optional.empty();
    }

    /** The first place of the most frequent n-gram, of equals the first. */
    private Optional<Span> mostFrequentNgram(int n) {
        Map<Long, Integer> counts = new HashMap<>();
        for (int first = 0; first + n <= scan.words(); first++) {
            counts.merge(ngramHash(first, n), 1, Integer::sum);
        }
        int most = counts.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        for (int first = 0; first + n <= scan.words(); first++) {
            if (counts.get(ngramHash(first, n)) == most) {
                return Optional.of(ngram(first, n));
            }
        }
        return Optional.empty();
    }

    private long ngramHash(int first, int n) {
        long hash = 0;
        for (int i = first; i < first + n; i++) {
            hash = Hashes.step(hash, scan.wordHash(i));
        }
        return hash;
    }

    private Span ngram(int first, int n) {
        return new Span(scan.wordBegin(first), scan.wordEnd(first + n - 1));
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
