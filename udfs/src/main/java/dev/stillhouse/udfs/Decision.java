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
 */
public record Decision(Link link, Map<String, Float> thresholds) implements Serializable {
    /** Threshold of a probability of which nothing better is known. */
    public static final float MIDDLE = 0.5f;

    public Decision {
        thresholds = Map.copyOf(thresholds);
        if (link == Link.SOFTMAX && !thresholds.isEmpty()) {
            throw new IllegalArgumentException("Invalid thresholds: " + new TreeMap<>(thresholds)
                    + " (must be none where the most probable label counts)");
        }
        thresholds.forEach((name, threshold) -> {
            if (!Float.isFinite(threshold)) {
                throw new IllegalArgumentException(
                        "Invalid threshold: " + threshold + " of " + name + " (must be finite)");
            }
        });
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
