package dev.stillhouse.udfs.student;

import dev.stillhouse.udfs.Link;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The n-grams of a text that decided what a student says of it, with their exact shares. Safe for use by several threads. */
public final class DecidingNgrams {
    private final Link link;
    private final float temperature;
    private final StudentExplainer explainer;

    public DecidingNgrams(StudentModel model) {
        this.link = model.decision().link();
        this.temperature = model.temperature();
        this.explainer = new StudentExplainer(model);
    }

    /**
     * An n-gram that spoke for the first label and against the second, or the other way round where {@code added} is negative.
     *
     * @param part words, characters or vector
     * @param added what it adds to the difference of their logits, over the temperature; of labels that are decided each on its own, to the first one's logit; of a score, to the score
     */
    public record Deciding(String ngram, String part, double added) {}

    /**
     * What decided between the first two labels, for or against the first, or about the score, the weightiest first.
     *
     * @param probabilities what the student says of the text
     * @param most n-grams to name
     */
    public List<Deciding> of(String text, float[] probabilities, int most) {
        int[] order = order(probabilities);
        return explainer.explain(text).stream()
                .map(evidence -> deciding(evidence, order))
                .sorted(Comparator.comparingDouble(one -> -Math.abs(one.added())))
                .limit(most)
                .toList();
    }

    /** Indices of labels, the most probable first. */
    public static int[] order(float[] probabilities) {
        return IntStream.range(0, probabilities.length)
                .boxed()
                .sorted(Comparator.comparingDouble(label -> -probabilities[label]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private Deciding deciding(StudentExplainer.Evidence evidence, int[] order) {
        double against = link == Link.SOFTMAX ? evidence.added()[order[1]] : 0;
        double added = (evidence.added()[order[0]] - against) / temperature;
        return new Deciding(evidence.ngram(), evidence.part().name().toLowerCase(Locale.ROOT), added);
    }
}
