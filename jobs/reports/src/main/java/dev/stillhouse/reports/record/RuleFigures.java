package dev.stillhouse.reports.record;

/**
 * A rule of curation and what it met.
 *
 * @param reason reason of the documents that it removes
 * @param name what it is called among the rules that a document fails
 * @param condition when a document fails, with operator and threshold
 * @param denominator what the measured value is divided by; empty where it is not
 * @param tokenizer whose words the rule counts; empty where it counts none
 * @param source where rule and threshold come from
 * @param drops whether it removes, else it annotates
 * @param failed documents that fail it, whether or not another rule came first
 * @param removed what it removed: documents for which it was the first that drops
 */
public record RuleFigures(
        String reason,
        String name,
        String condition,
        String denominator,
        String tokenizer,
        String source,
        boolean drops,
        long failed,
        Volume removed) {}
