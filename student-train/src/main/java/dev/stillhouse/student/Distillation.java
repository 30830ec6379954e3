package dev.stillhouse.student;

import dev.stillhouse.datasets.config.Checks;
import dev.stillhouse.datasets.config.Key;
import dev.stillhouse.datasets.config.Violation;

/** The {@code student.distillation} section of a task file. */
public record Distillation(
        @Key(
                value =
                        "Who teaches: direct (the teacher), progressive (the teacher and the student of the next kind up, which is trained first: hybrid teaches static, static teaches lexical), or self (the teacher and an equal that was trained before). A student with a coach is kept only where the select part finds it better than the one without.",
                defaultValue = "direct")
        By by,

        @Key(value = "Weight of the coach's probabilities against the teacher's, 0 to 1.", defaultValue = "0.5")
        double coachWeight,

        @Key(
                value =
                        "The teacher's probabilities are raised to 1 / temperature: above 1 what it holds possible besides counts more. 0.1 to 100.",
                defaultValue = "1")
        double temperature,

        @Key(
                value =
                        "Weight of the teacher's most probable label against its probabilities for documents that are not gold, 0 (soft) to 1 (hard).",
                defaultValue = "0")
        double hardWeight) {

    private static final double LOWEST = 0.1;
    private static final double HIGHEST = 100;

    /** The teacher's probabilities as they are. */
    public static final Distillation DIRECT = new Distillation(By.DIRECT, 0.5, 1, 0);

    public Distillation {
        new Checks()
                .share("coach_weight", coachWeight)
                .that(
                        temperature >= LOWEST && temperature <= HIGHEST,
                        new Violation("temperature", Double.toString(temperature), "0.1 to 100"))
                .share("hard_weight", hardWeight)
                .verify();
    }

    /** Who teaches a student. */
    public enum By {
        DIRECT,
        PROGRESSIVE,
        SELF
    }
}
