package dev.stillhouse.udfs.student;

import java.nio.charset.StandardCharsets;

/**
 * The n-grams of a text, those that {@link FeatureExtractor} gives as strings and in its order, as stretches of its folded UTF-8 bytes, each with the hash that {@link NgramTable} wants. One buffer that is filled again and again; not safe for use by several threads.
 */
public final class NgramScan {
    private final FeatureSpec spec;
    private final FoldedText text = new FoldedText();

    public NgramScan(FeatureSpec spec) {
        this.spec = spec;
    }

    /** Takes in a text, whose n-grams are given until the next. */
    public NgramScan read(String document) {
        text.load(document);
        return this;
    }

    /** The folded text; stretches of it are n-grams. Valid until the next text, not to be written to. */
    public byte[] bytes() {
        return text.bytes();
    }

    /** A stretch of the folded text as a string. */
    public String string(int start, int end) {
        return new String(text.bytes(), start, end - start, StandardCharsets.UTF_8);
    }

    /** Word n-grams, one call for each occurrence. */
    public void words(Visitor visitor) {
        int start = 0;
        while (start < text.length()) {
            start = wordsFrom(start, visitor);
        }
    }

    /** The n-grams that begin with a word; where the next word begins. */
    private int wordsFrom(int start, Visitor visitor) {
        byte[] bytes = text.bytes();
        int length = text.length();
        int next = length;
        int words = 0;
        long hash = 0;
        for (int i = start; i <= length; i++) {
            if (i == length || bytes[i] == ' ') {
                words++;
                next = words == 1 ? i + 1 : next;
                visitor.ngram(start, i, hash, words);
                if (words == spec.maxWordNgram()) {
                    return next;
                }
            }
            hash = i == length ? hash : hash * NgramTable.MULTIPLIER + bytes[i];
        }
        return next;
    }

    /** Character n-grams, one call for each occurrence; none where the specification has none. */
    public void characters(Visitor visitor) {
        if (!spec.hasCharacters()) {
            return;
        }
        byte[] bytes = text.bytes();
        for (int start = 0; start < text.length(); start++) {
            if (bytes[start] != ' ' && !FoldedText.isContinuation(bytes[start])) {
                charactersFrom(start, visitor);
            }
        }
    }

    private void charactersFrom(int start, Visitor visitor) {
        byte[] bytes = text.bytes();
        int length = text.length();
        long hash = 0;
        int count = 0;
        for (int i = start; i < length && bytes[i] != ' ' && count < spec.maxCharacterNgram(); i++) {
            hash = hash * NgramTable.MULTIPLIER + bytes[i];
            boolean isEnd = i + 1 == length || !FoldedText.isContinuation(bytes[i + 1]);
            count += isEnd ? 1 : 0;
            if (isEnd && count >= spec.minCharacterNgram()) {
                visitor.ngram(start, i + 1, hash, count);
            }
        }
    }

    /** Is told of n-grams. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * An n-gram.
         *
         * @param start where it begins in {@link NgramScan#bytes()}
         * @param end where it has ended
         * @param hash of its bytes, unmixed
         * @param size its words, or its characters
         */
        void ngram(int start, int end, long hash, int size);
    }
}
