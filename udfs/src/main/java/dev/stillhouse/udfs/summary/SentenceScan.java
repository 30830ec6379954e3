package dev.stillhouse.udfs.summary;

/**
 * Finds where sentences of running text end, after the sentence rules of Unicode Standard Annex 29 (SB6 to SB11) with the exceptions that {@link SentenceSplitter} lists. One pass; looks back and ahead no further than a bounded number of characters and one run of white space.
 * Immutable but for the text, which others must not change.
 */
final class SentenceScan {
    /** How far the first letter after a stop is looked for: dashes, brackets, bullets and the like. */
    private static final int LONGEST_OPENING = 16;
    /** How long a note in brackets after a stop may be, as in "so.[12, 13]". */
    private static final int LONGEST_NOTE = 12;
    /** How far back quotation marks are counted. */
    private static final int LONGEST_QUOTATION = 400;

    private final char[] text;
    private final Casing casing;
    private final FullStop fullStop;

    SentenceScan(char[] text, Casing casing) {
        this.text = text;
        this.casing = casing;
        this.fullStop = new FullStop(text, casing);
    }

    /** Where the sentence has ended that begins at {@code from}: behind its last mark and what closes it, at most {@code to}. Larger than {@code from} unless that is {@code to}. */
    int end(int from, int to) {
        int i = from;
        while (i < to) {
            if (CharacterClass.of(text[i]) < CharacterClass.STOP) {
                i++;
            } else if (isMark(i, to)) {
                Run run = run(from, i, to);
                if (endsAfter(run)) {
                    return run.end;
                }
                i = run.end;
            } else {
                i += CharacterClass.width(text, i, to);
            }
        }
        return to;
    }

    /**
     * Marks and what closes the sentence with them.
     *
     * @param from where the sentence began
     * @param begin the first mark
     * @param end where the last has ended, and the brackets, quotation marks and notes after it
     * @param to where the text has ended
     */
    private record Run(int from, int begin, int end, int to) {}

    private boolean isMark(int at, int to) {
        int found = CharacterClass.at(text, at, to);
        return found == CharacterClass.SEMICOLON
                ? isGreekQuestion(at, to)
                : found >= CharacterClass.STOP && found < CharacterClass.SEMICOLON;
    }

    private boolean isGreekQuestion(int at, int to) {
        if (at == 0 || !isGreek(text[at - 1])) {
            return false;
        }
        int next = firstLetter(at + 1, to);
        return next < 0 || isGreek(text[next]) || CharacterClass.of(text[next]) == CharacterClass.DIGIT;
    }

    private static boolean isGreek(char unit) {
        return (unit >= 0x370 && unit <= 0x3FF && unit != 0x37E) || (unit >= 0x1F00 && unit <= 0x1FFF);
    }

    private Run run(int from, int begin, int to) {
        int end = begin + CharacterClass.width(text, begin, to);
        for (int next = closing(from, end, to); next > end; next = closing(from, end, to)) {
            end = next;
        }
        return new Run(from, begin, end, to);
    }

    /** The index after one more thing that belongs to the end of the sentence; {@code at} if there is none. */
    private int closing(int from, int at, int to) {
        if (at == to) {
            return at;
        }
        return switch (CharacterClass.at(text, at, to)) {
            case CharacterClass.STOP,
                    CharacterClass.TERMINAL,
                    CharacterClass.ELLIPSIS,
                    CharacterClass.EXTEND,
                    CharacterClass.CLOSE -> at + CharacterClass.width(text, at, to);
            case CharacterClass.QUOTE -> isClosingQuote(at, to) ? at + 1 : at;
            case CharacterClass.OPEN -> afterNote(at, to);
            case CharacterClass.OTHER -> isSuperscript(text[at]) ? at + 1 : at;
            case CharacterClass.SPACE, CharacterClass.BREAK -> afterSpacedClosing(from, at, to);
            default -> at;
        };
    }

    /** A quotation mark right after a stop closes, unless a word begins with it; one of typewriters closes before a capital too. */
    private boolean isClosingQuote(int at, int to) {
        int next = at + 1 == to ? CharacterClass.SPACE : CharacterClass.of(text[at + 1]);
        return (!CharacterClass.isLetterOrDigit(next) && next != CharacterClass.OPEN)
                || (text[at] == '"' && next == CharacterClass.UPPER);
    }

    private int afterNote(int at, int to) {
        int limit = Math.min(to, at + LONGEST_NOTE);
        for (int i = at + 1; i < limit; i++) {
            int found = CharacterClass.of(text[i]);
            if (found == CharacterClass.CLOSE) {
                return i > at + 1 ? i + 1 : at;
            }
            if (found != CharacterClass.DIGIT && found != CharacterClass.CONTINUE && found != CharacterClass.SPACE) {
                return at;
            }
        }
        return at;
    }

    private static boolean isSuperscript(char unit) {
        return unit == 0xB9 || unit == 0xB2 || unit == 0xB3 || (unit >= 0x2070 && unit <= 0x2079);
    }

    /** French and tokenised texts have white space before what closes. */
    private int afterSpacedClosing(int from, int at, int to) {
        int mark = afterSpace(at, to);
        if (mark == to) {
            return at;
        }
        int found = CharacterClass.of(text[mark]);
        boolean isBeforeWord = mark + 1 < to && CharacterClass.isLetterOrDigit(CharacterClass.of(text[mark + 1]));
        if (isBeforeWord) {
            return at;
        }
        boolean closes = found == CharacterClass.CLOSE || (text[mark] == '"' && isQuotationOpen(from, at));
        return closes ? mark + 1 : at;
    }

    private boolean isQuotationOpen(int from, int at) {
        boolean open = false;
        for (int i = Math.max(from, at - LONGEST_QUOTATION); i < at; i++) {
            open ^= text[i] == '"';
        }
        return open;
    }

    private boolean endsAfter(Run run) {
        int next = afterSpace(run.end, run.to);
        if (next == run.to) {
            return true;
        }
        int found = CharacterClass.at(text, next, run.to);
        if (next == run.end) {
            return endsUnspaced(run, found);
        }
        if (found == CharacterClass.STOP || found == CharacterClass.TERMINAL || found == CharacterClass.ELLIPSIS) {
            return false;
        }
        if (found == CharacterClass.SEMICOLON || (found == CharacterClass.CONTINUE && !isDash(text[next]))) {
            return false;
        }
        int word = firstLetter(next, run.to);
        return word < 0 || endsBefore(run, word);
    }

    private static boolean isDash(char unit) {
        return unit == '-' || unit == 0x2013 || unit == 0x2014;
    }

    private boolean endsBefore(Run run, int word) {
        int stop = lastStop(run);
        boolean small = casing == Casing.MIXED && fullStop.isSmall(word, run.to);
        if (stop < 0) {
            return !small || isForeign(run);
        }
        if (!isEllipsis(run)) {
            return fullStop.ends(run.from, stop, word, run.to);
        }
        int found = CharacterClass.at(text, word, run.to);
        boolean attached = run.begin > run.from && !CharacterClass.isSpace(CharacterClass.of(text[run.begin - 1]));
        return switch (found) {
            case CharacterClass.LOWER -> !small && attached && casing != Casing.CAPITALS;
            case CharacterClass.DIGIT -> false;
            default -> true;
        };
    }

    /** The last full stop or ellipsis of a run; -1 if it has another mark, which leaves no doubt. */
    private int lastStop(Run run) {
        int stop = -1;
        for (int i = run.begin; i < run.end; i += CharacterClass.width(text, i, run.end)) {
            int found = CharacterClass.at(text, i, run.end);
            if (found == CharacterClass.TERMINAL || found == CharacterClass.SEMICOLON) {
                return -1;
            }
            stop = found == CharacterClass.STOP || found == CharacterClass.ELLIPSIS ? i : stop;
        }
        return stop;
    }

    private boolean isEllipsis(Run run) {
        return CharacterClass.of(text[run.begin]) == CharacterClass.ELLIPSIS
                || (run.begin + 1 < run.end && CharacterClass.of(text[run.begin + 1]) == CharacterClass.STOP);
    }

    /** Whether a mark is of a script that has no case. */
    private boolean isForeign(Run run) {
        char mark = text[run.begin];
        return mark > 0x7F && mark != 0x37E;
    }

    /** Without white space only the marks of scripts that do without end a sentence, and a closing quotation mark before a capital. */
    private boolean endsUnspaced(Run run, int next) {
        char last = text[run.end - 1];
        int lastClass = CharacterClass.of(last);
        boolean quoted = lastClass == CharacterClass.CLOSE || lastClass == CharacterClass.QUOTE;
        int stop = lastStop(run);
        if (stop < 0 && isForeign(run)) {
            // What is said, and the particle of Japanese that says that it was said, are one sentence.
            return next != CharacterClass.CONTINUE && !(quoted && text[run.end] == 'と');
        }
        if (next == CharacterClass.IDEOGRAPH) {
            return stop < 0 || (!isEllipsis(run) && isAfterIdeograph(run));
        }
        return next == CharacterClass.UPPER && last == '"';
    }

    private boolean isAfterIdeograph(Run run) {
        return run.begin > run.from && CharacterClass.of(text[run.begin - 1]) == CharacterClass.IDEOGRAPH;
    }

    private int firstLetter(int from, int to) {
        int limit = Math.min(to, from + LONGEST_OPENING);
        for (int i = from; i < limit; i++) {
            if (CharacterClass.isLetterOrDigit(CharacterClass.at(text, i, to))) {
                return i;
            }
        }
        return -1;
    }

    private int afterSpace(int from, int to) {
        int i = from;
        while (i < to && CharacterClass.isSpace(CharacterClass.of(text[i]))) {
            i++;
        }
        return i;
    }
}
