package dev.stillhouse.scoring.cascade;

/**
 * A document of the sample.
 *
 * @param sureness of the student, higher where it is surer
 * @param agreement of student and teacher on it, 0 to 1
 */
public record Sampled(double sureness, double agreement) {
    /** Of labels: whether student and teacher give it the same. */
    public Sampled(double sureness, boolean agrees) {
        this(sureness, agrees ? 1 : 0);
    }

    /** Whether they agree wholly. */
    public boolean agrees() {
        return agreement >= 1;
    }
}
