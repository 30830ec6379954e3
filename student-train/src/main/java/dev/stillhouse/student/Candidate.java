package dev.stillhouse.student;

import dev.stillhouse.udfs.student.StudentModel;
import java.util.List;

/**
 * A trained student of n-grams and vectors.
 *
 * @param kind its kind
 * @param int8 the compressed student
 * @param fp32 the uncompressed one
 * @param select how the compressed one does on the select part
 * @param variants all variants of the kind that were tried, the chosen one among them
 */
public record Candidate(
        StudentConfig.Kind kind, StudentModel int8, StudentModel fp32, SelectFigures select, List<Variant> variants)
        implements Contender {
    public Candidate {
        variants = List.copyOf(variants);
    }

    /** The same student, calibrated and judged by gold that nobody had seen. */
    Candidate crossFitted(StudentModel newInt8, StudentModel newFp32, SelectFigures newSelect) {
        return new Candidate(kind, newInt8, newFp32, newSelect, variants);
    }

    @Override
    public Edition compressed() {
        return new Edition.Ngrams(int8);
    }

    @Override
    public Edition uncompressed() {
        return new Edition.Ngrams(fp32);
    }

    /**
     * A variant that was tried.
     *
     * @param kind of which kind
     * @param features n-grams and vectors of its vocabulary; of an encoder the length of a vector
     * @param epochs passes until the select part was fitted best; of an encoder, whose head is not trained in passes, 0
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
