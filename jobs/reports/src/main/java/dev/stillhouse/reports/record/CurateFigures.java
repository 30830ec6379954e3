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
 * @param keptVolume how much text they are
 * @param evaluation documents to evaluate on
 * @param evaluationIsCut whether they were cut from the corpus rather than read from sources of their own
 * @param removedByReason removed documents, most frequent reason first
 * @param rejectedByReason rows that are no documents, most frequent reason first
 * @param rewritten documents that stay with another text than was read
 * @param cutsWithoutKeeper repeated lines or paragraphs cut from documents that stay, although the document that was to keep them went later
 * @param sources counts by source
 * @param labels kept documents by gold label, most frequent first; {@code (none)} for those without
 * @param rules the rules in the order in which the first that drops is named
 * @param signals the signals by name
 * @param nearDuplicates near-duplicates, where they were looked for
 * @param overhits sources that a rule hits far more often than others
 * @param examples removed documents to look at, and after them documents that stay though they fail a rule, with reason {@code kept}
 * @param difference what differs from the run published before, where there is one
 */
public record CurateFigures(
        long read,
        long kept,
        Volume keptVolume,
        long evaluation,
        boolean evaluationIsCut,
        Map<String, Long> removedByReason,
        Map<String, Long> rejectedByReason,
        long rewritten,
        long cutsWithoutKeeper,
        List<SourceCounts> sources,
        Map<String, Long> labels,
        List<RuleFigures> rules,
        Map<String, SignalFigures> signals,
        Optional<NearDuplicateFigures> nearDuplicates,
        List<Overhit> overhits,
        List<Example> examples,
        Optional<RunDifference> difference) {

    /** The same figures with so many examples of each rule at most, and so many pairs of near-duplicates; none of them shows text where it is 0. */
    public CurateFigures withExamples(int most) {
        Map<String, Integer> taken = new HashMap<>();
        List<Example> few = examples.stream()
                .filter(example -> taken.merge(example.reason() + "/" + example.rule(), 1, Integer::sum) <= most)
                .toList();
        return new CurateFigures(
                read,
                kept,
                keptVolume,
                evaluation,
                evaluationIsCut,
                removedByReason,
                rejectedByReason,
                rewritten,
                cutsWithoutKeeper,
                sources,
                labels,
                rules,
                signals,
                nearDuplicates.map(near -> near.withPairs(most)),
                overhits,
                few,
                difference);
    }

    /** Counts of one source of the corpus. */
    public record SourceCounts(String source, long read, long kept, long removed, long rejected) {}

    /**
     * A document to look at.
     *
     * @param reason why it was removed, or {@link #KEPT}
     * @param before text before the span that decided, cut
     * @param span what decided, where one part of the text did; else empty
     * @param after text after it, cut
     * @param rule the rule
     * @param value what it measured
     * @param isRewritten whether the text is what repeated spans and C4's rules left, which is what was judged
     * @param key the value of the duplicate key, where the rule is that
     * @param keptId the document that stays in its place
     */
    public record Example(
            String reason,
            String source,
            String id,
            String before,
            String span,
            String after,
            String rule,
            Optional<Double> value,
            boolean isRewritten,
            Optional<String> key,
            Optional<String> keptSource,
            Optional<String> keptId) {
        /** Reason of a document that stays though it fails a rule. */
        public static final String KEPT = "kept";
    }
}
