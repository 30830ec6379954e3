package dev.stillhouse.reports.record;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What was summarised: documents and rejects together are every input row once.
 *
 * @param documents documents that got a summary
 * @param empty those of them with no sentence that fits the budget
 * @param sentences chosen ones
 * @param words of all summaries
 * @param documentWords of all documents
 * @param truncated documents of which only the beginning was read
 * @param reused documents whose summary is of an earlier run
 * @param bySource documents by source
 * @param rejectedByReason rows that are no documents
 * @param budget of a summary, in words
 * @param model run id of the student
 * @param stageDocsPerSecond documents a second of the stage's wall time, without those of an earlier run
 * @param groups digests that were made
 * @param groupBy what documents are grouped by; empty without digests
 * @param examples some summaries
 * @param digests some digests
 * @param byRoute documents by who decided
 * @param route what a cascade promised and did; absent without one
 */
public record SummarizeFigures(
        long documents,
        long empty,
        long sentences,
        long words,
        long documentWords,
        long truncated,
        long reused,
        Map<String, Long> bySource,
        Map<String, Long> rejectedByReason,
        String budget,
        String model,
        double stageDocsPerSecond,
        long groups,
        List<String> groupBy,
        List<Example> examples,
        List<Digest> digests,
        Map<String, Long> byRoute,
        Optional<ScoreFigures.Route> route) {
    public SummarizeFigures {
        // Records of the first runs do not say it.
        byRoute = Objects.requireNonNullElse(byRoute, Map.of());
        route = Objects.requireNonNullElse(route, Optional.empty());
        groupBy = List.copyOf(groupBy);
        examples = List.copyOf(examples);
        digests = List.copyOf(digests);
    }

    /** The same with so many examples and digests at most. */
    public SummarizeFigures withExamples(int most) {
        return with(
                stageDocsPerSecond,
                examples.subList(0, Math.min(most, examples.size())),
                digests.subList(0, Math.min(most, digests.size())));
    }

    /** The same of a stage that took so many times as long, since it went on after its documents were summarised. */
    public SummarizeFigures takingLonger(double times) {
        return with(stageDocsPerSecond / times, examples, digests);
    }

    private SummarizeFigures with(double docsPerSecond, List<Example> someExamples, List<Digest> someDigests) {
        return new SummarizeFigures(
                documents,
                empty,
                sentences,
                words,
                documentWords,
                truncated,
                reused,
                bySource,
                rejectedByReason,
                budget,
                model,
                docsPerSecond,
                groups,
                groupBy,
                someExamples,
                someDigests,
                byRoute,
                route);
    }

    /** A summary, with the beginning of what stands around it. */
    public record Example(String source, String id, String headline, List<String> keywords, List<Piece> pieces) {
        public Example {
            keywords = List.copyOf(keywords);
            pieces = List.copyOf(pieces);
        }
    }

    /** A part of a document: a chosen sentence, or what stands between two. */
    public record Piece(String text, boolean chosen) {}

    /** A digest: the values of its group, and its sentences. */
    public record Digest(List<String> group, long documents, List<Sentence> sentences) {
        public Digest {
            sentences = List.copyOf(sentences);
        }
    }

    /** A sentence of a digest, and where it comes from. */
    public record Sentence(String text, String source, String id, long saidBy) {}
}
