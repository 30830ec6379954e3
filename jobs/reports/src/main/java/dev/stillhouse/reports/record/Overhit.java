package dev.stillhouse.reports.record;

/**
 * A source whose documents fail a rule far more often than the others'.
 *
 * @param source the source
 * @param rule name of the rule
 * @param failed its documents that fail
 * @param documents its documents
 * @param restShare share of the others' documents that fail
 * @param ratio its share over theirs, with a 95 % interval (Katz et al. 1978, half a document added to each count)
 */
public record Overhit(String source, String rule, long failed, long documents, double restShare, Interval ratio) {
    /** Share of its documents that fail. */
    public double share() {
        return (double) failed / documents;
    }
}
