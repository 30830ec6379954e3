package dev.stillhouse.udfs.text;

import java.util.Arrays;

/**
 * The words and lines of one text, found in one pass over its UTF-8 bytes, without an object a word. Offsets are bytes, lengths are code points.
 *
 * <p>This is the tokeniser {@value #TOKENIZER}: a word is what stands between white space; a letter of a script without spaces (Han, kana, Thai, Lao, Khmer, Myanmar, Tibetan) is a word of its own with the combining marks after it.
 * Punctuation stays with its word. A line ends at a line break, CR LF being one; a text that ends with one has no empty line after it. Memory grows with the longest text, and is given back by the scan after one of more than {@value #KEPT} words or lines.
 *
 * <p>Reusable; not safe for use by several threads.
 */
public final class TextScan {
    /** Name of the tokeniser, for reports and stored signatures. */
    public static final String TOKENIZER = "words-1";

    /** Bit of {@link #wordKind}: the word has a letter. */
    public static final int LETTER = CodePoints.LETTER;

    /** Bit of {@link #wordKind}: the word has a digit. */
    public static final int DIGIT = CodePoints.DIGIT;

    /** Bit of {@link #wordKind}: the word has an upper-case letter. */
    public static final int UPPER = CodePoints.UPPER;

    /** Bit of {@link #wordKind}: the word has a letter that is not upper-case. */
    public static final int LOWER = 1 << 8;

    private static final int KEPT = 1 << 20;
    private static final int FIRST_WORDS = 256;
    private static final int FIRST_LINES = 16;

    private final TextCounts counts = new TextCounts();
    private byte[] text = new byte[0];
    private int offset;
    private int words;
    private int lines;
    private int chars;
    private long hash;
    private int[] wordBegin = new int[FIRST_WORDS];
    private int[] wordEnd = new int[FIRST_WORDS];
    private int[] wordChars = new int[FIRST_WORDS];
    private int[] wordKind = new int[FIRST_WORDS];
    private long[] wordHash = new long[FIRST_WORDS];
    private long[] foldedHash = new long[FIRST_WORDS];
    private int[] lineBegin = new int[FIRST_LINES];
    private int[] lineEnd = new int[FIRST_LINES];
    private int[] lineChars = new int[FIRST_LINES];
    private int[] lineWords = new int[FIRST_LINES];
    private long[] lineHash = new long[FIRST_LINES];

    /** Scans the bytes; they are read by later calls too, and must stay as they are until the next scan. */
    public void scan(byte[] utf8, int begin, int length) {
        if (wordBegin.length > KEPT) {
            resizeWords(FIRST_WORDS);
        }
        if (lineBegin.length > KEPT) {
            resizeLines(FIRST_LINES);
        }
        text = utf8;
        offset = begin;
        words = 0;
        lines = 0;
        counts.clear(length);
        int end = begin + length;
        int at = begin;
        while (at < end) {
            at = scanLine(at, end);
        }
    }

    /** Scans the bytes of a whole array. */
    public void scan(byte[] utf8) {
        scan(utf8, 0, utf8.length);
    }

    /** Where the first word of some bytes begins; their end where there is none. */
    public static int firstWord(byte[] utf8, int begin, int end) {
        int at = begin;
        while (at < end) {
            int decoded = Utf8Decoder.decode(utf8, at, end);
            if ((CodePoints.kind(Utf8Decoder.codePoint(decoded)) & CodePoints.SPACE) == 0) {
                return at;
            }
            at += Utf8Decoder.width(decoded);
        }
        return end;
    }

    /** Scans one line and its break, and gives the place after both. */
    private int scanLine(int begin, int end) {
        beginLine(begin);
        chars = 0;
        hash = 0;
        int at = begin;
        while (at < end) {
            int decoded = Utf8Decoder.decode(text, at, end);
            int codePoint = Utf8Decoder.codePoint(decoded);
            int kind = CodePoints.kind(codePoint);
            if ((kind & CodePoints.SPACE) == 0) {
                at = scanWord(at, end);
                continue;
            }
            counts.add(codePoint, kind, at);
            if ((kind & CodePoints.BREAK) != 0) {
                endLine(at);
                return afterBreak(at, Utf8Decoder.width(decoded), end);
            }
            hash = Hashes.step(hash, codePoint);
            chars++;
            at += Utf8Decoder.width(decoded);
        }
        endLine(at);
        return end;
    }

    private int afterBreak(int at, int width, int end) {
        counts.lineBreak();
        if (text[at] == '\r' && at + 1 < end && text[at + 1] == '\n') {
            counts.add('\n', CodePoints.kind('\n'), at + 1);
            return at + 2;
        }
        return at + width;
    }

    /** Scans the word that begins at a place, and gives the place after it. */
    private int scanWord(int begin, int end) {
        long exact = 1; // not 0, for NULs to count
        long folded = 1;
        int length = 0;
        int kinds = 0;
        int at = begin;
        while (at < end) {
            int codePoint = text[at];
            int width = 1;
            if (codePoint < 0) {
                int decoded = Utf8Decoder.decode(text, at, end);
                codePoint = Utf8Decoder.codePoint(decoded);
                width = Utf8Decoder.width(decoded);
            }
            int kind = CodePoints.kind(codePoint);
            if (length > 0 && ends(kinds, kind)) {
                break;
            }
            counts.add(codePoint, kind, at);
            exact = Hashes.step(exact, codePoint);
            folded = Hashes.step(folded, lowerCase(codePoint, kind));
            kinds |= kind | ((kind & (CodePoints.LETTER | CodePoints.UPPER)) == CodePoints.LETTER ? LOWER : 0);
            length++;
            at += width;
        }
        addWord(begin, at, length);
        wordKind[words] = kinds;
        wordHash[words] = Hashes.mix(exact);
        foldedHash[words] = Hashes.mix(folded);
        chars += length;
        hash = Hashes.step(hash, wordHash[words++]);
        return at;
    }

    private static boolean ends(int kinds, int next) {
        return (next & (CodePoints.SPACE | CodePoints.ALONE)) != 0
                || ((kinds & CodePoints.ALONE) != 0 && (next & CodePoints.MARK) == 0);
    }

    private static int lowerCase(int codePoint, int kind) {
        if (codePoint < 0x80) {
            return (kind & CodePoints.UPPER) == 0 ? codePoint : codePoint + 32;
        }
        return Character.toLowerCase(codePoint);
    }

    private void addWord(int begin, int end, int length) {
        if (words == wordBegin.length) {
            resizeWords(larger(words));
        }
        wordBegin[words] = begin;
        wordEnd[words] = end;
        wordChars[words] = length;
    }

    private void beginLine(int at) {
        if (lines == lineBegin.length) {
            resizeLines(larger(lines));
        }
        lineBegin[lines] = at;
        lineWords[lines] = words;
    }

    private void endLine(int at) {
        lineEnd[lines] = at;
        lineChars[lines] = chars;
        lineHash[lines] = Hashes.mix(hash + chars);
        lines++;
    }

    private static int larger(int size) {
        return size < KEPT ? size * 2 : size + size / 2;
    }

    private void resizeLines(int size) {
        lineBegin = Arrays.copyOf(lineBegin, size);
        lineEnd = Arrays.copyOf(lineEnd, size);
        lineChars = Arrays.copyOf(lineChars, size);
        lineWords = Arrays.copyOf(lineWords, size);
        lineHash = Arrays.copyOf(lineHash, size);
    }

    private void resizeWords(int size) {
        wordBegin = Arrays.copyOf(wordBegin, size);
        wordEnd = Arrays.copyOf(wordEnd, size);
        wordChars = Arrays.copyOf(wordChars, size);
        wordKind = Arrays.copyOf(wordKind, size);
        wordHash = Arrays.copyOf(wordHash, size);
        foldedHash = Arrays.copyOf(foldedHash, size);
    }

    /** The bytes last scanned. */
    public byte[] text() {
        return text;
    }

    /** Where in them the text begins. */
    public int offset() {
        return offset;
    }

    /** Counts of characters by what they are. */
    public TextCounts counts() {
        return counts;
    }

    public int words() {
        return words;
    }

    public int wordBegin(int word) {
        return wordBegin[word];
    }

    public int wordEnd(int word) {
        return wordEnd[word];
    }

    /** Code points of a word. */
    public int wordChars(int word) {
        return wordChars[word];
    }

    /** What is in a word: bits {@link #LETTER}, {@link #DIGIT}, {@link #UPPER} and {@link #LOWER} among others. */
    public int wordKind(int word) {
        return wordKind[word];
    }

    /** Hash of a word as it stands. */
    public long wordHash(int word) {
        return wordHash[word];
    }

    /** Hash of a word in lower case, code point by code point. */
    public long foldedHash(int word) {
        return foldedHash[word];
    }

    /** Lines, empty ones included. */
    public int lines() {
        return lines;
    }

    public int lineBegin(int line) {
        return lineBegin[line];
    }

    /** End of a line, before its break. */
    public int lineEnd(int line) {
        return lineEnd[line];
    }

    /** Code points of a line, without its break. */
    public int lineChars(int line) {
        return lineChars[line];
    }

    /** First word of a line; equal to that of the next line where it is blank. */
    public int lineWords(int line) {
        return line < lines ? lineWords[line] : words;
    }

    /** Whether a line has no word. */
    public boolean blank(int line) {
        return lineWords(line) == lineWords(line + 1);
    }

    /** Hash of a line as it stands. */
    public long lineHash(int line) {
        return lineHash[line];
    }
}
