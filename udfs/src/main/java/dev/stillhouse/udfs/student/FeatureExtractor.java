package dev.stillhouse.udfs.student;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The n-grams of a text as strings, as {@link FeatureSpec} defines them: for building vocabularies and counting. The {@link StudentKernel} finds the same n-grams without
 * making strings. Immutable and safe for use by several threads.
 */
public final class FeatureExtractor {
    private final FeatureSpec spec;

    public FeatureExtractor(FeatureSpec spec) {
        this.spec = spec;
    }

    /**
     * The word n-grams of a text, folded, one call for each occurrence, by first word and then by length.
     *
     * @param text any string; an empty one has none
     */
    public void words(String text, Consumer<String> ngram) {
        List<String> words = split(text);
        for (int first = 0; first < words.size(); first++) {
            int end = Math.min(words.size(), first + spec.maxWordNgram());
            for (int last = first + 1; last <= end; last++) {
                ngram.accept(last == first + 1 ? words.get(first) : String.join(" ", words.subList(first, last)));
            }
        }
    }

    /**
     * The character n-grams of a text, folded, one call for each occurrence, by word, first character and then by length; none where the specification has none.
     *
     * @param text any string; an empty one has none
     */
    public void characters(String text, Consumer<String> ngram) {
        if (!spec.hasCharacters()) {
            return;
        }
        for (String word : split(text)) {
            for (int first = 0; first < word.length(); first++) {
                int end = Math.min(word.length(), first + spec.maxCharacterNgram());
                for (int last = first + spec.minCharacterNgram(); last <= end; last++) {
                    ngram.accept(word.substring(first, last));
                }
            }
        }
    }

    /** The folded words of a text, in order. Every character of a word is one UTF-16 unit, because code points beyond U+FFFF separate words. */
    private static List<String> split(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char folded = fold(text.charAt(i));
            if (isWord(folded)) {
                word.append(folded);
            } else if (!word.isEmpty()) {
                words.add(word.toString());
                word.setLength(0);
            }
        }
        if (!word.isEmpty()) {
            words.add(word.toString());
        }
        return words;
    }

    /** Whether a folded UTF-16 unit belongs to a word. Surrogates do not, paired or not. */
    static boolean isWord(char folded) {
        return (folded >= 'a' && folded <= 'z')
                || (folded >= '0' && folded <= '9')
                || (folded >= 0x80 && !Character.isSurrogate(folded));
    }

    private static char fold(char unit) {
        return unit >= 'A' && unit <= 'Z' ? (char) (unit + ('a' - 'A')) : unit;
    }
}
