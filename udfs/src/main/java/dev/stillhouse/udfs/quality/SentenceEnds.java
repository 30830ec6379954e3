package dev.stillhouse.udfs.quality;

import com.ibm.icu.text.UnicodeSet;
import java.nio.charset.StandardCharsets;

/** Punctuation that ends sentences: Unicode's property Sentence_Terminal (STerm), all scripts. Without state. */
final class SentenceEnds {
    private static final UnicodeSet TERMINALS = new UnicodeSet("[:Sentence_Terminal:]").freeze();
    private static final String CLOSERS = "\"')]}»”’›」』）】";

    private SentenceEnds() {}

    static boolean isTerminal(int codePoint) {
        return codePoint < 0x80
                ? codePoint == '.' || codePoint == '!' || codePoint == '?'
                : TERMINALS.contains(codePoint);
    }

    /** The last code point before a place, or -1 where nothing stands before it. */
    static int before(byte[] text, int begin, int end) {
        if (end <= begin) {
            return -1;
        }
        int at = end - 1;
        while (at > begin && end - at < 4 && (text[at] & 0xC0) == 0x80) {
            at--;
        }
        return text[at] >= 0 ? text[at] : new String(text, at, end - at, StandardCharsets.UTF_8).codePointAt(0);
    }

    /** Whether a word ends a sentence: with a terminal, closing quotes and brackets after it aside. */
    static boolean ends(byte[] text, int begin, int end) {
        int last = end;
        int codePoint = before(text, begin, last);
        while (codePoint > 0 && isCloser(codePoint)) {
            last -= width(codePoint);
            codePoint = before(text, begin, last);
        }
        return codePoint > 0 && isTerminal(codePoint);
    }

    private static boolean isCloser(int codePoint) {
        return codePoint < 0x80
                ? codePoint == '"' || codePoint == '\'' || codePoint == ')' || codePoint == ']' || codePoint == '}'
                : CLOSERS.indexOf(codePoint) >= 0;
    }

    private static int width(int codePoint) {
        return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
    }
}
