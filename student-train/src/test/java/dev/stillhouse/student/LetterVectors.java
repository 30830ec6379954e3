package dev.stillhouse.student;

import java.util.List;

/** Vectors that say which letters a word has. */
final class LetterVectors implements VectorSource {
    private final List<String> words;

    /**
     * @param words of the source's own
     */
    LetterVectors(String... words) {
        this.words = List.of(words);
    }

    @Override
    public List<String> words() {
        return words;
    }

    @Override
    public float[][] vectors(List<String> asked) {
        float[][] vectors = new float[asked.size()][26];
        for (int i = 0; i < vectors.length; i++) {
            for (char letter : asked.get(i).toCharArray()) {
                vectors[i][letter - 'a'] += 1f / asked.get(i).length();
            }
        }
        return vectors;
    }
}
