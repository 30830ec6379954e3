package dev.stillhouse.udfs.onnx;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.stillhouse.udfs.text.SpacedText;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts the tokens that a catalogue model's tokenizer makes of texts, without special ones and whatever their length. One for each model in a JVM, loaded by the first that asks and never closed. Safe for use by several threads.
 *
 * <p>The catalogue's tokenizers are BERT's WordPiece (Devlin et al. 2019): they part a text at white space first, and all that they do to a word, from the removal of accents to {@code [UNK]} for what is longer than 100 characters, depends on that word alone. So the tokens of a text are those of its words together, the tokens of texts that are joined by white space are those of the texts together, and the count of a word can be kept.
 */
public final class TokenCounter {
    /** Counts of words that are kept, some 25 MB; where there are more all are forgotten, so that those of another language find room. */
    private static final int MOST_WORDS = 1 << 18;

    /** What is longer hardly comes again. */
    private static final int LONGEST_KEPT = 32;

    private static final Map<CatalogueModel, TokenCounter> COUNTERS = new ConcurrentHashMap<>();

    private final HuggingFaceTokenizer tokenizer;
    private final Map<String, Integer> words = new ConcurrentHashMap<>();

    private TokenCounter(HuggingFaceTokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /**
     * The counter of this JVM.
     *
     * @param model a name of the {@link CatalogueModel catalogue}
     * @throws IllegalArgumentException if the catalogue has no such name
     * @throws dev.stillhouse.udfs.errors.DataException if the model's jar is not on the class path
     */
    public static TokenCounter of(String model) {
        CatalogueModel known = CatalogueModel.of(model)
                .orElseThrow(() -> new IllegalArgumentException("Invalid tokenizer: " + model + " (must be one of "
                        + String.join(", ", CatalogueModel.keys()) + ")"));
        return COUNTERS.computeIfAbsent(
                known, missing -> new TokenCounter(Tokenizer.whole(missing.key(), missing.tokenizer())));
    }

    /**
     * Tokens of a part of a text with a space in the place of white space, as {@link SpacedText#isSpace} knows it; 0 where it is empty. An unpaired surrogate is counted as U+FFFD.
     *
     * @param begin first UTF-16 unit
     * @param end unit after the last
     */
    public int count(String text, int begin, int end) {
        int tokens = 0;
        int word = begin;
        for (int i = begin; i <= end; i++) {
            if (i == end || SpacedText.isSpace(text.charAt(i))) {
                tokens += word < i ? ofWord(text.substring(word, i)) : 0;
                word = i + 1;
            }
        }
        return tokens;
    }

    private int ofWord(String word) {
        Integer known = words.get(word);
        if (known != null) {
            return known;
        }
        int tokens = tokenizer.encode(Tokenizer.wellFormed(word), false, false).getIds().length;
        if (word.length() <= LONGEST_KEPT) {
            if (words.size() >= MOST_WORDS) {
                words.clear();
            }
            words.put(word, tokens);
        }
        return tokens;
    }
}
