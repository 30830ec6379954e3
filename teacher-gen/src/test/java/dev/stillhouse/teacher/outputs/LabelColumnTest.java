package dev.stillhouse.teacher.outputs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stillhouse.udfs.Link;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelColumnTest {
    private final LabelColumn column = new LabelColumn(List.of("cat", "dog", "[odd]"), Link.SOFTMAX);

    @Test
    void aNameIsThatLabelAlone() {
        assertThat(logits(" dog ")).containsExactly(new float[] {log(1e-4), 0, log(1e-4)}, within(1e-5f));
        assertThat(logits("[odd]")[2]).isZero();
    }

    @Test
    void probabilitiesComeAsAnArrayOrAnObjectAndAreMadeToSumToOne() {
        assertThat(logits("[0.5, 0.25, 0.25]"))
                .containsExactly(new float[] {log(0.5), log(0.25), log(0.25)}, within(1e-5f));
        assertThat(logits("{\"dog\": 3, \"cat\": 1}"))
                .containsExactly(new float[] {log(0.25), log(0.75), log(1e-4)}, within(1e-5f));
    }

    @Test
    void whatIsNeitherHasAReason() {
        assertThat(column.read("").reason()).isEqualTo(LabelColumn.NO_LABEL);
        assertThat(column.read("bird").reason()).isEqualTo(LabelColumn.UNKNOWN_LABEL);
        assertThat(column.read("{\"bird\": 1}").reason()).isEqualTo(LabelColumn.UNKNOWN_LABEL);
        for (String value : List.of(
                "[0.5, 0.5]",
                "[0, 0, 0]",
                "[1, -1, 0]",
                "[1, null, 0]",
                "{\"dog\": \"1\"}",
                "{\"dog\": 1e999}",
                "{}",
                "{\"dog\": ",
                "[1, 0, 0] x",
                "{\"dog\": 1, \"dog\": 1}",
                "[1, 2, 3")) {
            assertThat(column.read(value).reason()).as(value).isEqualTo(LabelColumn.UNREADABLE);
            assertThat(column.read(value).logits()).as(value).isEmpty();
        }
    }

    @Test
    void anyNumberOfNamesIsReadAsThoseLabels() {
        LabelColumn sets = new LabelColumn(List.of("cat", "dog", "owl"), Link.LOGISTIC);
        for (String value : List.of("[\"owl\", \"cat\"]", "cat|owl")) {
            float[] logits = sets.read(value).logits().orElseThrow();
            assertThat(logits[0]).as(value).isPositive().isEqualTo(logits[2]);
            assertThat(logits[1]).as(value).isNegative();
        }
        for (float logit : sets.read("[]").logits().orElseThrow()) {
            assertThat(logit).isNegative();
        }
        assertThat(sets.read("[0.75, 0.5, 1]").logits().orElseThrow()[0]).isCloseTo((float) Math.log(3), within(1e-5f));
        assertThat(sets.read("[0.75, 0.5, 1]").logits().orElseThrow()[1]).isCloseTo(0, within(1e-5f));
        assertThat(sets.read("[\"cat\", \"bird\"]").reason()).isEqualTo(LabelColumn.UNKNOWN_LABEL);
        assertThat(sets.read("").reason()).isEqualTo(LabelColumn.NO_LABEL);
        for (String value : List.of("[0.5, 1.5, 0]", "[0.5, 0.5]", "{\"cat\": \"1\"}")) {
            assertThat(sets.read(value).reason()).as(value).isEqualTo(LabelColumn.UNREADABLE);
        }
    }

    @Test
    void aScoreIsReadAsANumber() {
        LabelColumn scores = new LabelColumn(List.of("score"), Link.IDENTITY);
        assertThat(scores.read(" -2.5 ").logits().orElseThrow()).containsExactly(-2.5f);
        assertThat(scores.read("").reason()).isEqualTo(LabelColumn.NO_LABEL);
        for (String value : List.of("score", "NaN", "1e999", "[1]")) {
            assertThat(scores.read(value).reason()).as(value).isEqualTo(LabelColumn.UNREADABLE);
        }
    }

    private float[] logits(String value) {
        return column.read(value).logits().orElseThrow();
    }

    private static float log(double value) {
        return (float) Math.log(value);
    }
}
