package dev.stillhouse.student.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillhouse.datasets.schema.StudentWeights;
import dev.stillhouse.udfs.student.FeatureSpec;
import dev.stillhouse.udfs.student.StudentModel;
import dev.stillhouse.udfs.student.StudentModel.Block;
import dev.stillhouse.udfs.testing.RandomStudents;
import dev.stillhouse.udfs.testing.SharedSpark;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.spark.sql.Row;

class WeightTableTest {

    @Property(tries = 5)
    void theTableHoldsTheWeightsOfTheFile(@ForAll long seed, @ForAll boolean int8) {
        RandomStudents random = new RandomStudents(seed);
        StudentModel model = random.model(new FeatureSpec(2, 2, 4), int8, random.texts(20));
        List<Row> rows = WeightTable.of(SharedSpark.session(), OnnxStudentWriter.write(model))
                .collectAsList();

        assertBlock(rows, StudentWeights.WORDS, model.words());
        assertBlock(rows, StudentWeights.CHARACTERS, model.characters());
        assertBlock(rows, StudentWeights.VECTORS, model.vectors().entries());
        assertThat(of(rows, StudentWeights.PROJECTION).stream()
                        .flatMap(row -> row.<Float>getList(2).stream())
                        .toList())
                .isEqualTo(boxed(model.vectors().projection()));
        assertThat(of(rows, StudentWeights.BIAS)).singleElement().satisfies(row -> assertThat(row.<Float>getList(2))
                .isEqualTo(boxed(model.bias())));
    }

    private static void assertBlock(List<Row> rows, String part, Block block) {
        List<Row> found = of(rows, part);
        assertThat(found).extracting(row -> row.getString(1)).containsExactly(block.keys());
        for (int row = 0; row < found.size(); row++) {
            List<Float> weights = found.get(row).getList(2);
            assertThat(weights).hasSize(block.weights().columns());
            for (int column = 0; column < weights.size(); column++) {
                assertThat(weights.get(column)).isEqualTo(block.weights().at(row, column));
            }
        }
    }

    private static List<Row> of(List<Row> rows, String part) {
        return rows.stream().filter(row -> row.getString(0).equals(part)).toList();
    }

    private static List<Float> boxed(float[] values) {
        Float[] boxed = new Float[values.length];
        for (int i = 0; i < values.length; i++) {
            boxed[i] = values[i];
        }
        return List.of(boxed);
    }
}
