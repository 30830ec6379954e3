package dev.stillhouse.student;

import dev.stillhouse.udfs.student.StudentModel;
import java.util.List;

/**
 * A trained student that may be published.
 *
 * @param kind its kind
 * @param int8 the compressed student
 * @param fp32 the uncompressed one
 * @param select how the compressed one does on the select part
 * @param variants all variants of the kind that were tried, the chosen one among them
 */
public record Candidate(
        StudentConfig.Kind kind, StudentModel int8, StudentModel fp32, SelectFigures select, List<Variant> variants) {
    public Candidate {
        variants = List.copyOf(variants);
    }

    /** The variant that the student is of. */
    public Variant variant() {
        return variants.stream().filter(Variant::chosen).findFirst().orElseThrow();
    }

    /**
     * A variant that was tried.
     *
     * @param kind of which kind
     * @param features n-grams and vectors of its vocabulary
     * @param epochs passes until the select part was fitted best
     * @param selectLoss mean soft cross-entropy on the select part, in nats
     * @param selectAgreement share of its rows with the target's most probable label
     * @param chosen whether it is the best of its kind
     */
    public record Variant(
            StudentConfig.Kind kind,
            String name,
            int features,
            int epochs,
            double selectLoss,
            double selectAgreement,
            boolean chosen) {}
}
