package dev.stillhouse.student;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stillhouse.udfs.Link;
import org.junit.jupiter.api.Test;

class ObjectiveTest {
    @Test
    void aStudentOfSeveralLabelsThatHasLearnedNothingAgreesWithNobody() {
        Examples examples = ExampleProblems.random(60, 1);
        Parameters zero = Parameters.zero(ExampleProblems.FEATURES, ExampleProblems.LABELS)
                .linked(Link.LOGISTIC);

        Objective.Quality quality = Objective.quality(zero, examples);

        assertThat(quality.agreement()).isZero();
        assertThat(quality.loss()).isCloseTo(3 * Math.log(2), within(1e-6));
    }
}
