package dev.stillhouse.student.export;

import dev.stillhouse.udfs.student.EarlyExit;
import java.util.List;

/**
 * Heads on layers of one encoder: a text leaves at the first that is sure of it, and at the last one in any case.
 *
 * @param early where a text may leave before, the shallowest first; may be empty
 * @param layer the last, from 1
 * @param head on it
 */
public record EncoderHeads(List<Early> early, int layer, EncoderHead head) {
    public EncoderHeads {
        early = List.copyOf(early);
    }

    /** A head on one layer, at which every text leaves. */
    public static EncoderHeads of(int layer, EncoderHead head) {
        return new EncoderHeads(List.of(), layer, head);
    }

    /** The layer at which the first texts may leave. */
    int first() {
        return early.isEmpty() ? layer : early.get(0).exit().layer();
    }

    /**
     * A head at which a text may leave.
     *
     * @param exit where, and when
     * @param head calibrated on its own
     */
    public record Early(EarlyExit exit, EncoderHead head) {}
}
