package dev.stillhouse.udfs.summary;

import dev.stillhouse.udfs.summary.Lines.Shape;
import dev.stillhouse.udfs.summary.Sentences.Kind;

/**
 * Splits a text into sentences, headings, items of lists and lines that are not language. One pass over lines, one over sentences; time and memory grow with the length of the text, whatever is in it. Has no state: one serves any number of threads.
 *
 * <p>Sentences end by the rules of Unicode Standard Annex 29 (SB6 to SB11), over the classes that ICU4J has for every script, but:
 *
 * <ul>
 *   <li>a full stop behind an abbreviation, an initial, an ordinal number or the number of a section does not end one, by one list for some thirty languages ({@code abbreviations.txt});
 *   <li>where a text has no capital letters to speak of, a lower-case letter begins a sentence as well; elsewhere none does, not even behind a question mark;
 *   <li>an ellipsis is a full stop, a semicolon between Greek words a question mark;
 *   <li>closing brackets and quotation marks and notes such as "[12]" belong to the sentence before, also behind a space where the language has it;
 *   <li>without white space only marks of scripts that do without end a sentence, so that addresses, file names and decimal numbers are whole;
 *   <li>a line break ends one or is a space as {@link Layout} finds for the text; a blank line, and any line that is no running text, always ends one;
 *   <li>a sentence longer than {@value #LONGEST} UTF-16 units is cut at its last white space before that, or between two code points.
 * </ul>
 *
 * <p>A paragraph begins after a blank line, with a heading and after it, and where running text, a list and other lines meet.
 *
 * <p>Not ICU's sentence iterator: it ends a sentence at every line break and at no full stop before a lower-case letter, so each of its ends would have to be judged again and those that it leaves out be looked for besides. It is fast enough: on one core of a virtual machine it reads about 265 MB/s of 26 kB articles of
 * PubMed (lower case, a sentence a line) and 295 MB/s of 1 kB speeches of Europarl in 21 languages. This splitter, lines and rules included, reads about 145 and 195 MB/s (0.2 ms an article). The tests hold the scan against the iterator. Thai, Lao and Khmer seldom mark the ends of sentences, for either: a paragraph of
 * theirs is one sentence, cut where it is too long.
 */
public final class SentenceSplitter {
    /** UTF-16 units of the longest sentence. */
    public static final int LONGEST = 4000;

    /**
     * The sentences of a text; none for a text of nothing but white space. Unpaired surrogates and control characters are characters like others.
     *
     * @throws NullPointerException for null
     */
    public Sentences split(String text) {
        return new Split(text).run();
    }

    /** One text's way through the splitter. */
    private static final class Split {
        private final char[] text;
        private final Lines lines;
        private final Layout layout;
        private final SentenceScan scan;
        private final Sentences.Builder sentences;
        private int paragraph;

        Split(String document) {
            text = document.toCharArray();
            lines = LineReader.read(text);
            layout = new Layout(text, lines);
            scan = new SentenceScan(text, lines.casing());
            sentences = new Sentences.Builder(document);
        }

        Sentences run() {
            Items.settle(lines, layout);
            Headings.mark(lines, layout);
            int previous = -1;
            for (int line = 0; line < lines.size(); ) {
                int last = line;
                while (layout.continues(last)) {
                    last++;
                }
                paragraph += previous >= 0 && beginsParagraph(previous, line) ? 1 : 0;
                block(line, lines.end(last));
                previous = line;
                line = last + 1;
            }
            return sentences.build();
        }

        private boolean beginsParagraph(int previous, int line) {
            return lines.gapBefore(line) || lines.is(line, Shape.HEADING) || kind(previous) != kind(line);
        }

        private Kind kind(int line) {
            return switch (lines.shape(line)) {
                case TEXT -> Kind.SENTENCE;
                case ITEM -> Kind.LIST_ITEM;
                case HEADING -> Kind.HEADING;
                case OTHER, RULE, FENCE -> Kind.OTHER;
            };
        }

        /** A line, or several that are one text. */
        private void block(int line, int to) {
            Kind kind = kind(line);
            int from = lines.begin(line);
            if (kind == Kind.HEADING || kind == Kind.OTHER) {
                pieces(from, to, kind);
                return;
            }
            while (from < to) {
                int end = scan.end(from, to);
                pieces(from, end, hasLetter(from, end) ? kind : Kind.OTHER);
                from = afterSpace(end, to);
            }
        }

        private boolean hasLetter(int from, int to) {
            for (int i = from; i < to; i++) {
                if (CharacterClass.isLetter(CharacterClass.at(text, i, to))) {
                    return true;
                }
            }
            return false;
        }

        /** A sentence, in pieces if it is too long. */
        private void pieces(int from, int to, Kind kind) {
            int begin = from;
            while (to - begin > LONGEST) {
                int cut = lastSpace(begin + 1, begin + LONGEST);
                if (cut < 0) {
                    cut = begin + LONGEST;
                    cut -= CharacterClass.width(text, cut - 1, to) - 1;
                }
                sentences.add(begin, beforeSpace(cut), paragraph, kind);
                begin = afterSpace(cut, to);
            }
            sentences.add(begin, to, paragraph, kind);
        }

        private int lastSpace(int from, int to) {
            for (int i = to; i >= from; i--) {
                if (isSpace(i)) {
                    return i;
                }
            }
            return -1;
        }

        private int beforeSpace(int end) {
            int i = end;
            while (isSpace(i - 1)) {
                i--;
            }
            return i;
        }

        private int afterSpace(int from, int to) {
            int i = from;
            while (i < to && isSpace(i)) {
                i++;
            }
            return i;
        }

        private boolean isSpace(int at) {
            return CharacterClass.isSpace(CharacterClass.of(text[at]));
        }
    }
}
