package dev.stillhouse.student;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillhouse.udfs.student.FeatureSpec;
import dev.stillhouse.udfs.student.StudentModel;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SnapshotTest {
    /** More values than a block has. */
    private static final int WORDS = 150_000;

    private static final int CHARACTERS = 50_000;
    private static final List<String> LABELS = List.of("a", "b", "c");

    @Test
    void valuesStayAsTheyWereAndAreCutIntoWordsAndCharacters() {
        Vocabulary vocabulary =
                new Vocabulary(new FeatureSpec(1, 2, 2), keys("w", WORDS), keys("c", CHARACTERS), new String[0]);
        Parameters parameters = Parameters.zero(WORDS + CHARACTERS, LABELS.size());
        Snapshot snapshot = Snapshot.of(parameters);
        count(parameters.ngrams().values(), 0);
        parameters.bias().values()[1] = 7;

        assertThat(snapshot.model(vocabulary, LABELS).words().weights().at(WORDS - 1, 2))
                .isZero();

        snapshot.take(parameters);
        count(parameters.ngrams().values(), 9);

        StudentModel model = snapshot.model(vocabulary, LABELS);
        for (int row : new int[] {0, 21_845, 21_846, WORDS - 1}) {
            assertThat(model.words().weights().at(row, 2)).isEqualTo(3 * row + 2);
        }
        for (int row : new int[] {0, CHARACTERS - 1}) {
            assertThat(model.characters().weights().at(row, 0)).isEqualTo(3 * (WORDS + row));
        }
        assertThat(model.bias()).containsExactly(0, 7, 0);
        assertThat(snapshot.size()).isEqualTo(3 * (WORDS + CHARACTERS) + 3);
    }

    private static void count(float[] values, int from) {
        for (int i = 0; i < values.length; i++) {
            values[i] = from + i;
        }
    }

    private static String[] keys(String prefix, int number) {
        return IntStream.range(0, number).mapToObj(i -> prefix + i).toArray(String[]::new);
    }
}
