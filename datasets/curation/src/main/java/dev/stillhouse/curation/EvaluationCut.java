package dev.stillhouse.curation;

import java.util.Optional;

/**
 * How many of the corpus' own labelled documents are cut off for evaluation.
 *
 * @param share the share of them, 0 to 1, rounded up, but never all; 0 where none are
 * @param rows how many, where the task says a number
 */
public record EvaluationCut(double share, Optional<Long> rows) {
    /** No cut: the task names sources to evaluate on. */
    public static final EvaluationCut NONE = new EvaluationCut(0, Optional.empty());

    /** A share of the documents that have a label, or of all where none has. */
    public static EvaluationCut ofShare(double share) {
        return new EvaluationCut(share, Optional.empty());
    }

    /** A number of documents. */
    public static EvaluationCut ofRows(long rows) {
        return new EvaluationCut(0, Optional.of(rows));
    }

    boolean enabled() {
        return share > 0 || rows.isPresent();
    }

    long rowsOf(long eligible) {
        return rows.orElseGet(() -> Math.max(0, Math.min((long) Math.ceil(share * eligible), eligible - 1)));
    }
}
