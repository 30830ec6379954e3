package dev.stillhouse.udfs.summary;

import dev.stillhouse.udfs.student.FoldedText;
import dev.stillhouse.udfs.student.NgramTable;
import dev.stillhouse.udfs.text.SpacedText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The words of a document's sentences, as numbers from 0 in the order in which they first stand in it: how often each does, and in how many sentences. Words are those of {@link dev.stillhouse.udfs.student.FeatureSpec}, and each letter of a script without spaces;
 * two words are the same where 64 bits of hash are. Beside it what the cues of a model say of each sentence. Buffers are filled again and again; for one thread at a time.
 */
final class DocumentWords {
    private static final int FIRST_SLOTS = 1 << 12;
    /** More are not kept for the next document, so that one huge document does not cost time and memory for good. */
    private static final int LARGEST_KEPT_SLOTS = 1 << 17;

    private static final int FIRST_TOKENS = 1 << 13;

    private final FoldedText folded = new FoldedText();
    private final Cues cues;
    private final WordVectors vectors;

    private long[] keys = new long[FIRST_SLOTS];
    private int[] slots = new int[FIRST_SLOTS];
    private int words;
    private int[] counts = new int[FIRST_SLOTS / 2];
    private int[] spreads = new int[FIRST_SLOTS / 2];
    private int[] lastSentence = new int[FIRST_SLOTS / 2];
    private int[] firstToken = new int[FIRST_SLOTS / 2];
    private int[] rows = new int[FIRST_SLOTS / 2];
    private int[] vectorRows = new int[FIRST_SLOTS / 2];

    private int[] tokens = new int[FIRST_TOKENS];
    private int[] starts = new int[256];
    private double[] evidence = new double[256];
    private int size;

    /**
     * @param cues n-grams that say something of a sentence
     * @param vectors of words
     */
    DocumentWords(Cues cues, WordVectors vectors) {
        this.cues = cues;
        this.vectors = vectors;
    }

    /** Takes in a document, which counts until the next. */
    void read(String text, Sentences sentences) {
        clear();
        size = sentences.size();
        if (starts.length <= size) {
            starts = new int[size + 1];
            evidence = new double[size + 1];
        }
        starts[0] = 0;
        for (int i = 0; i < size; i++) {
            starts[i + 1] = starts[i];
            evidence[i] = read(text, sentences.begin(i), sentences.end(i), i);
        }
    }

    private void clear() {
        words = 0;
        if (slots.length > LARGEST_KEPT_SLOTS) {
            keys = new long[FIRST_SLOTS];
            slots = new int[FIRST_SLOTS];
            resize(FIRST_SLOTS / 2);
            tokens = new int[FIRST_TOKENS];
        } else {
            Arrays.fill(slots, 0);
        }
    }

    private void resize(int most) {
        counts = Arrays.copyOf(counts, most);
        spreads = Arrays.copyOf(spreads, most);
        lastSentence = Arrays.copyOf(lastSentence, most);
        firstToken = Arrays.copyOf(firstToken, most);
        rows = Arrays.copyOf(rows, most);
        vectorRows = Arrays.copyOf(vectorRows, most);
    }

    /** Sentences of the document. */
    int size() {
        return size;
    }

    /** Where the tokens of a sentence begin; those of the last end at {@code start(size())}. */
    int start(int sentence) {
        return starts[sentence];
    }

    /** The word at a place. */
    int word(int token) {
        return tokens[token];
    }

    /** Distinct words. */
    int distinct() {
        return words;
    }

    /** How often a word stands in the document. */
    int count(int word) {
        return counts[word];
    }

    /** In how many sentences a word stands. */
    int spread(int word) {
        return spreads[word];
    }

    /** The row of a word among the cues, or {@link NgramTable#ABSENT}. */
    int row(int word) {
        return rows[word];
    }

    /** The row of a word among the vectors, or {@link NgramTable#ABSENT}. */
    int vectorRow(int word) {
        return vectorRows[word];
    }

    /** The place where a word first stands. */
    int firstToken(int word) {
        return firstToken[word];
    }

    /** What the cues say of a sentence: the sum of the weights of its hits over the root of their number. */
    double evidence(int sentence) {
        return evidence[sentence];
    }

    private double read(String text, int begin, int end, int sentence) {
        fold(text, begin, end);
        byte[] bytes = folded.bytes();
        int length = folded.length();
        double sum = 0;
        int hits = 0;
        int before = -1;
        int start = 0;
        long hash = 0;
        long pair = 0;
        for (int i = 0; i <= length; i++) {
            if (i < length && bytes[i] != ' ') {
                hash = hash * NgramTable.MULTIPLIER + bytes[i];
                pair = pair * NgramTable.MULTIPLIER + bytes[i];
                continue;
            }
            if (i == start) {
                continue;
            }
            int row = rows[token(start, i, hash, sentence)];
            if (row != NgramTable.ABSENT) {
                sum += cues.weight(row);
                hits++;
            }
            int both = before < 0 ? NgramTable.ABSENT : cues.find(bytes, before, i, pair);
            if (both != NgramTable.ABSENT) {
                sum += cues.weight(both);
                hits++;
            }
            before = start;
            pair = hash * NgramTable.MULTIPLIER + ' ';
            start = i + 1;
            hash = 0;
        }
        return sum / Math.sqrt(Math.max(hits, 1));
    }

    private void fold(String text, int begin, int end) {
        if (SpacedText.isUnspaced(text, begin, end)) {
            String part = SpacedText.of(text.substring(begin, end));
            folded.load(part, 0, part.length());
        } else {
            folded.load(text, begin, end);
        }
    }

    /** Adds the word {@code bytes[start, end)} of the folded sentence; its number. */
    private int token(int start, int end, long hash, int sentence) {
        long key = NgramTable.mix(hash + (end - start));
        int mask = slots.length - 1;
        int slot = (int) key & mask;
        while (slots[slot] != 0 && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        int word = slots[slot] - 1;
        if (word < 0) {
            word = add(key, slot);
            firstToken[word] = starts[sentence + 1];
            rows[word] = cues.find(folded.bytes(), start, end, hash);
            vectorRows[word] = vectors.find(folded.bytes(), start, end, hash);
        }
        counts[word]++;
        if (lastSentence[word] != sentence) {
            lastSentence[word] = sentence;
            spreads[word]++;
        }
        int at = starts[sentence + 1]++;
        if (at == tokens.length) {
            tokens = Arrays.copyOf(tokens, 2 * at);
        }
        tokens[at] = word;
        return word;
    }

    private int add(long key, int slot) {
        int word = words++;
        keys[slot] = key;
        slots[slot] = word + 1;
        counts[word] = 0;
        spreads[word] = 0;
        lastSentence[word] = -1;
        if (2 * words >= slots.length) {
            grow();
        }
        return word;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldSlots = slots;
        keys = new long[2 * oldKeys.length];
        slots = new int[keys.length];
        for (int i = 0; i < oldSlots.length; i++) {
            if (oldSlots[i] != 0) {
                int slot = (int) oldKeys[i] & (slots.length - 1);
                while (slots[slot] != 0) {
                    slot = (slot + 1) & (slots.length - 1);
                }
                keys[slot] = oldKeys[i];
                slots[slot] = oldSlots[i];
            }
        }
        resize(slots.length / 2);
    }

    /** A word as it stands in a folded sentence, by its place there. */
    String string(String text, int begin, int end, int place) {
        fold(text, begin, end);
        String all = new String(folded.bytes(), 0, folded.length(), StandardCharsets.UTF_8);
        return all.split(" ")[place];
    }
}
