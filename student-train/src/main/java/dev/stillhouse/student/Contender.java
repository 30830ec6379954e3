package dev.stillhouse.student;

import java.util.List;

/** A trained student that may be published, whatever its kind. */
public sealed interface Contender permits Candidate, EncoderCandidate {

    /** Its kind. */
    StudentConfig.Kind kind();

    /** How the compressed student does on the select part. */
    SelectFigures select();

    /** All variants that were tried for it, the chosen one among them. */
    List<Candidate.Variant> variants();

    /** The compressed student, which is published. */
    Edition compressed();

    /** The uncompressed student. */
    Edition uncompressed();

    /** The variant that the student is of. */
    default Candidate.Variant variant() {
        return variants().stream().filter(Candidate.Variant::chosen).findFirst().orElseThrow();
    }
}
