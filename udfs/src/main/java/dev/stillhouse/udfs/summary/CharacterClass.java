package dev.stillhouse.udfs.summary;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacter.SentenceBreak;
import com.ibm.icu.lang.UProperty;

/**
 * What a character is to the sentence scan: the property Sentence_Break of Unicode Standard Annex 29, as ICU4J tells it, with the classes told apart that the scan treats differently; one table look-up for the Basic Multilingual Plane. Without state.
 *
 * <p>White space is Unicode's property White_Space and the four separators U+001C to U+001F, as in {@code udfs.text}. The numbers are ordered: letters are {@link #LOWER} to {@link #IDEOGRAPH}, and a scan for the ends of sentences may pass over everything below {@link #STOP}.
 */
final class CharacterClass {
    static final int OTHER = 0;
    /** Combining marks and format characters. */
    static final int EXTEND = 1;

    static final int SPACE = 2;
    /** LF, VT, FF, CR, NEL, and the line and paragraph separators. */
    static final int BREAK = 3;

    static final int LOWER = 4;
    /** Upper and title case. */
    static final int UPPER = 5;
    /** Letters without case. */
    static final int LETTER = 6;
    /** Han and kana: letters without case and without spaces around the words. */
    static final int IDEOGRAPH = 7;

    static final int DIGIT = 8;
    static final int OPEN = 9;
    static final int CLOSE = 10;
    /** Quotation marks that open in one language and close in another. */
    static final int QUOTE = 11;
    /** Commas, colons and dashes. */
    static final int CONTINUE = 12;
    /** Full stops that may end a sentence or an abbreviation. */
    static final int STOP = 13;
    /** Marks that end a sentence. */
    static final int TERMINAL = 14;

    static final int ELLIPSIS = 15;
    /** Semicolon and U+037E, the question mark of Greek. */
    static final int SEMICOLON = 16;

    static final int SURROGATE = 17;
    /** How many classes there are. */
    static final int COUNT = 18;

    private static final byte[] BASIC = new byte[1 << 16];

    static {
        for (int i = 0; i < BASIC.length; i++) {
            BASIC[i] = Character.isSurrogate((char) i) ? SURROGATE : (byte) classify(i);
        }
    }

    private CharacterClass() {}

    /** The class of a UTF-16 unit, {@link #SURROGATE} for half of a pair. */
    static int of(char unit) {
        return BASIC[unit];
    }

    /** The class of the code point that begins at an index, before {@code end}; that of an unpaired surrogate is {@link #OTHER}. */
    static int at(char[] text, int index, int end) {
        int found = BASIC[text[index]];
        if (found != SURROGATE) {
            return found;
        }
        return isPair(text, index, end) ? classify(Character.toCodePoint(text[index], text[index + 1])) : OTHER;
    }

    /** UTF-16 units of the code point that begins at an index. */
    static int width(char[] text, int index, int end) {
        return isPair(text, index, end) ? 2 : 1;
    }

    static boolean isSpace(int characterClass) {
        return characterClass == SPACE || characterClass == BREAK;
    }

    static boolean isLetter(int characterClass) {
        return characterClass >= LOWER && characterClass <= IDEOGRAPH;
    }

    static boolean isLetterOrDigit(int characterClass) {
        return characterClass >= LOWER && characterClass <= DIGIT;
    }

    private static boolean isPair(char[] text, int index, int end) {
        return index + 1 < end && Character.isHighSurrogate(text[index]) && Character.isLowSurrogate(text[index + 1]);
    }

    private static int classify(int codePoint) {
        if (isLineBreak(codePoint)) {
            return BREAK;
        }
        if (UCharacter.isUWhiteSpace(codePoint) || (codePoint >= 0x1C && codePoint <= 0x1F)) {
            return SPACE;
        }
        if (codePoint == ';' || codePoint == 0x37E) {
            return SEMICOLON;
        }
        if (codePoint == 0x2026) {
            return ELLIPSIS;
        }
        return switch (UCharacter.getIntPropertyValue(codePoint, UProperty.SENTENCE_BREAK)) {
            case SentenceBreak.EXTEND, SentenceBreak.FORMAT -> EXTEND;
            case SentenceBreak.LOWER -> LOWER;
            case SentenceBreak.UPPER -> UPPER;
            case SentenceBreak.OLETTER -> isIdeograph(codePoint) ? IDEOGRAPH : LETTER;
            case SentenceBreak.NUMERIC -> DIGIT;
            case SentenceBreak.CLOSE -> bracket(codePoint);
            case SentenceBreak.SCONTINUE -> CONTINUE;
            case SentenceBreak.ATERM -> STOP;
            case SentenceBreak.STERM -> TERMINAL;
            default -> OTHER;
        };
    }

    private static boolean isLineBreak(int codePoint) {
        return (codePoint >= 0x0A && codePoint <= 0x0D)
                || codePoint == 0x85
                || codePoint == 0x2028
                || codePoint == 0x2029;
    }

    private static int bracket(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.START_PUNCTUATION -> OPEN;
            case Character.END_PUNCTUATION, Character.FINAL_QUOTE_PUNCTUATION -> CLOSE;
            default -> QUOTE;
        };
    }

    private static boolean isIdeograph(int codePoint) {
        return switch (Character.UnicodeScript.of(codePoint)) {
            case HAN, HIRAGANA, KATAKANA, BOPOMOFO -> true;
            default -> codePoint == 0x30FC;
        };
    }
}
