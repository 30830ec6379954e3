package dev.stillhouse.udfs;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a model's outputs are read: its link, and from where on an output counts. Immutable, safe for use by several threads, serialisable.
 *
 * @param link from logits to outputs
 * @param thresholds for {@link Link#LOGISTIC} by label, where a label without one has {@link #MIDDLE}; for {@link Link#IDENTITY} the task's named values, from which on a score is called by that name; empty for {@link Link#SOFTMAX}
 * @param map what becomes of the link's probabilities, which for {@link Link#SOFTMAX} are normalised again; {@link ProbabilityMap#NONE} for {@link Link#IDENTITY}
 */
public record Decision(Link link, Map<String, Float> thresholds, ProbabilityMap map) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Threshold of a probability of which nothing better is known. */
    public static final float MIDDLE = 0.5f;

    public Decision {
        thresholds = Map.copyOf(thresholds);
        if (link == Link.SOFTMAX && !thresholds.isEmpty()) {
            throw new IllegalArgumentException("Invalid thresholds: " + new TreeMap<>(thresholds)
                    + " (must be none where the most probable label counts)");
        }
        if (link == Link.IDENTITY && !map.isNone()) {
            throw new IllegalArgumentException("Invalid probability map: " + map + " (must be none for a score)");
        }
        thresholds.forEach((name, threshold) -> {
            if (!Float.isFinite(threshold)) {
                throw new IllegalArgumentException(
                        "Invalid threshold: " + threshold + " of " + name + " (must be finite)");
            }
        });
    }

    /** Without a map. */
    public Decision(Link link, Map<String, Float> thresholds) {
        this(link, thresholds, ProbabilityMap.NONE);
    }

    /** Turns logits into outputs in place. */
    public void apply(double[] logits, double temperature) {
        link.apply(logits, temperature);
        map.apply(logits, link == Link.SOFTMAX);
    }

    /** Without thresholds. */
    public static Decision by(Link link) {
        return new Decision(link, Map.of());
    }

    /** The thresholds of labels in their order, {@code float[labels]}. */
    public float[] limits(List<String> labels) {
        float[] limits = new float[labels.size()];
        for (int label = 0; label < limits.length; label++) {
            limits[label] = thresholds.getOrDefault(labels.get(label), MIDDLE);
        }
        return limits;
    }
}
