package dev.stillhouse.reports.record;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What curation did: {@code read = kept + removed + rejected}.
 *
 * @param read rows read from the corpus
 * @param kept documents that stay, those set aside for evaluation included
 * @param evaluation documents to evaluate on
 * @param evaluationIsCut whether they were cut from the corpus rather than read from sources of their own
 * @param removedByReason removed documents, most frequent reason first
 * @param rejectedByReason rows that are no documents, most frequent reason first
 * @param sources counts by source
 * @param labels kept documents by gold label, most frequent first; {@code (none)} for those without
 * @param rules the rules with their thresholds
 * @param examples removed documents to look at
 * @param lengths characters of the kept documents' normalised texts
 */
public record CurateFigures(
        long read,
        long kept,
        long evaluation,
        boolean evaluationIsCut,
        Map<String, Long> removedByReason,
        Map<String, Long> rejectedByReason,
        List<SourceCounts> sources,
        Map<String, Long> labels,
        List<Rule> rules,
        List<Example> examples,
        Histogram lengths) {

    /** The same figures with so many examples of each reason at most. */
    public CurateFigures withExamples(int most) {
        Map<String, Integer> taken = new HashMap<>();
        List<Example> few = examples.stream()
                .filter(example -> taken.merge(example.reason(), 1, Integer::sum) <= most)
                .toList();
        return new CurateFigures(
                read,
                kept,
                evaluation,
                evaluationIsCut,
                removedByReason,
                rejectedByReason,
                sources,
                labels,
                rules,
                few,
                lengths);
    }

    /** Counts of one source of the corpus. */
    public record SourceCounts(String source, long read, long kept, long removed, long rejected) {}

    /**
     * A rule of curation.
     *
     * @param reason the reason it gives
     * @param condition what must hold, with operator and threshold
     * @param removed how many documents it removed
     */
    public record Rule(String reason, String condition, long removed) {}

    /**
     * A removed document.
     *
     * @param excerpt the start of its text, cut after some 200 characters
     * @param keptId the document that stays in its place
     */
    public record Example(
            String reason,
            String source,
            String id,
            String excerpt,
            String rule,
            Optional<Double> value,
            Optional<String> keptSource,
            Optional<String> keptId) {}
}
