package dev.stillhouse.teacher;

import dev.stillhouse.teacher.FittedHead.Unseen;
import dev.stillhouse.teacher.MemberSpec.Candidate;
import dev.stillhouse.teacher.MemberSpec.Selection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A way to get outputs that gold rows were asked in.
 *
 * @param candidate the way
 * @param head what was fitted on its outputs
 * @param inferred texts that were run
 * @param seconds what a sample took; empty where that cannot be measured
 */
record Tried(Candidate candidate, FittedHead head, long inferred, Optional<Double> seconds) {
    /** Share of gold rows for which the same label must be found. */
    static final double ALIKE = 0.99;

    /** What is hardly faster is not worth a difference; and what is chosen must not hang on noise. */
    private static final double WORTHWHILE = 1.15;

    /**
     * The one to take.
     *
     * @param tried in the order of the member's candidates, at least one
     */
    static Choice choose(Selection selection, List<Tried> tried) {
        return switch (selection) {
            case LEAST_LOSS ->
                tried.stream()
                        .min(Comparator.comparingDouble(each -> each.head().loss()))
                        .map(best -> new Choice(best, best.candidate().choice()))
                        .orElseThrow();
            case FASTEST_ALIKE -> fastestAlike(tried.get(0), tried.subList(1, tried.size()));
        };
    }

    private static Choice fastestAlike(Tried reference, List<Tried> others) {
        Choice choice = new Choice(reference, "");
        double fastest = WORTHWHILE;
        for (Tried other : others) {
            double agreement = other.agreement(reference);
            double times = other.times(reference);
            boolean isTaken = agreement >= ALIKE && times >= fastest;
            // Of what was tried the reader is told all, taken or not.
            String said = String.format(
                    Locale.ROOT,
                    "%s: %.1f %% of gold rows as %s%s",
                    other.candidate().precision(),
                    100 * agreement,
                    reference.candidate().precision(),
                    Double.isFinite(times) ? String.format(Locale.ROOT, ", %.1f times as fast", times) : "");
            choice = new Choice(
                    isTaken ? other : choice.tried(), choice.reason().isEmpty() ? said : choice.reason() + "; " + said);
            fastest = isTaken ? times : fastest;
        }
        return choice;
    }

    /** Share of the reference's gold rows for which the same label was found, by heads that had not seen them; 0 without rows. */
    double agreement(Tried reference) {
        Map<String, Integer> labels = new HashMap<>();
        head.unseen().forEach(row -> labels.put(row.row().textHash(), row.predicted()));
        List<Unseen> expected = reference.head().unseen();
        long same = expected.stream()
                .filter(row -> labels.getOrDefault(row.row().textHash(), -1) == row.predicted())
                .count();
        return expected.isEmpty() ? 0 : (double) same / expected.size();
    }

    /** How many times as fast as the reference; infinite where that cannot be measured, which is so on GPUs, whose candidates are faster by their nature. */
    private double times(Tried reference) {
        return seconds.isEmpty() || reference.seconds().isEmpty()
                ? Double.POSITIVE_INFINITY
                : reference.seconds().get() / Math.max(seconds.get(), 1e-9);
    }

    /**
     * What was taken.
     *
     * @param reason why, for people; may be empty
     */
    record Choice(Tried tried, String reason) {}
}
