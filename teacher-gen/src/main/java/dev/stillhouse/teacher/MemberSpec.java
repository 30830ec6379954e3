package dev.stillhouse.teacher;

import dev.stillhouse.teacher.outputs.OutputSource;
import java.util.List;

/**
 * A member of a teacher before it has seen gold.
 *
 * @param kind its kind in task files
 * @param weight its weight among members, greater than 0
 * @param selection how gold rows choose among candidates
 * @param candidates ways to ask for its outputs, at least one
 */
public record MemberSpec(String kind, double weight, Selection selection, List<Candidate> candidates) {
    public MemberSpec {
        candidates = List.copyOf(candidates);
    }

    /** How gold rows choose. */
    public enum Selection {
        /** The one whose calibrated probabilities for the gold labels have the least loss. */
        LEAST_LOSS,

        /** The fastest of those that find the labels that the first finds. */
        FASTEST_ALIKE
    }

    /**
     * A way to ask for outputs, such as a prompt.
     *
     * @param choice what it is, for people; empty where there is one alone
     * @param precision numeric precision of its model, as in task files; empty where none is run here
     * @param source what gives the outputs
     * @param fitting how they come to a head
     */
    public record Candidate(String choice, String precision, OutputSource source, HeadFitting fitting) {}
}
