package dev.stillhouse.udfs.summary;

import dev.stillhouse.udfs.summary.Abbreviations.Use;
import dev.stillhouse.udfs.summary.Abbreviations.Words;

/** Whether one full stop with white space after it ends a sentence, by the word or the number before it and the word after it. Immutable but for the text, which others must not change; looks at a bounded stretch around the stop. */
final class FullStop {
    private static final int LONGEST_WORD = 16;
    private static final int LONGEST_NUMBER = 12;
    /** Brackets and the like before the number of a section. */
    private static final int LONGEST_OPENING = 4;

    private static final int YEAR_DIGITS = 4;
    /** UTF-16 units of a sentence that may end with a year and a letter; shorter ones, as "In 2010 y.", are only beginnings. */
    private static final int SHORTEST_DATED = 40;

    private final char[] text;
    private final Casing casing;

    FullStop(char[] text, Casing casing) {
        this.text = text;
        this.casing = casing;
    }

    /**
     * Whether a sentence ends.
     *
     * @param from where the sentence began
     * @param stop the index of the full stop
     * @param next the index of the first letter or digit after it
     * @param to where the text has ended
     */
    boolean ends(int from, int stop, int next, int to) {
        if (isSmall(next, to) && casing != Casing.LOWER) {
            return false;
        }
        int before = stop == from ? CharacterClass.OTHER : CharacterClass.of(text[stop - 1]);
        if (before == CharacterClass.DIGIT) {
            return numberEnds(from, stop, next, to);
        }
        int begin = wordBegin(from, stop);
        if (begin == stop || stop - begin > Abbreviations.LONGEST) {
            return true;
        }
        boolean afterDigit = begin > from && CharacterClass.of(text[begin - 1]) == CharacterClass.DIGIT;
        return afterDigit || wordEnds(new Span(from, begin, stop), next, to);
    }

    /** Whether a word begins in lower case and is none like "mRNA", which keeps its case wherever it stands. */
    boolean isSmall(int word, int to) {
        return CharacterClass.at(text, word, to) == CharacterClass.LOWER
                && (word + 1 == to || CharacterClass.of(text[word + 1]) != CharacterClass.UPPER);
    }

    /** A word or a number before a full stop, in a sentence that began at {@code from}. */
    private record Span(int from, int begin, int stop) {
        int length() {
            return stop - begin;
        }
    }

    private boolean wordEnds(Span span, int next, int to) {
        String word = new String(text, span.begin, span.length());
        boolean single = isInitial(span);
        if ((single || isRoman(span)) && isFirst(span)) {
            return false;
        }
        if (single && isEnding(span)) {
            return true;
        }
        Use use = Abbreviations.use(word);
        if (use == Use.NONE || single) {
            Use joined = joined(span, word);
            use = joined == Use.NONE ? use : joined;
        }
        return switch (use) {
            case NEVER -> false;
            case NUMBER -> !isNumber(next, to) && (!single || isStarter(next, to));
            case OFTEN -> CharacterClass.at(text, next, to) != CharacterClass.LOWER || isStarter(next, to);
            case SELDOM -> isStarter(next, to) || (single && endsWithUnit(span));
            case NONE -> single ? initialEnds(span, next, to) : plainEnds(span, next, to);
        };
    }

    private boolean plainEnds(Span span, int next, int to) {
        if (isAcronym(span)) {
            return isStarter(next, to);
        }
        return !isRoman(span) || !isOrdinal(span, next, to);
    }

    /** Initials of names are capital letters where there are any; small ones are initials where the next word is one too, as in "z. B.". */
    private boolean initialEnds(Span span, int next, int to) {
        if (isStarter(next, to)) {
            return true;
        }
        if (CharacterClass.of(text[span.begin]) != CharacterClass.LOWER) {
            return false;
        }
        if (isAfterNumber(span)) {
            return endsWithUnit(span);
        }
        boolean isBeforeInitial = next + 1 < to && text[next + 1] == '.';
        return casing != Casing.LOWER && !isBeforeInitial;
    }

    /** Whether a small letter is the end of a word with a hyphen or an apostrophe in it, or of an address. */
    private boolean isEnding(Span span) {
        int before = span.begin == span.from ? CharacterClass.SPACE : CharacterClass.of(text[span.begin - 1]);
        return CharacterClass.of(text[span.begin]) == CharacterClass.LOWER
                && !CharacterClass.isSpace(before)
                && before != CharacterClass.OPEN;
    }

    private boolean isAfterNumber(Span span) {
        return span.begin - 2 >= span.from && CharacterClass.of(text[span.begin - 2]) == CharacterClass.DIGIT;
    }

    /** Whether a single letter behind a number ends a sentence: a unit does, a word for "year" does unless little has been said. */
    private boolean endsWithUnit(Span span) {
        int digits = span.begin - 1;
        while (digits > span.from
                && span.begin - digits <= LONGEST_NUMBER
                && CharacterClass.of(text[digits - 1]) == CharacterClass.DIGIT) {
            digits--;
        }
        int length = span.begin - 1 - digits;
        return length > 0 && (length != YEAR_DIGITS || span.stop - span.from >= SHORTEST_DATED);
    }

    /** The number of an item or a section at the beginning, an ordinal number and the day of a date do not end a sentence. */
    private boolean numberEnds(int from, int stop, int next, int to) {
        int begin = stop;
        int dots = 0;
        while (begin > from && stop - begin <= LONGEST_NUMBER && isNumberPart(text[begin - 1])) {
            begin--;
            dots += text[begin] == '.' ? 1 : 0;
        }
        Span span = new Span(from, begin, stop);
        if (isFirst(span)) {
            return false;
        }
        boolean mayCount = dots == 0 && span.length() <= 2;
        return !mayCount || !(isDay(span, next) || isOrdinal(span, next, to));
    }

    private static boolean isNumberPart(char unit) {
        return unit == '.' || CharacterClass.of(unit) == CharacterClass.DIGIT;
    }

    private boolean isOrdinal(Span span, int next, int to) {
        String following = wordAt(next, to);
        if (Abbreviations.holds(Words.MONTH, following)) {
            return true;
        }
        int end = span.begin;
        while (end > span.from && CharacterClass.isSpace(CharacterClass.of(text[end - 1]))) {
            end--;
        }
        int begin = end;
        while (begin > span.from
                && end - begin < LONGEST_WORD
                && CharacterClass.isLetter(CharacterClass.of(text[begin - 1]))) {
            begin--;
        }
        return end < span.begin
                && Abbreviations.holds(Words.BEFORE, new String(text, begin, end - begin))
                && !Abbreviations.holds(Words.STARTER, following);
    }

    /** Whether a number is the day or the month of a date that is written "3. 5. 2005". */
    private boolean isDay(Span span, int next) {
        if (CharacterClass.of(text[next]) != CharacterClass.DIGIT) {
            return false;
        }
        boolean isMonth = span.begin - span.from > 2
                && text[span.begin - 2] == '.'
                && CharacterClass.of(text[span.begin - 3]) == CharacterClass.DIGIT;
        int end = next;
        while (end < text.length && end - next < 2 && CharacterClass.of(text[end]) == CharacterClass.DIGIT) {
            end++;
        }
        return isMonth || (end < text.length && text[end] == '.');
    }

    private int wordBegin(int from, int stop) {
        int begin = stop;
        while (begin > from && stop - begin <= Abbreviations.LONGEST && isWordPart(text[begin - 1])) {
            begin--;
        }
        while (begin < stop && text[begin] == '.') {
            begin++;
        }
        return begin;
    }

    private static boolean isWordPart(char unit) {
        int found = CharacterClass.of(unit);
        return unit == '.' || CharacterClass.isLetter(found) || found == CharacterClass.EXTEND;
    }

    /** Whether nothing but brackets and quotation marks stands before a word in its sentence. */
    private boolean isFirst(Span span) {
        if (span.begin - span.from > LONGEST_OPENING) {
            return false;
        }
        for (int i = span.from; i < span.begin; i++) {
            if (CharacterClass.isLetterOrDigit(CharacterClass.of(text[i]))) {
                return false;
            }
        }
        return true;
    }

    /** A single letter of a script that has letters: no syllable of Hangul. */
    private boolean isInitial(Span span) {
        int found = CharacterClass.of(text[span.begin]);
        return span.length() == 1
                && CharacterClass.isLetter(found)
                && found != CharacterClass.IDEOGRAPH
                && (text[span.begin] < 0xAC00 || text[span.begin] > 0xD7A3);
    }

    private boolean isRoman(Span span) {
        for (int i = span.begin; i < span.stop; i++) {
            if ("IVXLC".indexOf(text[i]) < 0) {
                return false;
            }
        }
        return span.length() > 1;
    }

    /** Parts of one letter each, as of "U.S". */
    private boolean isAcronym(Span span) {
        for (int i = span.begin + 1; i < span.stop; i += 2) {
            if (text[i] != '.') {
                return false;
            }
        }
        return span.length() > 2 && span.length() % 2 == 1;
    }

    /** The use of an abbreviation with a space before its last part, as of "z. B". */
    private Use joined(Span span, String word) {
        int stop = span.begin - 2;
        if (stop <= span.from || text[stop] != '.' || !CharacterClass.isSpace(CharacterClass.of(text[stop + 1]))) {
            return Use.NONE;
        }
        int begin = wordBegin(span.from, stop);
        return stop - begin > Abbreviations.LONGEST
                ? Use.NONE
                : Abbreviations.use(new String(text, begin, stop - begin) + '.' + word);
    }

    /** Whether a word begins that begins many sentences, not in brackets, and no initial. */
    private boolean isStarter(int next, int to) {
        String word = wordAt(next, to);
        int end = next + word.length();
        boolean isInitial = word.length() == 1 && end < to && text[end] == '.';
        return !isInitial
                && CharacterClass.of(text[next - 1]) != CharacterClass.OPEN
                && Abbreviations.holds(Words.STARTER, word);
    }

    /** Whether a number follows: digits, Roman digits or a capital letter. "I" and "A" are words more often than numbers. */
    private boolean isNumber(int next, int to) {
        int found = CharacterClass.at(text, next, to);
        if (found != CharacterClass.UPPER) {
            return found == CharacterClass.DIGIT;
        }
        int end = next + 1;
        while (end < to && "IVXLC".indexOf(text[end]) >= 0) {
            end++;
        }
        boolean whole = end == to || !CharacterClass.isLetter(CharacterClass.of(text[end]));
        boolean word = end == next + 1 && (text[next] == 'I' || text[next] == 'A');
        return whole && (!word || (end < to && CharacterClass.of(text[end]) == CharacterClass.DIGIT));
    }

    private String wordAt(int begin, int to) {
        int end = begin;
        while (end < to && end - begin < LONGEST_WORD && isInWord(text[end])) {
            end++;
        }
        return new String(text, begin, end - begin);
    }

    private static boolean isInWord(char unit) {
        return unit == '\'' || CharacterClass.isLetter(CharacterClass.of(unit));
    }
}
