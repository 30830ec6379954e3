package dev.stillhouse.udfs.quality;

import dev.stillhouse.udfs.text.TextScan;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One line as C4 looks at it: without spaces at its ends and without citation marks. Reusable; not safe for use by several threads. */
final class C4Line {
    private static final byte[] EDIT = ascii("[edit]");
    private static final byte[] CITATION_NEEDED = ascii("[citation needed]");
    private static final byte[] LOREM_IPSUM = ascii("lorem ipsum");
    private static final byte[] JAVASCRIPT = ascii("javascript");
    private static final byte[][] POLICY = {
        ascii("terms of use"),
        ascii("privacy policy"),
        ascii("cookie policy"),
        ascii("uses cookies"),
        ascii("use of cookies"),
        ascii("use cookies"),
    };

    private static final int HAS_LOREM_IPSUM = 1;
    private static final int HAS_JAVASCRIPT = 1 << 1;
    private static final int HAS_POLICY = 1 << 2;
    private static final int HAS_CURLY_BRACKET = 1 << 3;

    private static final int KEPT = 1 << 16;

    private byte[] line = new byte[1024];
    private int length;
    private int found;

    /** Takes over a line's bytes, citation marks cut: {@code [12]}, {@code []}, {@code [edit]}, {@code [citation needed]}. */
    void read(byte[] text, int begin, int end) {
        if (line.length < end - begin || line.length > KEPT) {
            line = new byte[Math.max(1024, end - begin)];
        }
        length = 0;
        int at = begin;
        while (at < end) {
            int mark = text[at] == '[' ? citation(text, at, end) : 0;
            if (mark > 0) {
                at += mark;
            } else {
                line[length++] = text[at++];
            }
        }
        found = 0;
    }

    /** Length of the citation mark that begins at a bracket; 0 where none does. */
    private static int citation(byte[] text, int at, int end) {
        int digits = at + 1;
        while (digits < end && text[digits] >= '0' && text[digits] <= '9') {
            digits++;
        }
        if (digits < end && text[digits] == ']') {
            return digits + 1 - at;
        }
        if (matches(text, at, end, EDIT)) {
            return EDIT.length;
        }
        return matches(text, at, end, CITATION_NEEDED) ? CITATION_NEEDED.length : 0;
    }

    private static boolean matches(byte[] text, int at, int end, byte[] phrase) {
        return end - at >= phrase.length && Arrays.equals(text, at, at + phrase.length, phrase, 0, phrase.length);
    }

    /** Whether it ends in . ? ! " or ' and not in three dots. */
    boolean isTerminated() {
        if (length == 0) {
            return false;
        }
        byte last = line[length - 1];
        boolean ellipsis = length >= 3 && last == '.' && line[length - 2] == '.' && line[length - 3] == '.';
        return !ellipsis && (last == '.' || last == '?' || last == '!' || last == '"' || last == '\'');
    }

    /** Looks for phrases, in any case of ASCII letters, and brackets. */
    void search() {
        for (int at = 0; at < length; at++) {
            switch (line[at] | 0x20) {
                case 'l' -> find(at, LOREM_IPSUM, HAS_LOREM_IPSUM);
                case 'j' -> find(at, JAVASCRIPT, HAS_JAVASCRIPT);
                case 't', 'p', 'c', 'u' -> {
                    for (byte[] phrase : POLICY) {
                        find(at, phrase, HAS_POLICY);
                    }
                }
                case '{' -> found |= line[at] == '{' ? HAS_CURLY_BRACKET : 0;
                default -> {
                    // begins nothing that is looked for
                }
            }
        }
    }

    private void find(int at, byte[] phrase, int bit) {
        if (length - at < phrase.length) {
            return;
        }
        for (int i = 0; i < phrase.length; i++) {
            byte character = line[at + i];
            int lower = character >= 'A' && character <= 'Z' ? character + 32 : character;
            if (lower != phrase[i]) {
                return;
            }
        }
        found |= bit;
    }

    boolean hasLoremIpsum() {
        return (found & HAS_LOREM_IPSUM) != 0;
    }

    boolean hasJavascript() {
        return (found & HAS_JAVASCRIPT) != 0;
    }

    boolean hasPolicy() {
        return (found & HAS_POLICY) != 0;
    }

    boolean hasCurlyBracket() {
        return (found & HAS_CURLY_BRACKET) != 0;
    }

    /** Sentences, at least one: a text that is not empty is a sentence even where nothing ends it. */
    int sentences() {
        int ends = 0;
        int begin = 0;
        for (int at = 0; at < length; at++) {
            if (line[at] == ' ' || line[at] == '\t') {
                ends += at > begin && SentenceEnds.ends(line, begin, at) ? 1 : 0;
                begin = at + 1;
            }
        }
        return ends + 1; // the last one ends with the line
    }

    void writeTo(ByteArrayOutputStream out) {
        out.write(line, 0, length);
    }

    /** Writes the line without the spaces that a citation mark cut from its begin leaves. */
    void writeStrippedTo(ByteArrayOutputStream out) {
        int begin = TextScan.firstWord(line, 0, length);
        out.write(line, begin, length - begin);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
