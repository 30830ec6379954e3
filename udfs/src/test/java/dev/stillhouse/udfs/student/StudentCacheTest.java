package dev.stillhouse.udfs.student;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillhouse.udfs.testing.TinyStudent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StudentCacheTest {
    @Test
    void oneStudentServesAllTasks() {
        try (StudentCache.Lease one = lease("shared");
                StudentCache.Lease other = lease("shared")) {
            assertThat(one.student()).isSameAs(other.student());
        }
    }

    @Test
    void anUnusedStudentIsClosedWhereOthersAreWanted() {
        StudentCache.Lease first = lease("first");
        Student student = first.student();
        first.close();
        assertThatCode(() -> student.probabilities(List.of("a"))).doesNotThrowAnyException();

        for (int other = 0; other < StudentCache.MOST_STUDENTS; other++) {
            lease("after " + other).close();
        }

        assertThatThrownBy(() -> student.probabilities(List.of("a"))).isInstanceOf(IllegalStateException.class);
        try (StudentCache.Lease again = lease("first")) {
            assertThat(again.student()).isNotSameAs(student);
            assertThat(again.student().probabilities(List.of("a"))).hasDimensions(1, 2);
        }
    }

    @Test
    void aStudentInUseStaysOpenUntilItsLastTaskEnds() {
        StudentCache.Lease one = lease("busy");
        StudentCache.Lease other = lease("busy");
        Student student = one.student();
        List<StudentCache.Lease> others = new ArrayList<>();
        for (int i = 0; i < StudentCache.MOST_STUDENTS + 1; i++) {
            others.add(lease("beside " + i));
        }

        one.close();
        one.close();
        assertThatCode(() -> student.probabilities(List.of("a"))).doesNotThrowAnyException();
        other.close();

        assertThatThrownBy(() -> student.probabilities(List.of("a"))).isInstanceOf(IllegalStateException.class);
        others.forEach(StudentCache.Lease::close);
    }

    private static StudentCache.Lease lease(String label) {
        StudentFiles files = TinyStudent.files(List.of(label, "other"), Map.of("a", new float[] {1, 0}));
        return StudentCache.lease(files.identity(), () -> files.open(label));
    }
}
