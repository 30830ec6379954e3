package dev.stillhouse.udfs.summary;

import dev.stillhouse.udfs.text.SpacedText;
import java.io.Serializable;
import java.util.Locale;

/**
 * How long a summary may be; it is never longer.
 *
 * @param unit what is counted
 * @param amount how many, at least 1; of {@link Unit#SHARE} greater than 0 and at most 1
 */
public record Budget(Unit unit, double amount) implements Serializable {
    private static final long serialVersionUID = 1L;

    public Budget {
        boolean valid = unit == Unit.SHARE ? amount > 0 && amount <= 1 : amount >= 1 && amount == Math.rint(amount);
        if (!valid) {
            throw new IllegalArgumentException("Invalid budget: " + amount + " "
                    + unit.name().toLowerCase(Locale.ROOT) + " (must be "
                    + (unit == Unit.SHARE ? "greater than 0 and at most 1" : "a whole number, at least 1") + ")");
        }
    }

    /** What of a summary is counted. */
    public enum Unit {
        SENTENCES,
        /** What stands between white space; each letter of a script without spaces is a word of its own. */
        WORDS,
        /** Unicode code points of the summary, the line breaks between its sentences among them. */
        CHARACTERS,
        /** Words of the summary over words of the document's sentences. */
        SHARE
    }

    /** What all sentences of a summary may cost together. */
    public long limit(int[] costs) {
        return switch (unit) {
            case SENTENCES, WORDS -> (long) amount;
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

    /** Amount and unit, such as {@code 200.0 words}: equal for equal budgets alone. */
    public String key() {
        return amount + " " + unit.name().toLowerCase(Locale.ROOT);
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
        };
    }
}
