package dev.stillhouse.scoring;

import dev.stillhouse.udfs.Decision;
import dev.stillhouse.udfs.Link;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import scala.collection.immutable.ArraySeq;

/**
 * From a model's outputs to what is said of a document. Immutable, serialisable.
 *
 * @param decision how outputs are read
 * @param labels of the outputs, in their order
 */
public record Verdict(Decision decision, List<String> labels) implements Serializable {
    private static final long serialVersionUID = 1L;

    public Verdict {
        labels = List.copyOf(labels);
    }

    /**
     * The values of {@link dev.stillhouse.datasets.schema.Scores#outputs}, in its order.
     *
     * @param outputs {@code float[labels]}
     */
    public List<Object> of(float[] outputs) {
        return of(outputs, outputs);
    }

    /**
     * As {@link #of(float[])}, with other probabilities in place of the outputs.
     *
     * @param stated probabilities, such as the outputs in the order of another model's labels
     */
    public List<Object> of(float[] outputs, float[] stated) {
        Link link = decision.link();
        float[] limits = decision.limits(labels);
        return switch (link) {
            case SOFTMAX -> {
                int first = Link.first(outputs);
                yield List.of(labels.get(first), outputs[first], link.margin(outputs, limits), sequence(stated));
            }
            case LOGISTIC ->
                List.of(
                        Arrays.stream(link.decide(outputs, limits))
                                .mapToObj(labels::get)
                                .toArray(String[]::new),
                        sequence(stated),
                        link.margin(outputs, limits));
            case IDENTITY -> List.of(outputs[0]);
        };
    }

    /** Equal for equal values, which arrays are not. */
    private static Object sequence(float[] values) {
        return ArraySeq.unsafeWrapArray(values);
    }
}
