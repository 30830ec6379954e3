package dev.stillhouse.udfs.summary;

import dev.stillhouse.udfs.summary.Lines.Shape;
import java.util.Arrays;

/** Finds the lines of one text in one pass, and what each looks like by itself. For one text and one thread. */
final class LineReader {
    /** Characters to a Han or kana word, about. */
    private static final int IDEOGRAPHS_A_WORD = 2;

    private static final char PARAGRAPH_SEPARATOR = 0x2029;

    private final char[] text;
    private final Lines lines = new Lines();
    private final int[] counts = new int[CharacterClass.COUNT];
    private int tabs;
    private int newTabs;
    private int pipes;
    private int braces;
    private int words;
    private int begin = -1;
    private int end;
    private boolean gap = true;

    private int allWords;
    private int titles;
    private int capitals;
    private int smalls;

    private LineReader(char[] text) {
        this.text = text;
    }

    static Lines read(char[] text) {
        LineReader reader = new LineReader(text);
        reader.readAll();
        return reader.lines;
    }

    private void readAll() {
        for (int i = 0; i < text.length; i++) {
            int found = CharacterClass.of(text[i]);
            if (found == CharacterClass.BREAK) {
                endLine(i);
            } else if (found == CharacterClass.SPACE) {
                newTabs += text[i] == '\t' ? 1 : 0;
            } else {
                character(i, found);
            }
        }
        endLine(text.length);
        lines.casing(Casing.of(allWords, titles, capitals, smalls));
        closeFences();
    }

    private void character(int at, int basic) {
        int found = basic == CharacterClass.SURROGATE ? CharacterClass.at(text, at, text.length) : basic;
        counts[found]++;
        if (begin < 0) {
            begin = at;
            end = at;
            newTabs = 0;
        }
        tabs += newTabs;
        newTabs = 0;
        if (end < at || begin == at) {
            words++;
            titles += isTitle(at, found) ? 1 : 0;
        }
        end = at + 1;
        if (found == CharacterClass.OTHER
                || found == CharacterClass.OPEN
                || found == CharacterClass.CLOSE
                || found == CharacterClass.SEMICOLON) {
            pipes += text[at] == '|' ? 1 : 0;
            braces += text[at] == '{' || text[at] == '}' || text[at] == ';' ? 1 : 0;
        }
    }

    private boolean isTitle(int at, int found) {
        return found == CharacterClass.UPPER
                && at + 1 < text.length
                && CharacterClass.of(text[at + 1]) == CharacterClass.LOWER;
    }

    private void endLine(int at) {
        if (begin < 0) {
            // Line feed after carriage return is one break, and no blank line.
            gap |= at == text.length || text[at] != '\n' || at == 0 || text[at - 1] != '\r';
            return;
        }
        int wordCount = words + counts[CharacterClass.IDEOGRAPH] / IDEOGRAPHS_A_WORD;
        lines.add(begin, end, wordCount, gap);
        lines.reshape(lines.size() - 1, shape(wordCount));
        allWords += words;
        capitals += counts[CharacterClass.UPPER];
        smalls += counts[CharacterClass.LOWER];
        Arrays.fill(counts, 0);
        tabs = 0;
        pipes = 0;
        braces = 0;
        words = 0;
        begin = -1;
        gap = at < text.length && text[at] == PARAGRAPH_SEPARATOR;
    }

    private Shape shape(int wordCount) {
        LineShape line = new LineShape(text, begin, end);
        int letters = counts[CharacterClass.LOWER]
                + counts[CharacterClass.UPPER]
                + counts[CharacterClass.LETTER]
                + counts[CharacterClass.IDEOGRAPH];
        if (line.isFence()) {
            return Shape.FENCE;
        }
        if (letters == 0) {
            return line.isRule() ? Shape.RULE : Shape.OTHER;
        }
        if (line.isMarkdownHeading()) {
            return Shape.HEADING;
        }
        if (line.itemMarker() > 0) {
            return Shape.ITEM;
        }
        boolean isFigures = counts[CharacterClass.DIGIT] > letters && wordCount >= 3;
        boolean isTable = pipes >= 2 || tabs >= 2 || (tabs == 1 && line.isCells(wordCount));
        return isFigures || isTable || line.isCode(braces) ? Shape.OTHER : Shape.TEXT;
    }

    /** A fence opens a block only if another closes it. */
    private void closeFences() {
        int open = -1;
        for (int line = 0; line < lines.size(); line++) {
            if (!lines.is(line, Shape.FENCE)) {
                continue;
            }
            if (open < 0) {
                open = line;
                continue;
            }
            for (int inside = open; inside <= line; inside++) {
                lines.reshape(inside, Shape.OTHER);
            }
            open = -1;
        }
        if (open >= 0) {
            lines.reshape(open, Shape.OTHER);
        }
    }
}
