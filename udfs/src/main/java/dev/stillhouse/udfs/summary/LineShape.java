package dev.stillhouse.udfs.summary;

/**
 * What the characters of one line say about it.
 *
 * @param text of which it is a line
 * @param begin its first character, which is not white space
 * @param end where it has ended
 */
record LineShape(char[] text, int begin, int end) {
    private static final int MOST_HASHES = 6;
    private static final int SHORTEST_RULE = 3;
    private static final int MOST_WORDS_OF_CELLS = 10;
    /** Digits of the number of an item: longer ones are years. */
    private static final int LONGEST_NUMBER = 3;

    private static final int LONGEST_ROMAN = 5;
    /** Braces and semicolons of a line of code, and characters to one of them. */
    private static final int FEWEST_BRACES = 3;

    private static final int CHARACTERS_A_BRACE = 16;
    /** Hyphen, asterisk, plus, and characters of the name "bullet"; the middle dot. */
    private static final String BULLETS = "-*+•◦‣▪●⁃·–";

    boolean isFence() {
        return startsWith("```") || startsWith("~~~");
    }

    boolean isRule() {
        for (int i = begin; i < end; i++) {
            if (text[i] != text[begin]) {
                return false;
            }
        }
        return end - begin >= SHORTEST_RULE && (text[begin] == '=' || text[begin] == '-');
    }

    boolean isMarkdownHeading() {
        int hashes = begin;
        while (hashes < end && text[hashes] == '#') {
            hashes++;
        }
        return hashes > begin && hashes - begin <= MOST_HASHES && isSpace(hashes);
    }

    /** Whether a line with one tab is a row of two cells: short, and no sentence. */
    boolean isCells(int words) {
        return words <= MOST_WORDS_OF_CELLS && !endsInMark();
    }

    /** Whether a line looks like code: it ends with a brace, or with a semicolon behind an assignment or a call, or has many of them. */
    boolean isCode(int braces) {
        if (braces == 0) {
            return false;
        }
        char last = text[end - 1];
        if (last == '{' || last == '}') {
            return true;
        }
        return (last == ';' && isStatement())
                || (braces >= FEWEST_BRACES && braces * CHARACTERS_A_BRACE >= end - begin);
    }

    private boolean isStatement() {
        boolean call = false;
        for (int i = begin; i < end; i++) {
            call |= text[i] == '(' && i > begin && CharacterClass.isLetterOrDigit(CharacterClass.of(text[i - 1]));
            if (text[i] == '=' || text[i] == '{') {
                return true;
            }
        }
        return call && end - begin > 1 && text[end - 2] == ')';
    }

    /** Characters of the bullet or number that makes the line an item, 0 if it has none. White space and more follow it. */
    int itemMarker() {
        if (BULLETS.indexOf(text[begin]) >= 0) {
            return isSpace(begin + 1) ? 1 : 0;
        }
        int open = text[begin] == '(' ? begin + 1 : begin;
        int close = afterNumber(open);
        boolean isClosed = close > open
                && close < end
                && (text[close] == ')' || (text[close] == '.' && open == begin && isDigit(close - 1)));
        return isClosed && isSpace(close + 1) ? close + 1 - begin : 0;
    }

    /** Where a number, a letter or a Roman number of small letters has ended. */
    private int afterNumber(int from) {
        int i = from;
        while (i < end && i - from <= LONGEST_NUMBER && isDigit(i)) {
            i++;
        }
        if (i > from) {
            return i - from <= LONGEST_NUMBER ? i : from;
        }
        while (i < end && i - from <= LONGEST_ROMAN && "ivx".indexOf(text[i]) >= 0) {
            i++;
        }
        if (i > from) {
            return i - from <= LONGEST_ROMAN ? i : from;
        }
        return i < end && CharacterClass.isLetter(CharacterClass.of(text[i])) ? i + 1 : i;
    }

    /** Whether the line begins with the number of a section of two or more parts, as "2.1 Methods". */
    boolean isNumberedSection() {
        int i = begin;
        int dots = 0;
        while (i < end && (isDigit(i) || (text[i] == '.' && i > begin))) {
            dots += text[i] == '.' && i + 1 < end && isDigit(i + 1) ? 1 : 0;
            i++;
        }
        return dots > 0
                && isDigit(begin)
                && isSpace(i)
                && i + 1 < end
                && CharacterClass.of(text[i + 1]) == CharacterClass.UPPER;
    }

    /** Whether the line has two capital letters at least and no other letters. */
    boolean isCapitals() {
        int capitals = 0;
        for (int i = begin; i < end; i++) {
            int found = CharacterClass.of(text[i]);
            capitals += found == CharacterClass.UPPER ? 1 : 0;
            if (found != CharacterClass.UPPER && CharacterClass.isLetter(found)) {
                return false;
            }
        }
        return capitals >= 2;
    }

    /** Whether the line ends as sentences do, quotation marks and brackets apart. */
    boolean endsInMark() {
        int last = lastClass();
        return last >= CharacterClass.STOP && last <= CharacterClass.ELLIPSIS;
    }

    /** Whether the line ends as parts of sentences do: with a comma, a dash or a semicolon, but not a colon. */
    boolean endsInPause() {
        int last = lastClass();
        return last == CharacterClass.SEMICOLON || (last == CharacterClass.CONTINUE && text[end - 1] != ':');
    }

    private int lastClass() {
        int i = end - 1;
        while (i > begin && isClosing(CharacterClass.of(text[i]))) {
            i--;
        }
        return CharacterClass.of(text[i]);
    }

    private static boolean isClosing(int found) {
        return found == CharacterClass.CLOSE || found == CharacterClass.QUOTE || found == CharacterClass.EXTEND;
    }

    /** The class of the first letter or digit, {@link CharacterClass#OTHER} if there is none. */
    int firstClass() {
        for (int i = begin; i < end; i++) {
            int found = CharacterClass.at(text, i, end);
            if (CharacterClass.isLetterOrDigit(found)) {
                return found;
            }
        }
        return CharacterClass.OTHER;
    }

    private boolean startsWith(String mark) {
        for (int i = 0; i < mark.length(); i++) {
            if (begin + i >= end || text[begin + i] != mark.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private boolean isDigit(int at) {
        return CharacterClass.of(text[at]) == CharacterClass.DIGIT;
    }

    private boolean isSpace(int at) {
        return at < end && CharacterClass.of(text[at]) == CharacterClass.SPACE;
    }
}
