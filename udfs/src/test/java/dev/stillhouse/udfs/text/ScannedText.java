package dev.stillhouse.udfs.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A scan's words, lines and hashes as lists, to compare and to read. */
record ScannedText(List<String> words, List<String> lines, List<Object> numbers) {

    static ScannedText of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    static ScannedText of(byte[] utf8) {
        TextScan scan = new TextScan();
        scan.scan(utf8);
        return of(scan);
    }

    static ScannedText of(TextScan scan) {
        List<String> words = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        List<Object> numbers = new ArrayList<>();
        for (int i = 0; i < scan.words(); i++) {
            words.add(slice(scan, scan.wordBegin(i), scan.wordEnd(i)));
            numbers.add(List.of(scan.wordChars(i), scan.wordKind(i), scan.wordHash(i), scan.foldedHash(i)));
        }
        for (int i = 0; i < scan.lines(); i++) {
            lines.add(slice(scan, scan.lineBegin(i), scan.lineEnd(i)));
            numbers.add(List.of(scan.lineChars(i), scan.lineWords(i), scan.lineHash(i), scan.blank(i)));
        }
        TextCounts counts = scan.counts();
        numbers.add(List.of(counts.chars(), counts.bytes(), counts.spaces(), counts.ellipses(), counts.replacements()));
        return new ScannedText(words, lines, numbers);
    }

    private static String slice(TextScan scan, int begin, int end) {
        return new String(scan.text(), begin, end - begin, StandardCharsets.UTF_8);
    }
}
