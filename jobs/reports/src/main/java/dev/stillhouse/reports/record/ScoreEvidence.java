package dev.stillhouse.reports.record;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What there is to see of scores beside their figures.
 *
 * @param drift how documents differ from those that the student was chosen on; absent where the model does not tell those, or nothing was scored
 * @param labelsBySource documents by source and label, the most frequent first; empty of scores
 * @param before the run that was served before; absent where there was none, or it has no labels
 * @param examples some documents
 */
public record ScoreEvidence(
        Optional<DriftFigures> drift,
        Map<String, Map<String, Long>> labelsBySource,
        Optional<Before> before,
        List<Example> examples) {
    /** Nothing. */
    public static final ScoreEvidence NONE = new ScoreEvidence(Optional.empty(), Map.of(), Optional.empty(), List.of());

    public ScoreEvidence {
        examples = List.copyOf(examples);
    }

    /** The same with so many examples of each confidence at most; none shows text where it is 0. */
    public ScoreEvidence withExamples(int most) {
        Map<String, Integer> taken = new HashMap<>();
        List<Example> few = examples.stream()
                .filter(example -> taken.merge(example.confidence(), 1, Integer::sum) <= most)
                .toList();
        return new ScoreEvidence(drift, labelsBySource, before, few);
    }

    /**
     * The run that was served before.
     *
     * @param run its id
     * @param model run id of its student
     * @param documents how many it scored
     * @param byLabel documents by label
     */
    public record Before(String run, String model, long documents, Map<String, Long> byLabel) {}

    /**
     * A document.
     *
     * @param confidence low, middle or high
     * @param value probability of its label, margin of several, or the score
     * @param labels its labels; empty of scores
     * @param excerpt the beginning of its text
     */
    public record Example(
            String confidence, String source, String id, double value, List<String> labels, String excerpt) {
        public Example {
            labels = List.copyOf(labels);
        }
    }
}
