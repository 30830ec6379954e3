package dev.stillhouse.udfs.student;

import dev.stillhouse.udfs.Decision;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The student as one fused loop: text in, probabilities or a score out, as {@link StudentModel} defines them. Folding, cutting, hashing, lookup and summing make no objects for tokens.
 *
 * <p>Safe for use by several threads, each of which keeps a buffer of its own. Not serialisable: executors make it from the published file.
 */
public final class StudentKernel implements Student {
    private final StudentModel model;
    private final NgramTable words;
    private final CharacterTable characters;
    private final NgramTable vectors;
    private final ThreadLocal<Scratch> scratch;

    /**
     * Makes the lookup tables.
     *
     * @throws IllegalArgumentException where an entry of a vocabulary stands in it twice or can never occur ({@link Vocabularies#check})
     */
    public StudentKernel(StudentModel model) {
        Vocabularies.check(model);
        this.model = model;
        this.words = new NgramTable(model.words().keys());
        this.characters =
                new CharacterTable(model.characters().keys(), model.features().minCharacterNgram());
        this.vectors = new NgramTable(model.vectors().entries().keys());
        WeightRows wordRows = new WeightRows(model.words().weights());
        WeightRows characterRows = new WeightRows(model.characters().weights());
        WeightRows vectorRows = new WeightRows(model.vectors().entries().weights());
        int labels = model.labels().size();
        Projection projection = new Projection(model.vectors().projection(), labels);
        ProjectedRows projected = new ProjectedRows(
                model.vectors().entries().weights(), model.vectors().projection(), labels);
        this.scratch = ThreadLocal.withInitial(() -> new Scratch(
                new FoldedText(),
                new double[labels],
                new BlockSums(wordRows),
                new BlockSums(characterRows),
                new VectorSums(vectorRows, projected, projection)));
    }

    /** The model that this kernel runs. */
    public StudentModel model() {
        return model;
    }

    @Override
    public List<String> labels() {
        return model.labels();
    }

    @Override
    public Decision decision() {
        return model.decision();
    }

    @Override
    public float temperature() {
        return model.temperature();
    }

    @Override
    public long parameters() {
        return model.parameters();
    }

    @Override
    public Map<String, String> provenance() {
        return model.metadata();
    }

    @Override
    public float[][] probabilities(List<String> texts) {
        float[][] probabilities = new float[texts.size()][];
        for (int i = 0; i < probabilities.length; i++) {
            probabilities[i] = probabilities(texts.get(i));
        }
        return probabilities;
    }

    /**
     * Scores one text.
     *
     * @param text any string; surrogates separate words, paired or not
     * @return {@code float[labels]}, as the model's link makes them
     */
    public float[] probabilities(String text) {
        Scratch mine = scratch.get();
        mine.text.load(text);
        return score(mine);
    }

    /**
     * Scores one UTF-8 text.
     *
     * @param utf8 holds the text; not written to. Malformed sequences separate words
     * @param offset where the text begins
     * @param length its bytes, 0 or more
     * @return {@code float[labels]}, as the model's link makes them
     * @throws IndexOutOfBoundsException where the range is outside the array
     */
    public float[] probabilities(byte[] utf8, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, utf8.length);
        Scratch mine = scratch.get();
        mine.text.load(utf8, offset, length);
        return score(mine);
    }

    /** Whether the student has a vocabulary of words, so that {@link #unseenShare} says something. */
    public boolean hasWords() {
        return words.longest() > 0 || vectors.longest() > 0;
    }

    /**
     * The share of a UTF-8 text's words, each as often as it stands there, that the student has neither weights nor a vector of: of these it knows at most n-grams of characters.
     *
     * @param utf8 holds the text; not written to. Malformed sequences separate words
     * @return 0 to 1; 1 for a text without words, of which the student knows nothing
     */
    public float unseenShare(byte[] utf8) {
        FoldedText text = scratch.get().text;
        text.load(utf8, 0, utf8.length);
        byte[] bytes = text.bytes();
        int length = text.length();
        int total = 0;
        int unseen = 0;
        int start = 0;
        long hash = 0;
        for (int i = 0; i <= length && length > 0; i++) {
            if (i < length && bytes[i] != ' ') {
                hash = hash * NgramTable.MULTIPLIER + bytes[i];
                continue;
            }
            total++;
            unseen += knows(words, bytes, start, i, hash) || knows(vectors, bytes, start, i, hash) ? 0 : 1;
            start = i + 1;
            hash = 0;
        }
        return total == 0 ? 1 : (float) unseen / total;
    }

    private static boolean knows(NgramTable table, byte[] bytes, int start, int end, long hash) {
        return end - start <= table.longest() && table.find(bytes, start, end, hash) != NgramTable.ABSENT;
    }

    private float[] score(Scratch mine) {
        for (int label = 0; label < mine.logits.length; label++) {
            mine.logits[label] = model.bias()[label];
        }
        if (words.longest() > 0) {
            mine.words.clear();
            addWords(mine.text, mine.words);
            mine.words.addTo(mine.logits);
        }
        if (characters.longest() > 0) {
            mine.characters.clear();
            addCharacters(mine.text, mine.characters);
            mine.characters.addTo(mine.logits);
        }
        if (vectors.longest() > 0) {
            mine.vectors.clear();
            addVectors(mine.text, mine.vectors);
            mine.vectors.addTo(mine.logits);
        }
        return outputs(mine.logits);
    }

    /** One pass with the hashes of the last one, two and three words rolled along. */
    private void addWords(FoldedText text, BlockSums sums) {
        byte[] bytes = text.bytes();
        int length = text.length();
        int order = model.features().maxWordNgram();
        int start1 = 0;
        int start2 = -1;
        int start3 = -1;
        long hash1 = 0;
        long hash2 = 0;
        long hash3 = 0;
        for (int i = 0; i < length; i++) {
            byte value = bytes[i];
            boolean space = value == ' ';
            if (space) {
                addWord(bytes, start1, i, hash1, sums);
                addWord(bytes, start2, i, hash2, sums);
                addWord(bytes, start3, i, hash3, sums);
                start3 = order >= 3 ? start2 : -1;
                start2 = order >= 2 ? start1 : -1;
                start1 = i + 1;
                hash3 = hash2;
                hash2 = hash1;
                hash1 = 0;
            } else {
                hash1 = hash1 * NgramTable.MULTIPLIER + value;
            }
            hash2 = hash2 * NgramTable.MULTIPLIER + value;
            hash3 = hash3 * NgramTable.MULTIPLIER + value;
        }
        if (length > 0) {
            addWord(bytes, start1, length, hash1, sums);
            addWord(bytes, start2, length, hash2, sums);
            addWord(bytes, start3, length, hash3, sums);
        }
    }

    private void addWord(byte[] bytes, int start, int end, long hash, BlockSums sums) {
        if (start < 0 || end - start > words.longest()) {
            return;
        }
        int row = words.find(bytes, start, end, hash);
        if (row != NgramTable.ABSENT) {
            sums.add(row);
        }
    }

    private void addVectors(FoldedText text, VectorSums sums) {
        byte[] bytes = text.bytes();
        int length = text.length();
        int start = 0;
        long hash = 0;
        for (int i = 0; i <= length; i++) {
            if (i < length && bytes[i] != ' ') {
                hash = hash * NgramTable.MULTIPLIER + bytes[i];
                continue;
            }
            int row = i - start > vectors.longest() ? NgramTable.ABSENT : vectors.find(bytes, start, i, hash);
            if (row != NgramTable.ABSENT) {
                sums.add(row);
            }
            start = i + 1;
            hash = 0;
        }
    }

    private void addCharacters(FoldedText text, BlockSums sums) {
        byte[] bytes = text.bytes();
        int length = text.length();
        for (int start = 0; start < length; start++) {
            if (bytes[start] != ' ' && !FoldedText.isContinuation(bytes[start])) {
                addCharactersFrom(text, start, sums);
            }
        }
    }

    /** The character n-grams that begin at {@code start} and end in the same word. */
    private void addCharactersFrom(FoldedText text, int start, BlockSums sums) {
        byte[] bytes = text.bytes();
        int most = Math.min(text.length(), start + characters.longest());
        int shortest = model.features().minCharacterNgram();
        int longest = model.features().maxCharacterNgram();
        long packed = 0;
        int count = 0;
        for (int i = start; i < most && bytes[i] != ' '; i++) {
            packed = (packed << Byte.SIZE) | (bytes[i] & 0xFF);
            if (i + 1 < text.length() && FoldedText.isContinuation(bytes[i + 1])) {
                continue;
            }
            count++;
            if (count > longest) {
                return;
            }
            if (count >= shortest) {
                boolean isShort = i < start + CharacterTable.PACKED_BYTES;
                int row = isShort ? characters.find(packed) : characters.findLonger(bytes, start, i + 1);
                if (row >= 0) {
                    sums.add(row);
                } else if (isShort && row == CharacterTable.NONE) {
                    return;
                }
            }
        }
    }

    private float[] outputs(double[] logits) {
        model.decision().apply(logits, model.temperature());
        float[] outputs = new float[logits.length];
        for (int label = 0; label < logits.length; label++) {
            outputs[label] = (float) logits[label];
        }
        return outputs;
    }

    /** What one thread needs while it scores a text. */
    private record Scratch(
            FoldedText text, double[] logits, BlockSums words, BlockSums characters, VectorSums vectors) {}
}
