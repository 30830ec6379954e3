package dev.stillhouse.cli.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stillhouse.reports.record.LabelFigures;
import dev.stillhouse.teacher.FittedHead;
import dev.stillhouse.teacher.FittedTeacher;
import dev.stillhouse.teacher.GoldSelection.GoldRow;
import dev.stillhouse.teacher.Head;
import dev.stillhouse.teacher.Mixture;
import dev.stillhouse.teacher.Teacher;
import dev.stillhouse.udfs.testing.SharedSpark;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class UnseenMeasuresTest {
    private static final double LOG_4 = Math.log(4);

    @Test
    void probabilitiesAreMeasuredBeforeAndAfterTheTemperature() {
        // At temperature 1 the odds are 4 to 1, at 2 they are 2 to 1; three of four are right.
        LabelFigures.Unseen unseen = measure(2, 4).orElseThrow();
        assertThat(unseen.rows()).isEqualTo(40);
        assertThat(unseen.accuracy()).isEqualTo(0.75);
        assertThat(unseen.before().loss()).isCloseTo(-(0.75 * Math.log(0.8) + 0.25 * Math.log(0.2)), within(1e-9));
        assertThat(unseen.before().brier()).isCloseTo(0.75 * 2 * 0.04 + 0.25 * 2 * 0.64, within(1e-9));
        assertThat(unseen.after().loss())
                .isCloseTo(-(0.75 * Math.log(2 / 3.0) + 0.25 * Math.log(1 / 3.0)), within(1e-9));
        assertThat(unseen.after().ece()).isNotEqualTo(unseen.before().ece());
    }

    @Test
    void theSurestMistakesComeFirstWithTheirTexts() {
        LabelFigures.Unseen unseen = measure(1, 3).orElseThrow();
        assertThat(unseen.mistakes()).hasSize(3);
        LabelFigures.Mistake first = unseen.mistakes().get(0);
        assertThat(first.label()).isEqualTo("y");
        assertThat(first.predicted()).isEqualTo("x");
        assertThat(first.confidence()).isCloseTo(0.8, within(1e-9));
        assertThat(first.text()).isEqualTo("text of " + first.id());
        assertThat(measure(1, 0).orElseThrow().mistakes()).isEmpty();
    }

    @Test
    void withoutUnseenRowsThereIsNothing() {
        assertThat(new UnseenMeasures(fitted(1, List.of()), 1).of(documents(List.of()), 3))
                .isEmpty();
    }

    private static Optional<LabelFigures.Unseen> measure(double temperature, int most) {
        List<FittedHead.Unseen> rows = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            GoldRow row = new GoldRow("s", "d" + i, "h" + i, i % 4 == 0 ? "y" : "x");
            rows.add(FittedHead.Unseen.of(row, new double[] {LOG_4, 0}, i % 4 == 0 ? 1 : 0));
        }
        return new UnseenMeasures(fitted(temperature, rows), 1)
                .of(documents(rows.stream().map(row -> row.row().id()).toList()), most);
    }

    private static FittedTeacher fitted(double temperature, List<FittedHead.Unseen> unseen) {
        Head head = new Head(List.of("x", "y"), new float[2][1], new float[2], (float) temperature);
        return new FittedTeacher(
                new Teacher("embedding-head", List.of(), Mixture.of(head)), unseen, List.of(), List.of());
    }

    private static Dataset<Row> documents(List<String> ids) {
        StructType schema =
                new StructType().add("source", "string").add("id", "string").add("text", "string");
        List<Row> rows = ids.stream()
                .map(id -> RowFactory.create("s", id, "text of " + id))
                .toList();
        return SharedSpark.session().createDataFrame(rows, schema);
    }
}
