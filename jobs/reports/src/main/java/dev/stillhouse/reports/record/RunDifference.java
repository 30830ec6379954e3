package dev.stillhouse.reports.record;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a run of curation differs from an earlier one, by (source, id).
 *
 * @param run the earlier run
 * @param keptBefore documents that it kept
 * @param added documents that only the later run read
 * @param gone documents that only the earlier run read
 * @param nowKept documents that the earlier run removed and the later one keeps, by the reason they had
 * @param nowRemoved documents that the earlier run kept and the later one removes, by the reason they have
 * @param otherReason documents that both remove, for different reasons, as {@code before → now}
 * @param changed documents that both keep, with another normalised text
 * @param configuration configuration that differs, as {@code key: before → now}
 * @param examples some of the documents whose fate differs
 */
public record RunDifference(
        String run,
        long keptBefore,
        long added,
        long gone,
        Map<String, Long> nowKept,
        Map<String, Long> nowRemoved,
        Map<String, Long> otherReason,
        long changed,
        List<String> configuration,
        List<Document> examples) {

    /**
     * A document whose fate differs.
     *
     * @param before {@code kept}, a reason, or {@code absent}
     * @param now the same
     * @param instead source and id of the document that stays in its place, in the later run or else in the earlier one
     */
    public record Document(String source, String id, String before, String now, Optional<String> instead) {}
}
