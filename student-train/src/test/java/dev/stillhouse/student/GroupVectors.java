package dev.stillhouse.student;

import java.util.List;

/**
 * Vectors of four groups of words, told by a word's length and last letter, with a little of the word's own.
 *
 * @param words of the source's own
 */
record GroupVectors(List<String> words) implements VectorSource {
    static final int GROUPS = 4;

    private static final int OWN = 4;

    /** The group of a word. */
    static int group(String word) {
        return Math.floorMod(word.length() + word.charAt(word.length() - 1), GROUPS);
    }

    @Override
    public float[][] vectors(List<String> asked) {
        float[][] vectors = new float[asked.size()][GROUPS + OWN];
        for (int i = 0; i < vectors.length; i++) {
            String word = asked.get(i);
            vectors[i][group(word)] = 1;
            vectors[i][GROUPS + Math.floorMod(word.hashCode(), OWN)] = 0.2f;
        }
        return vectors;
    }
}
