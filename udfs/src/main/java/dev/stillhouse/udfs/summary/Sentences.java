package dev.stillhouse.udfs.summary;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The sentences of one text, in its order, as parallel arrays. Immutable by agreement: nothing writes to it once it was given out, so any number of threads may read it. Not serialisable. It holds on to the text.
 *
 * <p>Offsets are UTF-16 units of the text. A sentence is not empty, has no white space at either end and begins and ends between code points; sentences ascend and do not overlap, and every character that is not white space is inside one. Every method but {@link #size()} throws
 * {@link IndexOutOfBoundsException} for an index below 0 or not below {@link #size()}.
 */
public final class Sentences {
    /** What a sentence is part of. */
    public enum Kind {
        /** Running text. */
        SENTENCE,
        HEADING,
        /** Any sentence of an item of a list; that which begins the item has its bullet or number. */
        LIST_ITEM,
        /** A row of a table, a line of code, a separator: whatever has no letters or is not language. */
        OTHER
    }

    private final String text;
    private final int[] begin;
    private final int[] end;
    private final int[] paragraph;
    private final Kind[] kind;

    private Sentences(Builder builder) {
        text = builder.text;
        begin = Arrays.copyOf(builder.begin, builder.size);
        end = Arrays.copyOf(builder.end, builder.size);
        paragraph = Arrays.copyOf(builder.paragraph, builder.size);
        kind = Arrays.copyOf(builder.kind, builder.size);
    }

    /** How many there are; 0 for a text of nothing but white space. */
    public int size() {
        return begin.length;
    }

    /** Where a sentence begins. */
    public int begin(int index) {
        return begin[index];
    }

    /** Where a sentence has ended: the index after its last character. */
    public int end(int index) {
        return end[index];
    }

    /** The number of its paragraph, from 0, ascending by at most one from a sentence to the next. */
    public int paragraph(int index) {
        return paragraph[index];
    }

    public Kind kind(int index) {
        return kind[index];
    }

    /** The characters of a sentence as they stand in the text; a sentence of hard-wrapped lines has their line breaks. */
    public String text(int index) {
        return text.substring(begin[index], end[index]);
    }

    /** {@link #text} of every sentence, in their order. */
    public List<String> texts() {
        return IntStream.range(0, size()).mapToObj(this::text).toList();
    }

    /** Collects sentences; for one thread. */
    static final class Builder {
        private static final int FIRST_SENTENCES = 64;

        private final String text;
        private int size;
        private int[] begin = new int[FIRST_SENTENCES];
        private int[] end = new int[FIRST_SENTENCES];
        private int[] paragraph = new int[FIRST_SENTENCES];
        private Kind[] kind = new Kind[FIRST_SENTENCES];

        Builder(String text) {
            this.text = text;
        }

        void add(int from, int to, int number, Kind what) {
            if (size == begin.length) {
                begin = Arrays.copyOf(begin, 2 * size);
                end = Arrays.copyOf(end, 2 * size);
                paragraph = Arrays.copyOf(paragraph, 2 * size);
                kind = Arrays.copyOf(kind, 2 * size);
            }
            begin[size] = from;
            end[size] = to;
            paragraph[size] = number;
            kind[size] = what;
            size++;
        }

        Sentences build() {
            return new Sentences(this);
        }
    }
}
