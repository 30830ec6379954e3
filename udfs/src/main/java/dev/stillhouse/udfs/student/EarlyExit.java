package dev.stillhouse.udfs.student;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Where texts may leave an encoder before its last layer.
 *
 * @param layer after which, from 1
 * @param threshold a text leaves where its most probable label there has a probability above this
 * @param share of the select part that left there when the threshold was chosen
 */
public record EarlyExit(
        @JsonProperty("layer") int layer,
        @JsonProperty("threshold") float threshold,
        @JsonProperty("share") double share) {
    /** @throws IllegalArgumentException if a number is out of its range */
    public EarlyExit {
        if (layer < 1 || !(threshold >= 0 && threshold <= 1) || !(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("Invalid exit: layer " + layer + ", threshold " + threshold + ", share "
                    + share + " (must be at least 1, and 0 to 1 each)");
        }
    }
}
