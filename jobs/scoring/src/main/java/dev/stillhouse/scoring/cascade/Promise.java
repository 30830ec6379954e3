package dev.stillhouse.scoring.cascade;

/**
 * What a cascade promises: of the documents, each answered by the student or by its teacher, at least that share has the teacher's label; or that recall, or precision, of a label's documents.
 *
 * @param agreement the share, above 0 and below 1
 * @param confidence with which it holds, above 0 and below 1
 */
public record Promise(double agreement, double confidence) {
    public Promise {
        if (!(agreement > 0 && agreement < 1 && confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("Invalid promise: agreement " + agreement + " at confidence "
                    + confidence + " (must both be between 0 and 1)");
        }
    }

    /** The least sample with which it can be kept by any student: one without a disagreement. */
    public long leastSample() {
        return Bounds.leastSample(1 - agreement, confidence);
    }

    /** Whether a sample with so many that are wrong shows it. */
    boolean isKept(long wrong, long sample) {
        return sample > 0 && Bounds.rate(wrong, sample, confidence) <= 1 - agreement;
    }
}
