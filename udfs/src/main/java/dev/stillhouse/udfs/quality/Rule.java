package dev.stillhouse.udfs.quality;

import java.util.Locale;

/**
 * A rule over one signal.
 *
 * @param reason why a document that fails it is removed, in snake case
 * @param signal what is measured
 * @param comparison how the value compares with the threshold where the rule fails
 * @param threshold the threshold
 */
public record Rule(String reason, Signal signal, Comparison comparison, double threshold) {

    /** Whether a text fails the rule. An undefined value (NaN) fails none. */
    public boolean fails(double value) {
        return comparison == Comparison.BELOW ? value < threshold : value > threshold;
    }

    /** When the rule fails, as Spark SQL over the signals, such as {@code mean_word_length < 3}. */
    public String condition() {
        String number = threshold == Math.rint(threshold)
                ? Long.toString((long) threshold)
                : String.format(Locale.ROOT, "%s", threshold);
        return signal.column() + (comparison == Comparison.BELOW ? " < " : " > ") + number;
    }

    /** How a value compares with a threshold, strictly. */
    public enum Comparison {
        BELOW,
        ABOVE
    }
}
