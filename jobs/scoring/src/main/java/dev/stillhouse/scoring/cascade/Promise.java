package dev.stillhouse.scoring.cascade;

/**
 * What a cascade promises: of the documents, each answered by the student or by its teacher, at least that share has the teacher's label; or that recall, or precision, of a label's documents; or that mean agreement of the summaries with the teacher's.
 *
 * @param agreement the share, or mean, above 0 and below 1
 * @param confidence with which it holds, above 0 and below 1
 * @param bound by which a sample shows it
 */
public record Promise(double agreement, double confidence, Bound bound) {
    public Promise {
        if (!(agreement > 0 && agreement < 1 && confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("Invalid promise: agreement " + agreement + " at confidence "
                    + confidence + " (must both be between 0 and 1)");
        }
    }

    /** Of a share. */
    public Promise(double agreement, double confidence) {
        this(agreement, confidence, Bound.CLOPPER_PEARSON);
    }

    /** The least sample with which it can be kept by any student: one without a disagreement. */
    public long leastSample() {
        return Bounds.leastSample(1 - agreement, confidence);
    }

    /**
     * Whether a sample shows it.
     *
     * @param lost how many are wrong, or the sum of what they lack
     */
    boolean isKept(double lost, long sample) {
        return sample > 0 && bound.risk(lost, sample, confidence) <= 1 - agreement;
    }
}
