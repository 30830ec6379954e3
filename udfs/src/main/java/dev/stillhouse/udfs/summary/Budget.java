package dev.stillhouse.udfs.summary;

import dev.stillhouse.udfs.onnx.CatalogueModel;
import dev.stillhouse.udfs.onnx.TokenCounter;
import dev.stillhouse.udfs.text.SpacedText;
import java.io.Serializable;
import java.util.Locale;

/**
 * How long a summary may be; it is never longer.
 *
 * @param unit what is counted
 * @param amount how many, from 1 to 2^31 - 1; of {@link Unit#SHARE} greater than 0 and at most 1
 * @param tokenizer whose tokens, a name of the {@link CatalogueModel catalogue}; empty but for {@link Unit#TOKENS}
 */
public record Budget(Unit unit, double amount, String tokenizer) implements Serializable {
    private static final long serialVersionUID = 1L;

    public Budget {
        boolean valid = unit == Unit.SHARE
                ? amount > 0 && amount <= 1
                : amount >= 1 && amount <= Integer.MAX_VALUE && amount == Math.rint(amount);
        if (!valid) {
            throw new IllegalArgumentException("Invalid budget: " + amount + " " + unit.plural() + " (must be "
                    + (unit == Unit.SHARE
                            ? "greater than 0 and at most 1"
                            : "a whole number, at least 1, at most " + Integer.MAX_VALUE)
                    + ")");
        }
        if (unit == Unit.TOKENS ? CatalogueModel.of(tokenizer).isEmpty() : !tokenizer.isEmpty()) {
            throw new IllegalArgumentException("Invalid tokenizer: " + (tokenizer.isEmpty() ? "none" : tokenizer)
                    + " (must be "
                    + (unit == Unit.TOKENS ? "one of " + String.join(", ", CatalogueModel.keys()) : "none")
                    + " for a budget of " + unit.plural() + ")");
        }
    }

    /** A budget in another unit than {@link Unit#TOKENS}. */
    public Budget(Unit unit, double amount) {
        this(unit, amount, "");
    }

    /** What of a summary is counted. */
    public enum Unit {
        SENTENCES,
        /** What stands between white space; each letter of a script without spaces is a word of its own. */
        WORDS,
        /** Unicode code points of the summary, the line breaks between its sentences among them. */
        CHARACTERS,
        /** Words of the summary over words of the document's sentences. */
        SHARE,
        /** What a tokenizer makes of the summary, without special tokens. */
        TOKENS;

        /** The name, such as {@code words}. */
        String plural() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What all sentences of a summary may cost together. */
    public long limit(int[] costs) {
        return switch (unit) {
            case SENTENCES, WORDS, TOKENS -> (long) amount;
            // The first sentence has no line break before it.
            case CHARACTERS -> (long) amount + 1;
            case SHARE -> {
                long all = 0;
                for (int cost : costs) {
                    all += cost;
                }
                // What is a whole number but for rounding stays one.
                yield (long) Math.floor(amount * all + 1e-9);
            }
        };
    }

    /** Amount and unit, such as {@code 200.0 words} or {@code 200.0 tokens of minilm}: equal for equal budgets alone. */
    public String key() {
        return amount + " " + unit.plural() + ofTokenizer();
    }

    /** For people, such as {@code 1 word}, {@code 10 % of the words} or {@code 200 tokens of minilm}. */
    public String text() {
        if (unit == Unit.SHARE) {
            return String.format(Locale.ROOT, "%.3g %% of the words", 100 * amount);
        }
        String plural = unit.plural();
        return (long) amount + " " + (amount == 1 ? plural.substring(0, plural.length() - 1) : plural) + ofTokenizer();
    }

    private String ofTokenizer() {
        return tokenizer.isEmpty() ? "" : " of " + tokenizer;
    }

    /**
     * Loads what costs are counted by into this JVM, where there is something to load; so that a driver says what is missing before it reads a document.
     *
     * @throws dev.stillhouse.udfs.errors.DataException if the jar with the tokenizer is not on the class path
     */
    public void load() {
        if (unit == Unit.TOKENS) {
            TokenCounter.of(tokenizer);
        }
    }

    /** What each sentence costs. */
    public int[] costs(String text, Sentences sentences) {
        int[] words = new int[sentences.size()];
        for (int i = 0; i < words.length; i++) {
            words[i] = SpacedText.words(text, sentences.begin(i), sentences.end(i));
        }
        return costs(text, sentences, words);
    }

    /** What each sentence costs whose words have been counted. */
    int[] costs(String text, Sentences sentences, int[] words) {
        int[] costs = new int[words.length];
        for (int i = 0; i < costs.length; i++) {
            costs[i] = cost(text, sentences.begin(i), sentences.end(i), words[i]);
        }
        return costs;
    }

    private int cost(String text, int begin, int end, int words) {
        return switch (unit) {
            case SENTENCES -> 1;
            case WORDS, SHARE -> words;
            case CHARACTERS -> text.codePointCount(begin, end) + 1;
            // The line break before a sentence makes no token, and parts what stands on its sides.
            case TOKENS -> TokenCounter.of(tokenizer).count(text, begin, end);
        };
    }
}
