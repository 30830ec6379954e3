package dev.stillhouse.curation.spans;

import dev.stillhouse.udfs.text.Hashes;
import dev.stillhouse.udfs.text.TextScan;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The lines or paragraphs of a text, told apart by their words in lower case. Reusable; not safe for use by several threads. */
final class TextSpans {
    private final RepeatedSpansConfig.Unit unit;
    private final TextScan scan = new TextScan();

    TextSpans(RepeatedSpansConfig.Unit unit) {
        this.unit = unit;
    }

    /** The spans of a text in their order. */
    List<Span> of(byte[] text) {
        scan.scan(text);
        List<Span> spans = new ArrayList<>();
        int line = 0;
        while (line < scan.lines()) {
            int first = line;
            while (line < scan.lines()
                    && !isGap(line)
                    && (line == first || unit == RepeatedSpansConfig.Unit.PARAGRAPH)) {
                line++;
            }
            if (line > first) {
                spans.add(span(first, line));
            } else {
                line++;
            }
        }
        return spans;
    }

    private boolean isGap(int line) {
        return unit == RepeatedSpansConfig.Unit.PARAGRAPH ? scan.lineChars(line) == 0 : scan.blank(line);
    }

    private Span span(int first, int end) {
        long hash = 0;
        for (int word = scan.lineWords(first); word < scan.lineWords(end); word++) {
            hash = Hashes.step(hash, scan.foldedHash(word));
        }
        int words = scan.lineWords(end) - scan.lineWords(first);
        return new Span(scan.lineBegin(first), lineBegin(end), words, Hashes.mix(hash));
    }

    /** Begin of a line, or the end of the text. */
    private int lineBegin(int line) {
        return line < scan.lines()
                ? scan.lineBegin(line)
                : scan.offset() + scan.counts().bytes();
    }

    /** A text without some of its spans, given by their places. */
    static byte[] without(byte[] text, List<Span> spans, Set<Integer> cut) {
        ByteArrayOutputStream left = new ByteArrayOutputStream(text.length);
        int at = 0;
        for (int i = 0; i < spans.size(); i++) {
            if (cut.contains(i)) {
                left.write(text, at, spans.get(i).begin() - at);
                at = spans.get(i).end();
            }
        }
        left.write(text, at, text.length - at);
        return left.toByteArray();
    }

    /**
     * A line or paragraph.
     *
     * @param begin first byte
     * @param end first byte after it and its line break
     * @param words how many words it has
     * @param hash hash of its words in lower case
     */
    record Span(int begin, int end, int words, long hash) {}
}
