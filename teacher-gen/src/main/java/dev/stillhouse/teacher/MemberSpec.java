package dev.stillhouse.teacher;

import dev.stillhouse.teacher.outputs.OutputSource;
import java.util.List;

/**
 * A member of a teacher before it has seen gold.
 *
 * @param kind its kind in task files
 * @param precision numeric precision of its model, as in task files; empty where none is run here
 * @param weight its weight among members, greater than 0
 * @param candidates ways to ask for its outputs, at least one; gold rows choose where there are several
 */
public record MemberSpec(String kind, String precision, double weight, List<Candidate> candidates) {
    public MemberSpec {
        candidates = List.copyOf(candidates);
    }

    /**
     * A way to ask for outputs, such as a prompt.
     *
     * @param choice what it is, for people; empty where there is one alone
     * @param source what gives the outputs
     * @param fitting how they come to a head
     */
    public record Candidate(String choice, OutputSource source, HeadFitting fitting) {}
}
